"""What a built page and workbook show, read back as tables of texts and numbers, without the code that wrote them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import openpyxl

MARKS_OF_HIDDEN = ("skyddad", "··")
MARKS_OF_NOTHING = ("–", "inget att mäta", "uppgift saknas", "enheternas egna värden")
_NUMBER = re.compile(r"[+−-]?\d[\d ]*(?:[.,]\d+)?")
_BREAKS = ("li", "span", "br", "p", "dd")
_UNREAD = ("script", "style", "svg")

Cell = str | int | float


@dataclass
class Table:
    """A table as it is shown: where, its caption or name, its headings, and its rows of cells.

    `links` are the places that the rows' first links lead to.
    """

    where: str
    kinds: tuple[str, ...]
    name: str
    rows: list[list[Cell]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    @property
    def headings(self) -> list[str]:
        return [str(cell) for cell in self.rows[0]]

    def body(self) -> Iterator[tuple[dict[str, Cell], str]]:
        """Each row of as many cells as there are headings, by these, and its link."""
        for row, link in list(zip(self.rows, self.links, strict=True))[1:]:
            if len(row) == len(self.headings):
                yield dict(zip(self.headings, row, strict=True)), link


@dataclass
class Page:
    """The page's tables, and its sentences as (metric's id, heading within its part, text)."""

    tables: list[Table] = field(default_factory=list)
    sentences: list[tuple[str, str, str]] = field(default_factory=list)


def page(file: Path) -> Page:
    """The report's page."""
    reader = _Reader()
    reader.feed(file.read_text(encoding="utf-8"))
    return reader.page


def workbook(file: Path) -> dict[str, Table]:
    """The workbook's tables by name."""
    book = openpyxl.load_workbook(file)
    found = {}
    for sheet in book:
        for name, area in sheet.tables.items():
            rows = [["" if cell.value is None else _plain(cell.value) for cell in row] for row in sheet[area]]
            found[name] = Table(sheet.title, (), name, rows, [""] * len(rows))
    return found


def number(text: str) -> tuple[Decimal, int] | None:
    """The first number of a Swedish text, and how many decimals it is written with."""
    found = _NUMBER.search(text)
    if found is None:
        return None
    bare = found[0].replace(" ", "").replace("−", "-").replace(",", ".")
    return Decimal(bare), len(bare.partition(".")[2])


def _plain(value: object) -> Cell:
    if isinstance(value, int | float):
        return value
    return " ".join(str(value).split()) if "\n" not in str(value) else str(value).replace("\xa0", " ")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Page()
        self._section = self._article = self._heading = ""
        self._table: Table | None = None
        self._read: list[str] | None = None
        self._unread = 0
        self._attention = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in _UNREAD:
            self._unread += 1
        if tag == "section":
            self._section, self._article = given.get("aria-labelledby", ""), ""
        elif tag == "article":
            self._article, self._heading = given.get("aria-labelledby", ""), ""
        elif tag == "table":
            kinds = tuple(given.get("class", "").split())
            self._table = Table(self._article or self._section, kinds, "")
            self.page.tables.append(self._table)
        elif tag == "tr" and self._table is not None:
            self._table.rows.append([])
            self._table.links.append("")
        elif tag == "a" and self._table is not None and self._table.rows and not self._table.links[-1]:
            self._table.links[-1] = given.get("href", "").removeprefix("#")
        self._begin(tag, given)

    def _begin(self, tag: str, given: dict[str, str]) -> None:
        is_sentence = tag == "p" and given.get("class") == "sentence"
        if tag == "ol":
            self._attention = given.get("class", "")
        if tag == "a" and self._attention == "attention" and self._read is not None:
            self._read = [f"{given.get('href', '').removeprefix('#')}|"]
        elif tag in ("th", "td", "caption", "h4") or is_sentence or (tag == "li" and self._attention == "attention"):
            self._read = []
        elif self._read is not None and tag in _BREAKS:
            self._read.append("|")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNREAD:
            self._unread -= 1
        if tag == "table":
            self._table = None
        if tag == "ol":
            self._attention = ""
        if self._read is None:
            return
        text = " ".join("".join(self._read).split())
        if tag in ("th", "td") and self._table is not None:
            self._table.rows[-1].append(text)
        elif tag == "caption" and self._table is not None:
            self._table.name = text
        elif tag == "h4":
            self._heading = text
        elif tag == "p" and self._article and self._table is None:
            self.page.sentences.append((self._article, self._heading, text))
        elif tag == "li" and self._attention == "attention":
            anchor, _, told = text.partition("|")
            title, _, sentence = told.partition(". ")
            self.page.sentences.append((anchor, title.rpartition(": ")[2] if ": " in title else "", sentence))
        else:
            return
        self._read = None

    def handle_data(self, data: str) -> None:
        if self._read is not None and not self._unread:
            self._read.append(data)
