"""Which files there are, which extract each belongs to, and when it was delivered."""

from __future__ import annotations

import difflib
import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from pipeline.errors import WrongUse
from pipeline.sources.faults import CHANGED, printable

_NOT_DATA = ("~$*", ".*", "thumbs.db")
# What browsers and copying programs call a file until it is whole.
_UNFINISHED = (".part", ".partial", ".crdownload", ".download", ".filepart", ".tmp", ".temp", ".opdownload", ".aria2")
_DAY = re.compile(r"(?<!\d)(\d{4})([-_. ]?)(\d\d)\2(\d\d)(?!\d)")


@dataclass(frozen=True)
class SourceFile:
    """A delivered file. `scope` is its pattern without å, ä, ö: files of one scope may supersede each other."""

    path: Path
    extract: str
    scope: str
    delivered: date
    sha256: str
    size: int
    modified_ns: int

    @property
    def name(self) -> str:
        """The file's name, composed (NFC): some systems store å as two characters."""
        return unicodedata.normalize("NFC", self.path.name)

    def demand_same_content(self) -> None:
        """Raise WrongUse when the file has been written to since it was found, also if its size and time are as then.

        What is told of a report is the content that was found, so it must be that which was read.
        """
        self.demand_unchanged()
        if _sha256(self.path) != self.sha256:
            raise WrongUse(f"Filen {self.name} {CHANGED}.")

    def demand_unchanged(self) -> None:
        """Raise WrongUse when the file's size or time has changed since it was found."""
        try:
            stat = self.path.stat()
        except OSError:
            raise WrongUse(not_opened(self.name)) from None
        if (stat.st_size, stat.st_mtime_ns) != (self.size, self.modified_ns):
            raise WrongUse(f"Filen {self.name} {CHANGED}.")


def is_empty(folder: Path) -> bool:
    """Whether a folder exists and holds nothing but dotfiles: a project that no extract has been delivered to yet."""
    return folder.is_dir() and all(entry.name.startswith(".") for entry in _entries(folder))


Patterns = Mapping[str, Sequence[str]]


def passed_over(folder: Path, patterns: Patterns, of_profiles: Sequence[Patterns], ignored: Sequence[str]) -> list[str]:
    """The names of the folder's files that a profile says to leave alone, and that belong to no extract."""
    every = (patterns, *of_profiles)
    return sorted(path.name for path in _entries(folder) if _is_passed_over(path.name, every, ignored))


def _is_passed_over(name: str, every: Sequence[Patterns], ignored: Sequence[str]) -> bool:
    is_named = any(fnmatchcase(sort_key(name), sort_key(pattern)) for pattern in ignored)
    return is_named and not any(_matching(name, patterns) for patterns in every)


def find(
    folder: Path, patterns: Patterns, of_profiles: Sequence[Patterns] = (), ignored: Sequence[str] = ()
) -> list[SourceFile]:
    """The folder's files, sorted by name, each with the extract whose pattern it matches.

    `patterns`: extract → name patterns. A file that matches none goes by those of the profiles, where one file may
    serve several extracts: it stands once for each. `ignored`: patterns of files that are left alone, `passed_over`.
    Dotfiles, lock files and folders of other names are left alone.
    Raises WrongUse when the folder does not exist or holds no file, for a file that matches no pattern, and for what
    has an extract's name but is no file: a delivery must not be passed over unseen.
    """
    every = (patterns, *of_profiles)
    files = [
        path
        for path in _entries(folder)
        if not _is_ignored(path.name) and not _is_passed_over(path.name, every, ignored) and _is_file(path, every)
    ]
    if not files:
        raise WrongUse(
            f"Mappen {folder} innehåller inga filer att läsa; lägg utdragen där eller ange en annan mapp med --raw."
        )
    for path in files:
        _demand_finished(path.name)
    in_order = sorted(files, key=lambda path: (sort_key(path.name), path.name))
    return [file for path in in_order for file in _described(path, _match(path.name, every))]


def sort_key(name: str) -> str:
    """A name as it is compared: case-folded and composed, so that all systems agree on the order."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _entries(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except NotADirectoryError:
        raise WrongUse(f"{folder} är en fil, inte en mapp; ange mappen som utdragen ligger i.") from None
    except FileNotFoundError:
        raise WrongUse(f"Mappen {folder} finns inte; kontrollera hur sökvägen är skriven.") from None
    except OSError:
        raise WrongUse(f"Mappen {folder} kan inte läsas; kontrollera din behörighet.") from None


def _is_ignored(name: str) -> bool:
    return any(fnmatchcase(sort_key(name), pattern) for pattern in _NOT_DATA)


def _demand_finished(name: str) -> None:
    """Raise WrongUse for a name that a file has only while it is being written, or that cannot be shown as it is."""
    if printable(name) != unicodedata.normalize("NFC", name):
        raise WrongUse(
            f"Filen {printable(name)} har osynliga tecken i namnet (�); byt namn på filen så att bara vanliga tecken är"
            " kvar."
        )
    suffix = Path(name).suffix.lower()
    if suffix in _UNFINISHED:
        raise WrongUse(
            f"Filen {printable(name)} är inte färdigskriven ({suffix}); vänta tills hämtningen är klar och kör igen,"
            " eller ta bort filen om hämtningen avbröts."
        )


def _is_file(path: Path, every: Sequence[Patterns]) -> bool:
    """Whether it is to be read. What lies in a folder is no business of ours, unless it is called as a delivery."""
    name = printable(path.name)
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        raise WrongUse(f"{name} är en länk till en fil som inte finns; lägg själva filen i mappen i stället.") from None
    except OSError:
        raise WrongUse(not_opened(name)) from None
    if S_ISREG(mode):
        return True
    if not any(_matching(path.name, patterns) for patterns in every):
        return False
    what = "är en mapp men" if S_ISDIR(mode) else "är ingen vanlig fil men"
    raise WrongUse(
        f"{name} {what} heter som ett utdrag; lägg utdragets filer direkt i mappen {path.parent}, eller byt namn på"
        " den."
    )


def not_opened(name: str) -> str:
    """The sentence for a file that the computer does not let us read."""
    return f"Filen {name} kan inte öppnas; stäng den i andra program och kontrollera att du har läsbehörighet."


def _described(path: Path, matching: Sequence[tuple[str, str]]) -> list[SourceFile]:
    """The file once for each of the patterns and extracts that it serves."""
    stat = path.stat()
    sha256 = _sha256(path)
    files = [
        SourceFile(
            path=path,
            extract=extract,
            scope=_without_marks(sort_key(pattern)),
            delivered=delivered(path.name, stat.st_mtime),
            sha256=sha256,
            size=stat.st_size,
            modified_ns=stat.st_mtime_ns,
        )
        for pattern, extract in matching
    ]
    files[0].demand_unchanged()
    return files


def _match(name: str, every: Sequence[Patterns]) -> list[tuple[str, str]]:
    """The pattern and extract of a name; where several match, the longest pattern tells the most.

    Of the configuration's patterns one counts; those of one profile may name several extracts in one file.
    """
    own, *of_profiles = every
    if matching := _matching(name, own):
        return [max(matching, key=lambda match: len(match[0]))]
    for patterns in of_profiles:
        if matching := _matching(name, patterns):
            longest = max(len(pattern) for pattern, _ in matching)
            return [match for match in matching if len(match[0]) == longest]
    known = [sort_key(pattern) for patterns in every for several in patterns.values() for pattern in several]
    nearest = difflib.get_close_matches(sort_key(name), known, 1, cutoff=0)
    raise WrongUse(
        f"Filen {name} hör inte till något utdrag: namnet passar inget mönster under [files] i config.toml"
        f"{f' (närmast är {nearest[0]})' if nearest else ''}; byt namn på filen, lägg till ett mönster eller"
        " flytta bort filen."
    )


def _matching(name: str, patterns: Patterns) -> list[tuple[str, str]]:
    """The patterns that a name matches, each with its extract."""
    every = [(pattern, extract) for extract, several in patterns.items() for pattern in several]
    return [(pattern, extract) for pattern, extract in every if fnmatchcase(sort_key(name), sort_key(pattern))]


def _without_marks(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))


def delivered(name: str, modified: float) -> date:
    """A file's day of delivery: the last date in its name, else that of its modification (UTC, alike everywhere)."""
    for year, _, month, day in reversed(_DAY.findall(name)):
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            continue
    return datetime.fromtimestamp(modified, UTC).date()


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError:
        raise WrongUse(not_opened(unicodedata.normalize("NFC", path.name))) from None
