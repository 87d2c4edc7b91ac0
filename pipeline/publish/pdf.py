"""The committee's page as a tagged PDF, printed by the Chromium, Edge or Chrome that the machine has."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from pipeline.errors import WrongUse
from pipeline.language import later

BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "chrome",
    "msedge",
)
HOW_TO_GET = (
    "En PDF skrivs av webbläsaren Chromium, Google Chrome eller Microsoft Edge, och ingen av dem finns på datorn."
    " Installera en av dem (Debian och Ubuntu: sudo apt install chromium) och kör igen. Utan --pdf görs resten av"
    " rapporten, och webbsidan kan skrivas ut som PDF i vilken webbläsare som helst."
)
# What stands on paper where a chart should have been; the page's style sheet writes it.
UNDRAWN = later("Diagrammet hann inte ritas.")
_ELSEWHERE = {
    "PROGRAMFILES": (r"Google\Chrome\Application\chrome.exe", r"Microsoft\Edge\Application\msedge.exe"),
    "PROGRAMFILES(X86)": (r"Microsoft\Edge\Application\msedge.exe", r"Google\Chrome\Application\chrome.exe"),
    "LOCALAPPDATA": (r"Google\Chrome\Application\chrome.exe", r"Chromium\Application\chrome.exe"),
}
_ON_MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
# Time as the page sees it, for drawing every chart: it passes as fast as the machine can go.
_DRAWING_MS = 120_000
_PATIENCE_S = 600
_ARGUMENTS = (
    "--headless",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-extensions",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--force-prefers-reduced-motion",
    f"--virtual-time-budget={_DRAWING_MS}",
    "--generate-pdf-document-outline",
    "--no-pdf-header-footer",
)
_MADE = re.compile(rb"/(CreationDate|ModDate) \(D:\d{14}[+-]\d\d'\d\d'\)")

_NODE = re.compile(rb"\(node(\d{8})\)")


def browser() -> Path | None:
    """The browser that can print, on the path or where installers put it; None without any."""
    return next(_installed(), None)


def demanded() -> Path:
    """The browser that can print; WrongUse says how to get one where there is none."""
    found = browser()
    if found is None:
        raise WrongUse(HOW_TO_GET)
    return found


def write(file: Path, page: Path, today: date) -> None:
    """Print a page of ours to a file: tagged for screen readers, with bookmarks, and the day of the run as its date.

    Nothing is asked of the network. The same page, day and browser give the same bytes. Raises WrongUse when the
    browser is missing or does not do it.
    """
    program = demanded()
    with tempfile.TemporaryDirectory(prefix="tertial-", ignore_cleanup_errors=True) as profile:
        told = _printed(program, file, page, Path(profile))
    written = file.read_bytes() if file.is_file() else b""
    if not written.startswith(b"%PDF-"):
        raise WrongUse(f"{program} skrev ingen PDF. {told} Kör igen utan --pdf, eller prova en annan webbläsare.")
    if b"/StructTreeRoot" not in written or b"/Lang" not in written:
        file.unlink()
        raise WrongUse(
            f"{program} skriver en PDF utan de taggar som skärmläsare behöver. Uppdatera webbläsaren och kör igen."
        )
    file.write_bytes(_repeatable(written, today))


def _repeatable(written: bytes, today: date) -> bytes:
    """The same without the clock, and with the elements numbered from one: the browser begins anywhere."""
    made = today.strftime("D:%Y%m%d000000+00'00'").encode()
    numbers = {old: b"%08d" % new for new, old in enumerate(sorted(set(_NODE.findall(written))), start=1)}
    dated = _MADE.sub(rb"/\1 (" + made + rb")", written)
    return _NODE.sub(lambda found: b"(node" + numbers[found[1]] + b")", dated)


def _printed(program: Path, file: Path, page: Path, profile: Path) -> str:
    """Print, and return what the browser says when it does not."""
    # The sandbox cannot be used by root, who is the only user of many containers.
    as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    command = [
        os.fspath(program), *_ARGUMENTS, *as_root, f"--user-data-dir={profile}",
        f"--print-to-pdf={file.resolve()}", page.resolve().as_uri(),
    ]  # fmt: skip
    try:
        done = subprocess.run(command, capture_output=True, timeout=_PATIENCE_S, check=False)
    except subprocess.TimeoutExpired:
        return f"Den blev inte klar på {_PATIENCE_S // 60} minuter."
    except OSError as fault:
        return f"Den gick inte att starta: {fault.strerror}."
    lines = done.stderr.decode(errors="replace").strip().splitlines()
    return f"Den sade: {lines[-1]}." if lines else ""


def _installed() -> Iterator[Path]:
    yield from (Path(found) for found in map(shutil.which, BROWSERS) if found)
    places = [
        Path(os.environ[name], *end.split("\\"))
        for name, ends in _ELSEWHERE.items()
        if os.environ.get(name)
        for end in ends
    ]
    yield from (place for place in (*places, *map(Path, _ON_MAC)) if place.is_file())
