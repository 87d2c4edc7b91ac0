"""A page of ours opened as written: every text of it with its place, its tables, and the data of its charts."""

from __future__ import annotations

import base64
import binascii
import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote

from pipeline.lastcheck.findings import Piece
from pipeline.publish import charts, forms, packing
from pipeline.publish.comments import PROPOSAL

LIBRARY, CHARTS = "chart-library", "chart-data"
_INLINE = frozenset(("a", "abbr", "b", "cite", "code", "em", "i", "mark", "small", "span", "strong", "sub", "sup", "u"))
_VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5"))
_LINES = frozenset(("a", "br", "div", "li", "p", "ul"))
_SMALL_PRINT = frozenset(("span", "since"))
_COMMENT = "comment"
_STYLED = frozenset(("style", "fill", "stroke", "color", "content"))
_DATA = re.compile(r"data:[^,\s\"')]*,[^\s\"')]*", re.IGNORECASE)
_JSON = frozenset(("application/json", "application/ld+json"))
_PACKED = "text/plain"


@dataclass
class Cell:
    """A table's cell: its words, those outside small print, how many hidden marks it has, where it links, its styles.

    `text` holds no hidden mark: whatever is left in the place of a hidden figure is there in spite of it. `lines` are
    its items, small prints and links, each by itself and with the workbook's sign for the mark; `linked` tells which
    of them are links.
    """

    is_header: bool
    label: str = ""
    text: str = ""
    own: str = ""
    marks: int = 0
    links: list[str] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)
    points: int = 0
    lines: list[str] = field(default_factory=lambda: [""])
    linked: set[int] = field(default_factory=set)


@dataclass
class Table:
    """A table: its section and metric, the nearest heading of the fourth level, its kind, and its rows."""

    section: str
    metric: str
    heading: str
    kinds: tuple[str, ...]
    place: str
    rows: list[list[Cell]] = field(default_factory=list)

    @property
    def body(self) -> Iterator[list[Cell]]:
        """The rows with a header of their own and something beside it."""
        return (row for row in self.rows if len(row) > 1 and row[0].is_header and not row[1].is_header)


@dataclass
class Story:
    """What a metric's section says first, of the whole or of a category (its heading), and the charts under it."""

    metric: str
    heading: str
    sentence: str
    place: str


@dataclass
class Beside:
    """A statistic beside the judged one, as it stands under a metric and heading."""

    metric: str
    heading: str
    label: str
    text: str
    place: str


@dataclass
class Page:
    """What was read. `charts` are by id, `drawn` tells under which metric and heading each is; `unread` are places."""

    pieces: list[Piece] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    stories: list[Story] = field(default_factory=list)
    beside: list[Beside] = field(default_factory=list)
    drawn: dict[str, tuple[str, str]] = field(default_factory=dict)
    charts: dict[str, Any] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)


def read(text: str) -> Page:
    """The page, whole."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.flush()
    return reader.page


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self._texts: list[str] = []
        self._open: list[tuple[str, dict[str, str]]] = []
        self._headings = dict.fromkeys(_HEADINGS, "")
        self._tables: list[Table] = []
        self._cell: Cell | None = None
        self._raw: tuple[str, dict[str, str]] | None = None
        self._seen: set[tuple[str, str]] = set()
        self._metric, self._section, self._term = "", "", ""
        self._named = ""  # the place by its headings, once it has been asked for
        self._comments = 0  # how many of the open elements are the analyst's

    # --- what the parser meets ---

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in _INLINE:
            self.flush()
        self._attributes(tag, given)
        if tag == "article":
            self._metric = given.get("aria-labelledby", "")
            self._headed("h4", "")
        elif tag == "section":
            self._section = given.get("aria-labelledby", "")
        self._begin(tag, given)
        if tag not in _VOID:
            self._open.append((tag, given))
            self._comments += given.get("class") == _COMMENT
        if tag in ("script", "style"):
            self._raw = (tag, given)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INLINE:
            self.flush()
        if tag == "table" and self._tables:
            self._tables.pop()
        if tag in ("td", "th"):
            self._cell = None
        if tag == "article":
            self._metric = ""
        if tag == "a" and self._cell is not None:
            self._cell.lines.append("")
        if tag in ("script", "style"):
            self._raw = None
        if any(name == tag for name, _ in reversed(self._open)):
            while self._closed() != tag:
                continue

    def handle_data(self, data: str) -> None:
        if self._raw is not None:
            self._script(*self._raw, data)
            return
        self._texts.append(data)
        if self._cell is not None:
            self._into_cell(self._cell, data)

    def handle_comment(self, data: str) -> None:
        self._piece("dold kommentar i koden", data)

    def handle_decl(self, decl: str) -> None:
        self._piece("sidans inledning", decl)

    def handle_pi(self, data: str) -> None:
        self._piece("dold anvisning i koden", data)

    def unknown_decl(self, data: str) -> None:
        self._piece("dold del av koden", data)

    # --- texts ---

    def flush(self) -> None:
        """End a block: its words as they run together, and as they stand apart."""
        texts, self._texts = self._texts, []
        whole = " ".join("".join(texts).split())
        if not whole:
            return
        tag = next((name for name, _ in reversed(self._open) if name not in _INLINE), "")
        if tag in _HEADINGS:
            self._headed(tag, whole)
        place = self._place(tag)
        is_free = self._comments > 0 or self._headings["h3"] == str(PROPOSAL)
        spellings = [whole, " ".join(texts), *filter(str.strip, texts)] if len(texts) > 1 else [whole]
        self.page.pieces.extend(Piece(place, text, is_told=True, is_free=is_free) for text in spellings)
        if tag == "dt":
            self._term = whole
        elif tag == "dd" and self._metric and any(given.get("class") == "beside" for _, given in self._open):
            # What stands for a hidden figure is a mark, whose word has no digit.
            self.page.beside.append(Beside(self._metric, self._headings["h4"], self._term, whole, place))
        if tag == "p" and "sentence" in self._open[-1][1].get("class", "").split() and self._metric:
            self.page.stories.append(Story(self._metric, self._headings["h4"], whole, place))

    def _headed(self, tag: str, text: str) -> None:
        self._named = ""
        self._headings[tag] = text
        for lower in _HEADINGS:
            if lower > tag:
                self._headings[lower] = ""

    def _place(self, what: str) -> str:
        if not self._named:
            path = [self._headings[name] for name in ("h2", "h3", "h4") if self._headings[name]] or ["sidans början"]
            self._named = "avsnittet " + ", ".join(path) if self._headings["h2"] else path[0]
        if self._comments:
            return f"{self._named}, analytikerns kommentar"
        return f"{self._named} ({_ELEMENTS.get(what, what)})" if what else self._named

    def _closed(self) -> str:
        name, given = self._open.pop()
        self._comments -= given.get("class") == _COMMENT
        return name

    def _piece(self, what: str, text: str, *, styled: bool = False) -> None:
        if text.strip():
            self.page.pieces.append(Piece(f"{self._place('')}: {what}", text, is_styled=styled))
            self.page.pieces.extend(Piece(f"{self._place('')}: {what}", one) for one in _unwrapped(text))

    def _attributes(self, tag: str, given: dict[str, str]) -> None:
        for name, value in given.items():
            if value and (name, value) not in self._seen:
                self._seen.add((name, value))
                self._piece(f"attributet {name} i elementet {tag}", value, styled=name in _STYLED)

    # --- tables ---

    def _begin(self, tag: str, given: dict[str, str]) -> None:
        if tag == "table":
            kinds = tuple(given.get("class", "").split())
            table = Table(self._section, self._metric, self._headings["h4"], kinds, self._place(""))
            self._tables.append(table)
            self.page.tables.append(table)
        elif tag == "tr" and self._tables:
            self._tables[-1].rows.append([])
        elif tag in ("td", "th") and self._tables and self._tables[-1].rows:
            is_header = tag == "th"
            self._cell = Cell(is_header, given.get("data-label", ""), styles=[given.get("style", "")])
            self._tables[-1].rows[-1].append(self._cell)
        elif self._cell is not None:
            self._within(self._cell, tag, given)
        if tag == "div" and "chart" in given.get("class", "").split():
            self.page.drawn[given.get("id", "")] = (self._metric, self._headings["h4"])

    @staticmethod
    def _within(cell: Cell, tag: str, given: dict[str, str]) -> None:
        cell.points += len(given.get("points", "").split()) + (tag == "circle")
        if tag in _LINES or given.get("class") in _SMALL_PRINT:
            cell.lines.append("")
        if tag == "a" and "href" in given:
            cell.links.append(given["href"])
            cell.linked.add(len(cell.lines) - 1)

    def _into_cell(self, cell: Cell, data: str) -> None:
        if self._open and self._open[-1][0] == "i" and self._open[-1][1].get("class") == "h":
            cell.marks += 1
            cell.lines[-1] += forms.HIDDEN
            return
        cell.text += data
        cell.lines[-1] += data
        if all(given.get("class") != "span" for _, given in self._open):
            cell.own += data

    # --- scripts and styles ---

    def _script(self, tag: str, given: dict[str, str], data: str) -> None:
        name, kind = given.get("id", ""), given.get("type", "")
        what = f"skriptet {name}".strip() if tag == "script" else "sidans stilar"
        if tag == "script" and kind == _PACKED:
            if name == LIBRARY and data == charts.packed_library():
                return
            unpacked = _unpacked(data)
            if unpacked is None:
                self.page.unread.append(what)
                return
            data = unpacked
        if kind in _JSON or name == CHARTS:
            self._json(what, name, data)
        else:
            self._piece(what, data, styled=True)

    def _json(self, what: str, name: str, data: str) -> None:
        try:
            value = json.loads(data)
        except ValueError:
            self.page.unread.append(what)
            return
        if name == CHARTS and isinstance(value, dict):
            self.page.charts = value
        for path, text, is_number in _leaves(value):
            self.page.pieces.append(Piece(f"{what}: {path}", text, is_number=is_number, is_styled=True))


_ELEMENTS = {
    "p": "stycke", "td": "tabellcell", "th": "tabellrubrik", "li": "punkt", "caption": "tabellens namn",
    "title": "sidans titel", "text": "text i bild", "dd": "uppgift", "dt": "uppgiftens namn",
    "figcaption": "diagrammets namn", "summary": "rad att fälla ut", "h1": "rubrik", "h2": "rubrik", "h3": "rubrik",
    "h4": "rubrik", "button": "knapp", "aside": "notis",
}  # fmt: skip


def _unpacked(text: str) -> str | None:
    try:
        return packing.unpacked(text)
    except (ValueError, OSError, EOFError, gzip.BadGzipFile):
        return None


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, str, bool]]:
    """Every text and number of a JSON value, names of its parts included: where, what, whether it is a number."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield path or "början", str(name), False
            yield from _leaves(one, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list):
        for one in value:
            yield from _leaves(one, path)
    elif isinstance(value, bool) or value is None:
        return
    else:
        yield path, str(value), not isinstance(value, str)


def _unwrapped(text: str) -> Iterator[str]:
    """What a text holds in another guise: written with per cent signs, or inside a data URI."""
    if "%" in text and (plain := unquote(text)) != text:
        yield plain
    for found in _DATA.findall(text):
        head, _, body = found.partition(",")
        if "base64" in head.lower():
            try:
                yield base64.b64decode(unquote(body), validate=False).decode("utf-8", errors="replace")
            except (binascii.Error, ValueError):
                continue
