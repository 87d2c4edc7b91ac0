"""Where one statement ends and the next begins, in what has been written so far."""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"""
      '(?:[^']|'')*(?:'|\Z)
    | "(?:[^"]|"")*(?:"|\Z)
    | --[^\n]*
    | /\*.*?(?:\*/|\Z)
    | \$\$.*?(?:\$\$|\Z)
    | (?P<end>;)
    | [^'"\-/$;]+
    | .
    """,
    re.DOTALL | re.VERBOSE,
)


def split(text: str) -> tuple[list[str], str]:
    """The statements that a semicolon ends, without it, and what comes after the last of them."""
    whole, start = [], 0
    for token in _TOKEN.finditer(text):
        if token["end"]:
            whole.append(text[start : token.start()].strip())
            start = token.end()
    return [one for one in whole if one], text[start:].strip()
