"""What a file is by its first bytes, whatever it is called: case systems call web pages and texts `.xls`."""

from __future__ import annotations

import re
from enum import Enum, auto
from pathlib import Path

_START = 1 << 16
_ARCHIVE = (b"PK\x03\x04", b"PK\x05\x06")
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_WEB_PAGE = re.compile(
    rb"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta|style|div)\b"
)
_XML = (b"<?xml", b"<workbook", b"<office:document")
_FOREIGN = (
    b"%PDF",
    b"\x1f\x8b",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!",
    b"PAR1",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"{\\rtf",
    b"BZh",
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")


class Kind(Enum):
    """Kinds of content, as far as the first bytes tell."""

    ARCHIVE = auto()
    OLD_BOOK = auto()
    ENCRYPTED_BOOK = auto()
    WEB_PAGE = auto()
    XML = auto()
    FOREIGN = auto()
    EMPTY = auto()
    TEXT = auto()
    BYTES = auto()


def kind(path: Path) -> Kind:
    """The kind of a file's content. BYTES is what does not look like text; a text in UTF-16 does to those who ask."""
    with path.open("rb") as handle:
        start = handle.read(_START)
    if start.startswith(_ARCHIVE):
        return Kind.ARCHIVE
    if start.startswith(_COMPOUND):
        return Kind.ENCRYPTED_BOOK if _holds_package(path) else Kind.OLD_BOOK
    if start.startswith(_FOREIGN):
        return Kind.FOREIGN
    return _kind_of_text(start)


def _kind_of_text(start: bytes) -> Kind:
    if not start:
        return Kind.EMPTY
    for mark in _BYTE_ORDER_MARKS:
        start = start.removeprefix(mark)
    head = start[:2_000].replace(b"\0", b"").lstrip().lower()
    if _WEB_PAGE.match(head) or head.startswith(b"mime-version:"):
        return Kind.WEB_PAGE
    if head.startswith(_XML):
        return Kind.XML
    return Kind.BYTES if _CONTROL.search(start) else Kind.TEXT


def _holds_package(path: Path) -> bool:
    """Whether a compound file wraps a workbook that is encrypted: it then names the package in its directory."""
    tail = b""
    with path.open("rb") as handle:
        while chunk := handle.read(1 << 20):
            if _ENCRYPTED_PACKAGE in tail + chunk:
                return True
            tail = chunk[-len(_ENCRYPTED_PACKAGE) :]
    return False
