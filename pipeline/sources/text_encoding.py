"""How a text file is encoded, decided on its bytes, and how many lines it has, counted apart from its rows."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.sources.faults import Unreadable

_CHUNK = 1 << 20
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8 med BOM"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
# In UTF-8 that is read with "surrogateescape": a letter of several bytes, and a run of bytes without sense.
_COMPOSED = re.compile(r"[^\x00-\x7f\udc80-\udcff]")
_SENSELESS = re.compile(r"[\udc80-\udcff]+")
_LETTERS = "åäöÅÄÖ"
_TWICE_ENCODED = tuple(letter.encode().decode("cp1252", errors="ignore") for letter in _LETTERS)
# In UTF-16 every other byte of Swedish text is a zero, but for quotation marks, dashes and the like.
_ZEROS_OF_UTF_16 = 0.8


@dataclass(frozen=True)
class Encoding:
    """How a file's bytes are read as text, what that is called, and how many lines it gives."""

    codec: str
    shown: str
    lines: int


def survey(path: Path) -> Encoding:
    """Decide the encoding and count the lines. Raises Unreadable for bytes without sense, and for zeros in the text."""
    with path.open("rb") as handle:
        start = handle.read(_CHUNK)
    for mark, codec, shown in _BYTE_ORDER_MARKS:
        if start.startswith(mark):
            return _decoded(path, codec, shown)
    if codec := _unmarked_utf_16(start):
        return _decoded(path, codec, "UTF-16 utan BOM")
    _demand_unbroken(start)
    try:
        return Encoding("utf-8", "UTF-8", _count_lines(path, "utf-8"))
    except _NotInEncoding as fault:
        if _is_damaged_utf_8(path):
            raise Unreadable(_damaged("UTF-8", fault)) from None
        return _decoded(path, "cp1252", "Windows-1252")


def _demand_unbroken(start: bytes) -> None:
    """Raise Unreadable for text that was UTF-8, was taken for Windows-1252 on its way and written as UTF-8 again."""
    text = start.decode("utf-8", errors="ignore")
    if sum(map(text.count, _TWICE_ENCODED)) > sum(map(text.count, _LETTERS)):
        raise Unreadable(
            "har svenska bokstäver som har gått sönder på vägen (Ã¥ i stället för å); hämta utdraget på nytt ur"
            " verksamhetssystemet"
        )


class _NotInEncoding(Exception):
    """Bytes that the encoding has no meaning for: on which line, and whether a letter is cut off by the file's end."""

    def __init__(self, line: int, *, is_cut: bool) -> None:
        super().__init__(line)
        self.line = line
        self.is_cut = is_cut


def _unmarked_utf_16(start: bytes) -> str:
    """The order of bytes where zeros stand in nearly every other place and hardly in the others; else nothing."""
    first, second = start[::2], start[1::2]
    zeros = first.count(0), second.count(0)
    for codec, many, few, places in (("utf-16-le", *zeros[::-1], second), ("utf-16-be", *zeros, first)):
        if places and many >= _ZEROS_OF_UTF_16 * len(places) and not few:
            return codec
    return ""


def _is_damaged_utf_8(path: Path) -> bool:
    """Whether a file that is not UTF-8 was meant to be: in text of another encoding hardly any letter is valid UTF-8.

    One that makes sense for each place that does not is enough: å in Windows-1252 is always a place that does not.
    """
    composed, senseless = 0, 0
    for text in _chunks(path, "utf-8", errors="surrogateescape"):
        composed += len(_COMPOSED.findall(text))
        senseless += len(_SENSELESS.findall(text))
    return composed >= senseless


def _decoded(path: Path, codec: str, shown: str) -> Encoding:
    try:
        return Encoding(codec, shown, _count_lines(path, codec))
    except _NotInEncoding as fault:
        if codec != "cp1252":
            raise Unreadable(_damaged(shown, fault)) from None
        raise Unreadable(
            f"kan inte läsas som {shown}: rad {fault.line} innehåller tecken som inte finns där; spara om filen som"
            " UTF-8 i det program den kommer från"
        ) from None


def _damaged(shown: str, fault: _NotInEncoding) -> str:
    what = "slutar mitt i ett tecken" if fault.is_cut else "innehåller tecken som inte går att tyda"
    return (
        f"är skriven i {shown} men skadad: rad {fault.line} {what}; hämta utdraget på nytt, eller rätta raden och"
        " spara filen som UTF-8"
    )


def _count_lines(path: Path, codec: str) -> int:
    """Decode the whole file and count its lines, independently of how the rows are read later."""
    lines, last = 0, "\n"
    for text in _chunks(path, codec):
        if "\0" in text:
            line = lines + _line_ends(text[: text.index("\0")]) + 1
            raise Unreadable(
                f"innehåller nolltecken (rad {line}): den är skadad eller ingen textfil; hämta utdraget på nytt, eller"
                " spara det som .csv (UTF-8) i det program det kommer från"
            )
        lines += _line_ends(text) - (last == "\r" and text.startswith("\n"))
        last = text[-1]
    return lines + (last not in "\r\n")


def _line_ends(text: str) -> int:
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def _chunks(path: Path, codec: str, errors: str = "strict") -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(codec)(errors)
    lines = 0
    with path.open("rb") as handle:
        chunk = b" "
        while chunk:
            chunk = handle.read(_CHUNK)
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as fault:
                # The fault knows which order of bytes the mark gave; "utf-16" would look for a mark again.
                before = fault.object[: fault.start].decode(fault.encoding, errors="ignore")
                raise _NotInEncoding(lines + _line_ends(before) + 1, is_cut=not chunk) from None
            lines += _line_ends(text)
            if text:
                yield text
