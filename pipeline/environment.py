"""The project's own Python environment: built when it is missing or when the lock has changed.

Only the standard library is used here, since nothing else exists before the environment does.

`python -m pipeline …` comes through `enter()`. To run a tool of the environment, on any system and without
activating anything: `python -m pipeline.environment -m pytest`.
"""

from __future__ import annotations

import errno
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
STAMP = ENVIRONMENT / "tertial.stamp"
GUARD = ROOT / ".venv.lock"
OLDEST_PYTHON = (3, 11)
WRONG_USE = 2
INTERRUPTED = 130


class CannotBuild(Exception):
    """The environment could not be built; the message is a whole Swedish sentence with the cure."""


def enter(arguments: list[str]) -> None:
    """Return at once inside the environment; outside it, build it if needed and run `arguments` again in it.

    `arguments` are what follows the interpreter's name, for example `["-m", "pipeline", "report"]`.
    Ends the process with the exit code of the run in the environment; 2 when the environment cannot be built.
    """
    if not (_inside() and _is_current()):
        sys.exit(run(arguments))


def run(arguments: list[str]) -> int:
    """Run Python with `arguments` in the environment, built first if needed; returns the exit code."""
    try:
        _build_if_needed()
        return _run_in_environment(arguments)
    except CannotBuild as fault:
        print(fault, file=sys.stderr)
        return WRONG_USE
    except KeyboardInterrupt:
        print("Avbrutet. Miljön byggs klart nästa gång ett kommando körs.", file=sys.stderr)
        return INTERRUPTED


def _inside() -> bool:
    return Path(sys.prefix).resolve() == ENVIRONMENT.resolve()


def _python() -> Path:
    return ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _stamp() -> str:
    """What an environment is made of; it knows its own folder, so one that was moved is built anew."""
    made_of = LOCK.read_bytes() + os.fsencode(ROOT)
    return f"{hashlib.sha256(made_of).hexdigest()} {sys.version_info.major}.{sys.version_info.minor}"


def _is_current() -> bool:
    if not _python().exists() or not STAMP.is_file():
        return False
    made, now = STAMP.read_text(encoding="ascii", errors="replace").split(), _stamp().split()
    # From outside another Python may well look at it; inside, one newer than its libraries finds none of them.
    return made == now if _inside() else made[:1] == now[:1]


def _build_if_needed() -> None:
    if not LOCK.is_file():
        raise CannotBuild(f"{LOCK} saknas. Hämta hela projektet på nytt.")
    if _is_current():
        return
    if sys.version_info < OLDEST_PYTHON:
        oldest, this = ".".join(map(str, OLDEST_PYTHON)), sys.version.split()[0]
        raise CannotBuild(f"Python {oldest} eller senare behövs; detta är Python {this}.")
    try:
        with _alone():
            if not _is_current():
                print("Bygger miljön i .venv; det görs en gång och kan ta någon minut …", file=sys.stderr)
                _build()
    except OSError as fault:
        raise CannotBuild(
            f"Miljön i .venv kunde inte skrivas ({fault.strerror}: {fault.filename}). Stäng andra program som"
            " använder den, se till att mappen går att skriva i och att disken inte är full, och kör kommandot igen."
        ) from None


@contextmanager
def _alone() -> Iterator[None]:
    """Keep other processes waiting; the system lets go of the guard if this process dies."""
    with GUARD.open("ab") as guard:
        # Some network drives know no locks: then two builds at once are a risk that is taken.
        with suppress(OSError):
            _wait_for(guard)
        yield


def _wait_for(guard: BinaryIO) -> None:
    if sys.platform == "win32":
        import msvcrt

        while True:
            guard.seek(0)
            try:
                msvcrt.locking(guard.fileno(), msvcrt.LK_LOCK, 1)
                break
            except OSError as fault:
                # So it gives up after ten seconds; a build takes longer.
                if fault.errno != errno.EDEADLOCK:
                    raise
    else:
        import fcntl

        fcntl.flock(guard, fcntl.LOCK_EX)


def _build() -> None:
    STAMP.unlink(missing_ok=True)
    try:
        _build_with_best_tool()
    except subprocess.CalledProcessError as fault:
        raise CannotBuild(
            f"Miljön kunde inte byggas ({_why(fault)}). Kontrollera nätet eller proxyn och kör kommandot igen."
        ) from None
    STAMP.write_text(_stamp(), encoding="ascii")


def _build_with_best_tool() -> None:
    uv = shutil.which("uv")
    if uv:
        try:
            _build_with_uv(uv)
            return
        except (subprocess.CalledProcessError, OSError) as fault:
            print(f"uv kunde inte bygga miljön ({_why(fault)}); försöker med pip …", file=sys.stderr)
    _build_with_pip()


def _build_with_uv(uv: str) -> None:
    _create([uv, "venv", "--quiet", "--python", sys.executable, str(ENVIRONMENT)])
    # pip compiles what it installs, uv when it is asked to: else every command may have to, where Python keeps nothing.
    _install([uv, "pip", "install", "--quiet", "--python", str(_python())], "--compile-bytecode")


def _build_with_pip() -> None:
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        raise CannotBuild(
            "Python saknar modulen venv. Installera den (på Debian och Ubuntu: paketet python3-venv) och kör"
            " kommandot igen."
        )
    _create([sys.executable, "-m", "venv", str(ENVIRONMENT)])
    if _inside():
        _call(str(_python()), "-m", "ensurepip")
    _install([str(_python()), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"])


def _create(command: list[str]) -> None:
    """Make the bare environment afresh, whatever a build that was broken off has left.

    A Python inside it cannot do that (Windows locks a running program's files): it goes on with what there is.
    """
    if _inside():
        return
    if ENVIRONMENT.is_symlink() or ENVIRONMENT.is_file():
        ENVIRONMENT.unlink()
    if ENVIRONMENT.exists():
        shutil.rmtree(ENVIRONMENT)
    _call(*command)


def _install(command: list[str], *how: str) -> None:
    _call(*command, *how, "--require-hashes", "-r", str(LOCK))
    _call(*command, "--no-deps", "--no-build-isolation", "-e", str(ROOT))


def _call(*command: str) -> None:
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, errors="replace")


def _why(fault: subprocess.CalledProcessError | OSError) -> str:
    """The last line that the failed tool wrote, where pip and uv say what stopped them."""
    if isinstance(fault, OSError):
        return str(fault)
    lines = [line.strip() for line in (fault.stdout or "").splitlines() if line.strip()]
    return lines[-1] if lines else f"{Path(fault.cmd[0]).name} slutade med kod {fault.returncode}"


def _run_in_environment(arguments: list[str]) -> int:
    command = [str(_python()), *arguments]
    if os.name != "nt":
        os.execv(command[0], command)  # noqa: S606  (the project's own interpreter)
    # Windows has no exec: wait for the child, and let Ctrl-C reach it alone.
    child = subprocess.Popen(command)
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:
            continue


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
