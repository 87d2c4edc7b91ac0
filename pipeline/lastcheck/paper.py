"""What stands in the PDF and not on the page that it is printed from, which has been proved."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from pipeline.config import Config
from pipeline.language import say
from pipeline.lastcheck.findings import Kind, Piece
from pipeline.lastcheck.printed import Printed
from pipeline.lastcheck.written_page import Page
from pipeline.periods import Period
from pipeline.publish import forms, marks, pdf

_MONTHS = ("jan", "feb", "mars", "apr", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec")
_NODE = re.compile(r"node\d+|D:\d{14}.*")
_SHORTEST_PART = 12


def pieces(read: Printed) -> Iterator[Piece]:
    """Every text of the file, to be searched for secrets; what is too short for that is searched on the page."""
    yield from (Piece(f"sida {one.page}", one.text) for one in read.runs)
    properties = dict.fromkeys(text for text in read.properties if not _NODE.fullmatch(text))
    yield from (Piece("filens egenskaper", text) for text in properties)


def foreign(read: Printed, page: Page, config: Config, period: Period) -> Iterator[tuple[str, Kind]]:
    """Where the paper says what the page does not, a place and a kind each.

    Every element of the page must be there as it stands; one that is cut by a page's end, as its beginning or its end.
    """
    known, made_by_browser = _known(page), _made_by_browser()
    head = _plain(" · ".join((*config.sender, forms.period_name(period))))
    for run in read.runs:
        text = _plain(run.text)
        if text == _plain(str(pdf.UNDRAWN)):
            yield f"sida {run.page}", Kind.UNDRAWN
        elif run.is_tagged:
            if text not in known and not made_by_browser.fullmatch(text) and not _is_cut(text, known):
                yield f"sida {run.page}", Kind.NOT_ON_PAGE
        elif not _is_head(run.text, head) and not _is_drawn(run.text, known):
            yield f"sida {run.page}", Kind.NOT_ON_PAGE


def _made_by_browser() -> re.Pattern[str]:
    """What a chart's axis of time says, and the numbers of a list: the browser writes them."""
    return re.compile(rf"({'|'.join(map(say, _MONTHS))})(20\d\d)?|20\d\d|\d{{1,2}}\.")


def _known(page: Page) -> set[str]:
    return {_plain(text) for text in (*(one.text for one in page.pieces), *_texts(page.charts))}


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, str):
        yield from (value, *value.split("<br>"))


def _plain(text: str) -> str:
    """Without blanks: where a line ends is the browser's choice."""
    return "".join(text.split())


def _is_cut(text: str, known: Iterable[str]) -> bool:
    """Whether it begins or ends a text of the page; what is as short as a figure must stand whole."""
    if len(text) < _SHORTEST_PART or not any(map(str.isalpha, text)):
        return False
    return any(one.startswith(text) or one.endswith(text) for one in known)


def _is_head(text: str, head: str) -> bool:
    """The running head and the page's number."""
    number = re.compile(rf"{say('Sida')}\d+{say('av')}\d+")
    return not number.sub("", _plain(text).replace(head, "", 1).replace(marks.DEMO_WORD, "", 1))


def _is_drawn(text: str, known: set[str]) -> bool:
    """Marks for hidden figures, and the ends of axes, which are drawn for the eye alone."""
    return all(line == forms.HIDDEN or _plain(line) in known for line in text.splitlines())
