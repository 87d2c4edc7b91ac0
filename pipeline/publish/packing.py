"""Long texts inside a page, a third of their size: gzip, then base 94, which the page's script undoes.

Nine bytes are eleven of the 94 characters that take one byte in UTF-8, are no control characters and begin no tag.
"""

from __future__ import annotations

import gzip

_DIGITS = bytes(code for code in range(0x20, 0x7F) if code != ord("<"))
_BASE = len(_DIGITS)
_BYTES, _CHARACTERS = 9, 11
_VALUES = {digit: value for value, digit in enumerate(_DIGITS)}


def packed(text: str) -> str:
    """The text as characters that need no escape inside `<script>`; the same text gives the same characters."""
    squeezed = gzip.compress(text.encode("utf-8"), compresslevel=9, mtime=0)
    groups = (squeezed[at : at + _BYTES] for at in range(0, len(squeezed), _BYTES))
    return b"".join(map(_written, groups)).decode("ascii")


def unpacked(text: str) -> str:
    """What was packed, as a browser gets it. Raises ValueError, OSError or EOFError for what was not packed here."""
    given = text.encode("ascii")
    groups = (given[at : at + _CHARACTERS] for at in range(0, len(given), _CHARACTERS))
    return gzip.decompress(b"".join(map(_read, groups))).decode("utf-8")


def _written(group: bytes) -> bytes:
    """A group in as many characters as it takes: two for one byte, eleven for nine."""
    number = int.from_bytes(group, "big")
    found = bytearray()
    for _ in range(-(-len(group) * _CHARACTERS // _BYTES)):
        number, value = divmod(number, _BASE)
        found.append(_DIGITS[value])
    return bytes(reversed(found))


def _read(group: bytes) -> bytes:
    number = 0
    for digit in group:
        if digit not in _VALUES:
            raise ValueError(chr(digit))
        number = number * _BASE + _VALUES[digit]
    try:
        return number.to_bytes(len(group) * _BYTES // _CHARACTERS, "big")
    except OverflowError:
        raise ValueError(group) from None
