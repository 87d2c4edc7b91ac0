"""What a run has written, read as a reader meets it: the page's sections and tables, the workbook's sheets."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import openpyxl

HIDDEN = "*****"
ANY = "*"  # a cell that an expected row says nothing of
KEYS = ("metric", "statistic", "window", "level", "org", "breakdown", "category")
_UNREAD = ("script", "style", "svg")
_PARTS = ("section", "article")


@dataclass
class Section:
    """A section's words and the rows of its tables, those of the sections inside it included."""

    words: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return plain(" ".join(self.words))


def plain(text: str) -> str:
    """With every run of blanks, no-break spaces among them, as one space."""
    return " ".join(text.split())


def holds(rows: Sequence[Sequence[str]], expected: Sequence[str]) -> bool:
    """Whether one of the rows begins as the expected one; `*` stands for any cell."""
    return any(
        len(row) >= len(expected) and all(want in (ANY, cell) for want, cell in zip(expected, row, strict=False))
        for row in rows
    )


def page(file: Path) -> dict[str, Section]:
    """The report's sections by the id of their headings."""
    reader = _Reader()
    reader.feed(file.read_text(encoding="utf-8"))
    return reader.sections


def workbook(file: Path) -> dict[str, list[list[str]]]:
    """The rows of every sheet as texts; empty cells at the end of a row are left out."""
    book = openpyxl.load_workbook(file, read_only=True)
    sheets = {sheet.title: [_texts(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}
    book.close()
    return sheets


def results(file: Path) -> dict[tuple[str, ...], dict[str, str]]:
    """The rows of a `resultat.csv` by their keys."""
    with file.open(encoding="utf-8", newline="") as stream:
        return {tuple(row[name] for name in KEYS): row for row in csv.DictReader(stream)}


def _texts(row: Sequence[object]) -> list[str]:
    texts = ["" if cell is None else plain(str(cell)) for cell in row]
    while texts and not texts[-1]:
        texts.pop()
    return texts


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.sections: dict[str, Section] = {}
        self._open: list[Section] = []
        self._cell: list[str] | None = None
        self._unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNREAD:
            self._unread += 1
        if tag in _PARTS:
            section = Section()
            self._open.append(section)
            self.sections[dict(attrs).get("aria-labelledby") or ""] = section
        if tag == "tr":
            for section in self._open:
                section.rows.append([])
        if tag in ("th", "td"):
            self._cell = []
        elif self._cell is not None:
            self._cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNREAD:
            self._unread -= 1
        if tag in _PARTS:
            self._open.pop()
        if tag in ("th", "td") and self._cell is not None:
            for section in self._open:
                section.rows[-1].append(plain("".join(self._cell)))
            self._cell = None
        elif self._cell is not None:
            self._cell.append(" ")

    def handle_data(self, data: str) -> None:
        if self._unread:
            return
        for section in self._open:
            section.words.append(data)
        if self._cell is not None:
            self._cell.append(data)
