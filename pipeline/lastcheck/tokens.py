"""A text as what is searched in it: small letters and plain signs, and tokens whose parts are joined by signs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.privacy import bare

_PART = r"[^\W_]+"
_COMPOUND = re.compile(rf"{_PART}(?:[-_./:+]{_PART})*")
_PARTS = re.compile(_PART)
# Texts of such signs alone look to a reader as they are: most of them, and what makes them plain is slow.
_ORDINARY = re.compile("[\\s!-~\u00a0ÅÄÖåäöÉé§·”’…●◆■○]*")
_JOINTS = str.maketrans("_./+", "----")


def spelt(text: str) -> str:
    """The text as it looks to a reader, in small letters, every run of blanks one space."""
    plain = text if _ORDINARY.fullmatch(text) else bare(text)
    return " ".join(plain.casefold().split())


def parts(plain: str) -> tuple[str, ...]:
    """The words and numbers of a spelt text."""
    return tuple(_PARTS.findall(plain))


def token(plain: str) -> str:
    """An id as tokens are spelt: `bes/1` is `bes-1`; the colon of 2025:400, that no id has, is kept."""
    return "-".join(_PARTS.findall(plain)) if ":" not in plain else plain.translate(_JOINTS).strip("-")


def tokens(plain: str, longest: int) -> Iterator[str]:
    """The tokens of a spelt text, and every run of at most `longest` parts within each."""
    for compound in _COMPOUND.findall(plain):
        joined = compound.translate(_JOINTS)
        yield joined
        if "-" in joined or ":" in joined:
            yield from _runs(joined, longest)


def _runs(joined: str, longest: int) -> Iterator[str]:
    edges = [(found.start(), found.end()) for found in _PARTS.finditer(joined)]
    for first in range(len(edges)):
        for last in range(first, min(first + longest, len(edges))):
            yield joined[edges[first][0] : edges[last][1]]
