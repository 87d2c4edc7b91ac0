"""What a bad file is, how it is written, and what is expected of a run that meets it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.writers import Rows, write

# Rows to be written as the name's suffix says, bytes as they are, or a function that makes whatever it is.
Content = Rows | bytes | Callable[[Path], object]
TEXTS = (".csv", ".txt", ".tsv")
SHEET = "Blad1"
ENCODINGS = {".xlsx": "Excel", ".xlsm": "Excel", ".xls": "Excel 97–2003", ".ods": "OpenDocument"}
# What every case lacks: none of them is about that.
WITHOUT_REGISTER = "Enhetsregistret saknas: enheternas verksamhetsuppdrag blir lika med verksamhetsområdet."


@dataclass(frozen=True)
class Account:
    """What became of the rows of the case's extract."""

    read: int
    loaded: int = 0
    rejected: int = 0
    duplicates: int = 0
    superseded: int = 0


@dataclass(frozen=True)
class Fault:
    """Why a row is not loaded: the row as Excel numbers it, the heading as it stands there, and the whole reason.

    `sheet` and `file` only where the case has several; else its own.
    """

    row: int
    heading: str
    reason: str
    sheet: str | None = None
    file: str = ""


@dataclass(frozen=True)
class Case:
    """A file that nobody should have delivered, and all that is said of it.

    Either `stops`, the one sentence of a run that reads nothing, where `{folder}` is the raw folder; or everything
    else, each as a whole and in its order. `beside`: files that are delivered with it. `encoding`: "" = as the suffix
    says. `limits`: settings under [reading] that are smaller than a municipality's, for the sake of time.
    """

    file: str
    content: Content
    stops: str = ""
    account: Account = Account(1, 1)
    rejected: Sequence[Fault] = ()
    warned: Sequence[str] = ()
    notes: Sequence[str] = ()
    skipped: Sequence[str] = ()
    ignored: Sequence[str] = ()
    encoding: str = ""
    beside: Mapping[str, Content] = field(default_factory=dict)
    limits: Mapping[str, int] = field(default_factory=dict)

    @property
    def files(self) -> dict[str, Content]:
        """Every file of the case, its own first."""
        return {self.file: self.content, **self.beside}

    @property
    def folder(self) -> str:
        """Where in its group's folder its files stand when the corpus is written: in one together, if several."""
        return Path(self.file).stem if self.beside else ""

    @property
    def suffix(self) -> str:
        """The file's suffix."""
        return Path(self.file).suffix

    @property
    def read_as(self) -> str:
        """How the file is encoded, as readers are told."""
        return self.encoding or ENCODINGS.get(self.suffix, "UTF-8")

    @property
    def is_text(self) -> bool:
        """Whether all its files are texts, the same whenever they are written; a workbook tells when it was made."""
        return all(Path(name).suffix in TEXTS and not callable(content) for name, content in self.files.items())

    def write(self, folder: Path) -> None:
        """Write the files to a folder, which is made unless it exists."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in self.files.items():
            _put(folder / name, content)


def _put(path: Path, content: Content) -> None:
    if callable(content):
        content(path)
    elif isinstance(content, bytes):
        path.write_bytes(content)
    else:
        write(path, content)
