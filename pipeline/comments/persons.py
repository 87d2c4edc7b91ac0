"""Finds a personnummer in a comment however it is written: what is printed in public is searched more strictly.

Wider than `privacy.mask`, which must leave ids and days of ordinary data alone: here the date may be written with
separators, and what is left of markup, and marks that cannot be seen, are looked through.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.privacy import bare, person_numbers

_MARKUP = re.compile(r"</?[a-z][^<>\n]*>|[*_`~\\|]", re.IGNORECASE)
_MONTH = "(?:0[1-9]|1[0-2])"
_DAY = r"(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])"
_BETWEEN, _MAYBE = r"(?:\s+|\s*[-./]\s*)", r"\s*[-./]?\s*"
# Four digits that a month and a day follow are the year of another date: from one day to another.
_SEPARATED = re.compile(
    rf"(?<!\d)(?:(?:18|19|20)\d\d{_MAYBE}{_MONTH}{_MAYBE}{_DAY}"
    rf"|\d\d{_BETWEEN}{_MONTH}{_BETWEEN}{_DAY}"
    rf"|\d\d{_MONTH}{_DAY})"
    r"\s*[-+]?\s*(?:\d{4}|T\d{3}|TF\d\d)(?!\d)"
    rf"(?!{_MAYBE}{_MONTH}{_MAYBE}{_DAY}(?!\d))",
    re.IGNORECASE,
)


def lines_with_persons(text: str) -> list[int]:
    """On which lines of a text, from 0, something shaped like a personnummer begins."""
    plain = bare(text)
    # Without its markup a text may also run together with what stands beside it, so it is searched as it is too.
    return sorted({line for one in (text, plain, _MARKUP.sub("", plain)) for line in _lines(one)})


def _lines(text: str) -> Iterator[int]:
    for start in (*person_numbers(text), *(match.start() for match in _SEPARATED.finditer(text))):
        yield text.count("\n", 0, start)
