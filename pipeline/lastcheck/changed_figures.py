"""Published figures that have changed: a row is told of none but those that are shown, now as then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pipeline.lastcheck.book import Book
from pipeline.lastcheck.looking_up import same
from pipeline.lastcheck.written_page import Page
from pipeline.publish import forms, revisions_section

if TYPE_CHECKING:
    from pipeline.model.revisions import Revision
    from pipeline.publish.report import Report

_SECTION, _KIND, _TABLE = "andringar", "revised", "andringar"
_NAMES = 3  # the columns that tell which figure: what, whose, of which time


def on_page(page: Page, report: Report) -> Iterator[str]:
    """The places of rows that no shown figure has."""
    shown = _shown(report)
    for table in page.tables:
        for row in table.body if table.section == _SECTION and _KIND in table.kinds else ():
            if _labels(cell.text for cell in row) not in shown:
                yield f"{table.place}: tabellraden ”{' '.join(row[0].text.split())}”"


def in_book(book: Book, report: Report) -> Iterator[str]:
    """The places of rows that no shown figure has."""
    shown = _shown(report)
    for table in book.tables:
        for number, row in enumerate(table.rows[1:] if table.name == _TABLE else (), 1):
            if _labels(row) not in shown:
                yield table.place(number, 0)


def _shown(report: Report) -> frozenset[tuple[str, ...]]:
    return frozenset(_names(one, report) for one in report.revisions.changed if _is_shown(one, report))


def _is_shown(one: Revision, report: Report) -> bool:
    public = report.figures.figures.get(one.now.key)
    return not (one.now.suppressed or one.before.suppressed or (public is not None and public.suppressed))


def _names(one: Revision, report: Report) -> tuple[str, ...]:
    key, metric = one.now.key, report.metrics[one.now.key.metric]
    named = (revisions_section.title_of(key, metric), revisions_section.whose(key, metric), forms.window(one.window))
    return _labels(named)


def _labels(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(same, texts))[:_NAMES]
