"""A PDF of ours opened as written: every text of it with its page, and what stands in its properties and marks.

Reads what Chromium writes and nothing else: whatever is met that is not known is told as unread, so that no part of a
file passes for having been skipped.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

_ENTRY = re.compile(rb"(\d{10}) \d{5} n")
_OBJECT = re.compile(rb"(\d+) 0 obj\s")
_LENGTH = re.compile(rb"/Length (\d+)")
_REFERRED = re.compile(rb"(\d+) 0 R")
_FONT = re.compile(rb"/F(\w+) (\d+) 0 R")
_CHARACTERS = re.compile(r"beginbfchar\n(.*?)endbfchar", re.DOTALL)
_RANGES = re.compile(r"beginbfrange\n(.*?)endbfrange", re.DOTALL)
_CODES = re.compile(r"<(\w+)>")
_LITERAL = re.compile(rb"\(((?:\\.|[^\\()])*)\)", re.DOTALL)
_HEX = re.compile(rb"(?<!<)<([0-9A-Fa-f]+)>")
_ESCAPED = re.compile(rb"\\(.)", re.DOTALL)
_STEP = re.compile(
    rb"/\w+ <</MCID (?P<mark>\d+) ?>> ?BDC|(?P<end>\bEMC\b)|/F(?P<font>\w+) \S+ Tf\b|<(?P<shown>[0-9A-Fa-f]*)> Tj\b"
    rb"|\b(?P<block>BT)\b|(?P<unknown>\bTJ\b|\) ?Tj\b|\bBI\b|(?<=[)>]) ?['\"])"
)
# What can hold text or run, and that a printed page never has.
_STRANGE = re.compile(
    rb"/(EmbeddedFile|EmbeddedFiles|Filespec|JavaScript|JS|Launch|AcroForm|RichMedia|Encrypt|ObjStm|Metadata)\b"
)
_IMAGE = b"/Subtype /Image"
_CODE_LENGTH = 4


class Run(NamedTuple):
    """A text as one element of the page has it.

    `is_tagged`: it belongs to the page's content. What does not (head, foot, marks and axes) has a line for each place.
    """

    page: int
    text: str
    is_tagged: bool


@dataclass
class Printed:
    """What was read. `properties` are the document's and its elements' own texts; `unread` are places."""

    runs: list[Run] = field(default_factory=list)
    properties: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    pages: int = 0


@dataclass(frozen=True)
class _Object:
    head: bytes
    stream: bytes | None


def read(data: bytes) -> Printed:
    """The file, whole."""
    found = Printed()
    objects = _objects(data)
    if not objects:
        found.unread.append("hela filen")
        return found
    fonts = {number: _letters(one, objects) for number, one in objects.items() if b"/Type0" in one.head}
    named = {name: int(number) for one in objects.values() for name, number in _FONT.findall(one.head)}
    letters = {name: fonts.get(number) for name, number in named.items()}
    pages = _pages(objects)
    found.pages = len(pages)
    of_page = {number: at for at, one in enumerate(pages, start=1) for number in _drawn_on(one, objects)}
    hatches = _hatches(objects)
    for number, one in objects.items():
        if _STRANGE.search(one.head) or (_IMAGE in one.head and number not in hatches):
            found.unread.append(f"objekt {number}")
        if one.stream is None:
            found.properties.extend(_strings(one.head))
        elif number in of_page:
            _show(one.stream, of_page[number], letters, found)
        elif re.search(rb"\bT[jJ]\b", one.stream):
            found.unread.append(f"objekt {number}")
    return found


def _objects(data: bytes) -> dict[int, _Object]:
    """Every object of the file, by the table at its end."""
    table = data.rfind(b"\nxref\n")
    offsets = sorted(int(one) for one in _ENTRY.findall(data[table:])) if table > 0 else []
    found = {}
    for at, end in zip(offsets, [*offsets[1:], table], strict=False):
        opened = _OBJECT.match(data, at)
        if opened is None:
            return {}
        head, begun, rest = data[opened.end() : end].partition(b"stream\n")
        length = _LENGTH.search(head)
        if begun and length is None:
            return {}
        stream = rest[: int(length[1])] if begun and length else None
        if stream is not None and b"/FlateDecode" in head:
            try:
                stream = zlib.decompress(stream)
            except zlib.error:
                return {}
        found[int(opened[1])] = _Object(head, stream)
    return found


def _pages(objects: dict[int, _Object]) -> list[_Object]:
    """The pages in the order of reading."""
    root = next((one for one in objects.values() if b"/Type /Catalog" in one.head), None)
    first = re.search(rb"/Pages (\d+) 0 R", root.head) if root else None
    return list(_leaves(int(first[1]), objects)) if first else []


def _leaves(number: int, objects: dict[int, _Object]) -> Iterator[_Object]:
    one = objects[number]
    kids = re.search(rb"/Kids \[([^\]]*)\]", one.head)
    if kids is None:
        yield one
        return
    for kid in _REFERRED.findall(kids[1]):
        yield from _leaves(int(kid), objects)


def _drawn_on(page: _Object, objects: dict[int, _Object]) -> set[int]:
    """The streams that draw a page: its own, and what they draw by name."""
    found: set[int] = set()
    waiting = [int(number) for number in re.findall(rb"/(?:Contents|X\w+) (\d+) 0 R", page.head)]
    while waiting:
        number = waiting.pop()
        if number not in found and number in objects:
            found.add(number)
            waiting += [int(one) for one in re.findall(rb"/X\w+ (\d+) 0 R", objects[number].head)]
    return found


def _hatches(objects: dict[int, _Object]) -> set[int]:
    """The pictures that fill the bars of charts: the browser paints a hatch once, and repeats it. No other is known."""
    tiles = b" ".join(one.head for one in objects.values() if b"/Type /Pattern" in one.head)
    found = {int(number) for number in re.findall(rb"/X\w+ (\d+) 0 R", tiles)}
    masks = (re.findall(rb"/SMask (\d+) 0 R", objects[number].head) for number in found if number in objects)
    return found | {int(number) for each in masks for number in each}


def _letters(font: _Object, objects: dict[int, _Object]) -> dict[int, str] | None:
    """What letters a font's signs stand for; None where the font does not tell."""
    told = re.search(rb"/ToUnicode (\d+) 0 R", font.head)
    stream = objects[int(told[1])].stream if told else None
    if stream is None:
        return None
    text = stream.decode("latin-1")
    found: dict[int, str] = {}
    for block in _CHARACTERS.findall(text):
        codes = _CODES.findall(block)
        found |= {int(code, 16): _unicode(to) for code, to in zip(codes[::2], codes[1::2], strict=True)}
    for block in _RANGES.findall(text):
        codes = _CODES.findall(block)
        for first, last, to in zip(codes[::3], codes[1::3], codes[2::3], strict=True):
            found |= {code: chr(int(to, 16) + at) for at, code in enumerate(range(int(first, 16), int(last, 16) + 1))}
    return found


def _unicode(code: str) -> str:
    return bytes.fromhex(code).decode("utf-16-be", errors="replace")


def _show(stream: bytes, page: int, fonts: dict[bytes, dict[int, str] | None], found: Printed) -> None:
    """The texts of a stream, those of one element together."""
    text, is_tagged, letters = "", False, None
    for step in _STEP.finditer(stream):
        if step["mark"] is not None or step["end"] is not None:
            _end(text, page, found, is_tagged=is_tagged)
            text, is_tagged = "", step["end"] is None
        elif step["block"] is not None:
            text += "\n"  # a new line, or a new place on it
        elif step["font"] is not None:
            letters = fonts.get(step["font"])
        elif step["shown"] is not None and letters is not None:
            text += _written(step["shown"].decode(), letters)
        else:
            found.unread.append(f"sida {page}")
    _end(text, page, found, is_tagged=is_tagged)


def _written(codes: str, letters: dict[int, str]) -> str:
    parts = (codes[at : at + _CODE_LENGTH] for at in range(0, len(codes), _CODE_LENGTH))
    return "".join(letters.get(int(code, 16), "\N{REPLACEMENT CHARACTER}") for code in parts)


def _end(text: str, page: int, found: Printed, *, is_tagged: bool) -> None:
    lines = list(filter(None, (" ".join(line.split()) for line in text.splitlines())))
    whole = (" " if is_tagged else "\n").join(lines)
    if whole:
        found.runs.append(Run(page, whole, is_tagged))


def _strings(head: bytes) -> Iterator[str]:
    for one in _LITERAL.findall(head):
        yield _decoded(_ESCAPED.sub(rb"\1", one))
    for one in _HEX.findall(head):
        yield _decoded(bytes.fromhex(one.decode()))


def _decoded(text: bytes) -> str:
    if text.startswith(b"\xfe\xff"):
        return text[2:].decode("utf-16-be", errors="replace")
    return text.decode("latin-1")
