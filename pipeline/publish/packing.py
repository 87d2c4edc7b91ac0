"""Long texts inside a page, a quarter of their size: gzip, then base 85, which the page's script undoes."""

from __future__ import annotations

import base64
import gzip

# A comma stands for the one character of the alphabet that could begin a tag inside a script element.
_TAG, _COMMA = b"<", b","


def packed(text: str) -> str:
    """The text as characters that need no escape inside `<script>`; the same text gives the same characters."""
    squeezed = gzip.compress(text.encode("utf-8"), compresslevel=9, mtime=0)
    return base64.b85encode(squeezed).replace(_TAG, _COMMA).decode("ascii")


def unpacked(text: str) -> str:
    """What was packed, as a browser gets it."""
    return gzip.decompress(base64.b85decode(text.encode("ascii").replace(_COMMA, _TAG))).decode("utf-8")
