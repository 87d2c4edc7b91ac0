"""Environments for other tools: each has its own list of locked libraries, and none of them enters the project's."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from bench.measuring import Failed

LISTS = Path(__file__).parent / "rivals" / "requirements"


def python(name: str, folder: Path) -> Path:
    """The interpreter of a tool's environment under `folder`, built if its list is new. Raises Failed without one."""
    listed = LISTS / f"{name}.txt"
    home, stamp = folder / f"{name}-env", hashlib.sha256(listed.read_bytes()).hexdigest()
    interpreter, stamped = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python"), home / "made-of"
    if stamped.exists() and stamped.read_text(encoding="ascii") == stamp:
        return interpreter
    shutil.rmtree(home, ignore_errors=True)
    uv = shutil.which("uv")
    if uv:
        _call(uv, "venv", "--quiet", "--python", sys.executable, str(home))
        _call(uv, "pip", "install", "--quiet", "--python", str(interpreter), "--require-hashes", "-r", str(listed))
    else:
        _call(sys.executable, "-m", "venv", str(home))
        _call(str(interpreter), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(listed))
    stamped.write_text(stamp, encoding="ascii")
    return interpreter


def _call(*command: str) -> None:
    # What is said of a tool is committed with the results: no command line with this machine's folders.
    try:
        done = subprocess.run(command, check=False, stdout=sys.stderr, stderr=subprocess.STDOUT)
    except OSError as fault:
        raise Failed(f"could not be installed: {fault.strerror}") from None
    if done.returncode:
        raise Failed(f"could not be installed: the installer ended with {done.returncode}")
