"""The hidden counts' places in what the council gets: each must hold the hidden mark, on page and in workbook."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.lastcheck.book import Book
from pipeline.lastcheck.looking_up import same
from pipeline.lastcheck.written_page import Page
from pipeline.model.cases import CouncilStatistics
from pipeline.publish import forms


def on_page(page: Page, statistics: CouncilStatistics) -> Iterator[str]:
    """The places on the page where a number stands instead of a hidden count, or that no count has."""
    known = _known(statistics)
    for table in page.tables:
        heading = same(table.rows[0][0].text) if table.rows else ""
        for row in table.body:
            label = same(row[0].text)
            if not _is_fit(known, (heading, label), "".join(row[1].text.split()), bool(row[1].marks)):
                yield f"{table.place}: tabellraden ”{' '.join(row[0].text.split())}”"


def in_book(book: Book, statistics: CouncilStatistics) -> Iterator[str]:
    """The places in the workbook where a number stands instead of a hidden count, or that no count has."""
    known = _known(statistics)
    for table in book.tables:
        heading, *rows = table.rows
        for number, (label, cell, *_) in enumerate(rows, 1):
            is_mark = cell == forms.HIDDEN
            if not _is_fit(known, (same(heading[0]), same(label)), "" if is_mark else cell, is_mark):
                yield table.place(number, 1)


def _known(statistics: CouncilStatistics) -> dict[tuple[str, str], int | None]:
    return {(same(t.heading), same(row.label)): row.count for t in statistics.tables for row in t.rows}


def _is_fit(known: dict[tuple[str, str], int | None], row: tuple[str, str], text: str, is_mark: bool) -> bool:
    """Whether a row is one of the statistics' and holds what it should: its count, or the mark and nothing else."""
    if row not in known:
        return False
    count = known[row]
    return (is_mark and not text) if count is None else text == str(count)
