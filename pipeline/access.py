"""Who can read what: folders and files that the user alone can open, from the moment that they are made.

On POSIX a folder is 0700 and a file 0600, whatever the umask. On Windows `icacls` takes away what is inherited and
leaves the user alone, and what is made inside inherits that; where it is refused, the user is warned and the run goes
on. Folders that are the user's own are closed. What is not, or holds more than the program's files, is left as it is,
and refused where others can read it. So is a place that git does not ignore.
"""

from __future__ import annotations

import getpass
import logging
import os
import shutil
import stat
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import BinaryIO

from pipeline.errors import WrongUse

_FOLDER, _FILE = 0o700, 0o600
_GROUP_AND_OTHERS, _OTHERS = 0o077, 0o007
_WINDOWS = os.name == "nt"
_PROGRAM = Path(__file__).resolve().parent
_SECONDS = 30
_IGNORED, _NOT_IGNORED = 0, 1  # what `git check-ignore` answers with
_log = logging.getLogger(__name__)


def make_folder(folder: Path) -> None:
    """Make a folder that the user alone can open; one that is there already is left as it is.

    Missing folders above it are made too: like it inside a folder of that kind, otherwise with ordinary rights.
    """
    if folder.is_dir():
        return
    above = folder.parent
    if not above.is_dir():
        if _is_closed(_nearest(above)):
            make_folder(above)
        else:
            above.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=_FOLDER)
    _close(folder)


def own_folder(folder: Path, cure: str) -> None:
    """Make a folder that the user alone can open, or close one that is there.

    Raises WrongUse where others can read it and it cannot be closed; `cure` says how to choose another (Swedish).
    """
    if not folder.is_dir():
        make_folder(folder)
        return
    if _is_common(folder):
        if not _WINDOWS and _mode(folder) & _OTHERS:
            raise WrongUse(
                f"Mappen {folder} rymmer mer än programmets filer och kan läsas av andra användare, så inget hemligt"
                f" skrivs där. Gör en egen mapp: {cure}"
            )
        return
    if _mode(folder) & _GROUP_AND_OTHERS and _is_ours(folder):
        _close(folder)
    if not _WINDOWS and _mode(folder) & _OTHERS:
        raise WrongUse(
            f"Mappen {folder} kan läsas av andra användare och kan inte stängas för dem, så inget hemligt skrivs där."
            f" Be den som äger mappen att stänga den, eller välj en annan: {cure}"
        )


def own_file(file: Path) -> None:
    """See to it that the user alone can read a file that is there; raises WrongUse where that cannot be."""
    if _WINDOWS or not _mode(file) & _GROUP_AND_OTHERS:
        return
    if _is_ours(file):
        _close(file)
    if _mode(file) & _GROUP_AND_OTHERS:
        raise WrongUse(
            f"Filen {file} kan läsas av andra användare och kan inte stängas för dem. Flytta den till en mapp som är"
            " din egen, och räkna med att den kan vara läst."
        )
    _warn(
        f"Filen {file} kunde läsas av andra användare. Den är nu stängd för dem, men räkna med att den kan vara läst."
    )


def new_file(file: Path) -> BinaryIO:
    """A new file to write to, that the user alone can open; raises FileExistsError where there is one."""
    descriptor = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), _FILE)
    try:
        _close(file)
    except BaseException:
        os.close(descriptor)
        raise
    return os.fdopen(descriptor, "wb")


def shut(folder: Path) -> None:
    """Close a folder and everything in it to others. What is in it was made inside a closed folder on Windows too."""
    if _WINDOWS:
        return
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            _close(path)


def demand_ignored(file: Path, cure: str) -> None:
    """Raise WrongUse when a file would lie where git takes it along; `cure` says how to choose another place (Swedish).

    Git is asked itself, since only git reads its rules right. Where it cannot answer, the user is warned.
    """
    place = _nearest(file.parent).resolve()
    if not any((folder / ".git").exists() for folder in (place, *place.parents)):
        return
    answer = _git_answer(place, file)
    if answer == _NOT_IGNORED:
        raise WrongUse(
            f"{file} ligger i en mapp som git håller reda på, och git bortser inte från filen: då kan den följa med när"
            f" mappen delas. Skriv den i .gitignore, eller välj en annan plats: {cure}"
        )
    if answer != _IGNORED:
        _warn(
            f"{file} ligger i en mapp som git håller reda på, men git kunde inte tillfrågas. Kontrollera själv att"
            " filen står i .gitignore."
        )


def is_open(path: Path) -> bool:
    """Whether others can read what is there: it is open to them, and so is every folder on the way to it.

    Windows is not asked: what holds there cannot be told from a file's mode.
    """
    if _WINDOWS or not _mode(path) & _GROUP_AND_OTHERS:
        return False
    return all(_mode(folder) & (stat.S_IXGRP | stat.S_IXOTH) for folder in path.resolve().parents)


def open_below(folder: Path) -> Iterator[Path]:
    """What others can read in a folder, the folder itself first; nothing where it is missing."""
    return (path for path in (folder, *sorted(folder.rglob("*"))) if path.exists() and is_open(path))


def _nearest(folder: Path) -> Path:
    """The folder, or the nearest above it that is there."""
    absolute = folder.absolute()
    return next(place for place in (absolute, *absolute.parents) if place.is_dir())


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def _is_closed(folder: Path) -> bool:
    return not _WINDOWS and not _mode(folder) & _GROUP_AND_OTHERS


def _is_ours(path: Path) -> bool:
    """Whether its rights are the user's to change."""
    return _WINDOWS or os.geteuid() in (0, path.stat().st_uid)


def _is_common(folder: Path) -> bool:
    """Whether a folder holds more than the program's files: a folder for everyone's, the user's home, the program."""
    here = folder.resolve()
    held = (Path.home(), Path.cwd(), _PROGRAM)
    return bool(folder.stat().st_mode & stat.S_ISVTX) or any(one.resolve().is_relative_to(here) for one in held)


def _close(path: Path) -> None:
    if not _WINDOWS:
        path.chmod(_FOLDER if path.is_dir() else _FILE)
        return
    rights = f"{_windows_user()}:{'(OI)(CI)' if path.is_dir() else ''}F"
    try:
        done = subprocess.run(
            ["icacls", os.fspath(path), "/inheritance:r", "/grant:r", rights],
            check=False, capture_output=True, timeout=_SECONDS,
        )  # fmt: skip
        is_done = done.returncode == 0
    except (OSError, subprocess.SubprocessError):
        is_done = False
    if not is_done:
        _warn(f"{path} kunde inte stängas för andra användare. Kontrollera i Windows vilka som har behörighet dit.")


def _windows_user() -> str:
    domain, user = os.environ.get("USERDOMAIN"), getpass.getuser()
    return f"{domain}\\{user}" if domain else user


def _git_answer(place: Path, file: Path) -> int | None:
    """What `git check-ignore` answers with; None where it cannot be asked."""
    program = shutil.which("git")
    if program is None:
        return None
    # A hook of git's own tells programs of another folder than the one that is asked about.
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        asked = place / file.absolute().relative_to(_nearest(file.parent))
        return subprocess.run(
            [program, "-C", os.fspath(place), "check-ignore", "--quiet", "--", os.fspath(asked)],
            check=False, capture_output=True, timeout=_SECONDS, env=surroundings,
        ).returncode  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return None


@cache
def _warn(sentence: str) -> None:
    """Tell the user of it, once a run."""
    _log.warning("%s", sentence)
