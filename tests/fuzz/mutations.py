"""Ways to damage a file: a byte here, a piece there, the end cut off; in archives also inside the parts."""

from __future__ import annotations

import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable

Mutation = Callable[[random.Random, bytes, bytes], bytes]
_TELLING = (
    *(
        b'"',
        b";",
        b",",
        b"\t",
        b"|",
        b"\n",
        b"\r",
        b"\r\n",
        b"\0",
        b"\xff",
        b"\xfe\xff",
        b"\xc3",
        b"\xe5",
        b"\xef\xbb\xbf",
    ),
    *(
        b"<",
        b">",
        b"&",
        b"&amp;",
        b"<!--",
        b"<![CDATA[",
        b"<!DOCTYPE x>",
        b"</row>",
        b"<v>",
        b"=1/0",
        b"sep=|\n",
        b"\x1a",
    ),
    *(b"0", b"-1", b"1e400", b"99999999999999999999", b"4294967295", b"PK\x03\x04", b"Totalt", b";;;;", b'""', b'";"'),
)
_NUMBER = re.compile(rb"\d+")


def mutated(chance: random.Random, content: bytes, other: bytes) -> bytes:
    """The content with one to four things wrong; `other` is a file to take pieces from."""
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        is_archive = content.startswith(b"PK") and chance.random() < 0.8
        content = _inside(chance, content, other) if is_archive else chance.choice(_ANYWHERE)(chance, content, other)
    return content


def _place(chance: random.Random, content: bytes) -> int:
    return chance.randrange(len(content) + 1)


def _piece(chance: random.Random, content: bytes) -> tuple[int, int]:
    start = _place(chance, content)
    return start, min(len(content), start + int(chance.paretovariate(0.4)))


def _flip(chance: random.Random, content: bytes, _: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 1, 3, 20)) if changed else 0):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut_end(chance: random.Random, content: bytes, _: bytes) -> bytes:
    return content[: _place(chance, content)]


def _remove(chance: random.Random, content: bytes, _: bytes) -> bytes:
    start, end = _piece(chance, content)
    return content[:start] + content[end:]


def _repeat(chance: random.Random, content: bytes, _: bytes) -> bytes:
    start, end = _piece(chance, content)
    return content[:end] + content[start:end] * chance.choice((1, 1, 2, 50)) + content[end:]


def _splice(chance: random.Random, content: bytes, other: bytes) -> bytes:
    start, end = _piece(chance, other)
    place = _place(chance, content)
    return content[:place] + other[start:end] + content[place:]


def _insert(chance: random.Random, content: bytes, _: bytes) -> bytes:
    place = _place(chance, content)
    return content[:place] + chance.choice(_TELLING) * chance.choice((1, 1, 1, 2, 1000)) + content[place:]


def _swap_number(chance: random.Random, content: bytes, _: bytes) -> bytes:
    found = list(_NUMBER.finditer(content))
    if not found:
        return content
    number = chance.choice(found)
    new = chance.choice((b"0", b"1", b"-1", b"7", b"65536", b"1048576", b"999999999999", b"1e9", b""))
    return content[: number.start()] + new + content[number.end() :]


_ANYWHERE: tuple[Mutation, ...] = (_flip, _cut_end, _remove, _repeat, _splice, _insert, _swap_number)


def _inside(chance: random.Random, content: bytes, other: bytes) -> bytes:
    """A part of an archive is damaged and packed again, so that its checksum is right."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, zlib.error, ValueError, EOFError, NotImplementedError, RuntimeError, OSError):
        return _flip(chance, content, other)
    if not parts:
        return content
    name = chance.choice(list(parts))
    if chance.random() < 0.03:
        del parts[name]
    else:
        parts[name] = chance.choice(_ANYWHERE)(chance, parts[name], other)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, inner in parts.items():
            archive.writestr(each, inner)
    return packed.getvalue()
