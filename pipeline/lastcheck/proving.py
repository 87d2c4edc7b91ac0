"""Opens every public file of a folder and proves that nothing secret and nothing hidden is in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.language import say
from pipeline.lastcheck import book, changed_figures, council_places, paper, printed, referred, table, written_page
from pipeline.lastcheck.book import Book
from pipeline.lastcheck.book_places import BookPlaces
from pipeline.lastcheck.findings import Finding, Kind, Piece
from pipeline.lastcheck.index_places import IndexPlaces
from pipeline.lastcheck.looking_up import Names
from pipeline.lastcheck.page_places import PagePlaces
from pipeline.lastcheck.searching import Searcher
from pipeline.lastcheck.secret import CASE_TEXTS, Secrets
from pipeline.lastcheck.written_page import Page
from pipeline.model import Figures, Metric, Statistic, Status
from pipeline.model.cases import CouncilStatistics
from pipeline.model.comparison import Comparisons
from pipeline.model.goals import ActivityStatus
from pipeline.model.issues import Issue
from pipeline.model.management import ControlOutcome, Gap
from pipeline.publish.followup import State

if TYPE_CHECKING:
    from pipeline.publish.report import Report

COUNCIL = "fullmäktige"
_CODE = ("sql", "sha256")
Opener = Callable[[Path], Iterator[Finding]]


def committee(folder: Path, report: Report, secrets: Secrets) -> tuple[Finding, ...]:
    """What stands in the committee's folder that may not, in the order of files and places; nothing when all is well.

    Every file is opened: one of a kind that cannot be is a finding too, since an unopened file must never pass.
    """
    searcher, names = Searcher(secrets, _public(report), _own_words(report)), Names(report)
    hidden = referred.hidden(report)

    def on_page(read: Page) -> Iterator[str]:
        return chain(PagePlaces(read, names, hidden).leaks(), changed_figures.on_page(read, report))

    def in_book(read: Book) -> Iterator[str]:
        return chain(BookPlaces(read, names, hidden).leaks(), changed_figures.in_book(read, report))

    def opened(file: Path) -> Iterator[Finding]:
        match file.suffix:
            case ".html":
                yield from _page(file, searcher, on_page)
            case ".xlsx":
                yield from _book(file, searcher, in_book)
            case ".csv":
                yield from table.prove(file, report.figures, searcher)
            case ".pdf":
                yield from _paper(file, searcher, report)
            case _:
                yield Finding(file.name, "hela filen", Kind.UNOPENED)

    return _each(sorted(folder.rglob("*")), searcher, opened)


def council(folder: Path, statistics: CouncilStatistics, secrets: Secrets) -> tuple[Finding, ...]:
    """What stands in the council's files of a quarter's folder that may not; the other files there are secret."""
    labels = [name for one in statistics.tables for row in one.rows for name in (row.label, one.title)]
    searcher = Searcher(secrets, labels)

    def opened(file: Path) -> Iterator[Finding]:
        match file.suffix:
            case ".html":
                yield from _page(file, searcher, lambda read: council_places.on_page(read, statistics))
            case ".xlsx":
                yield from _book(file, searcher, lambda read: council_places.in_book(read, statistics))
            case _:
                yield Finding(file.name, "hela filen", Kind.UNOPENED)

    return _each(sorted(folder.glob(f"{COUNCIL}*")), searcher, opened)


def overview(
    file: Path, issues: Sequence[Issue], metrics: Mapping[str, Metric], secrets: Secrets
) -> tuple[Finding, ...]:
    """What stands on the page of all reports that may not; `issues` are what the page is made of."""
    searcher = Searcher(secrets, chain.from_iterable(_named(one.figures) for one in issues), _words_of(metrics))
    places = IndexPlaces(issues, metrics)
    return _each([file], searcher, lambda one: _page(one, searcher, places.leaks))


def _each(files: Iterable[Path], searcher: Searcher, opened: Opener) -> tuple[Finding, ...]:
    found: dict[Finding, None] = {}
    for file in files:
        named = searcher.search(file.name, (Piece("filens namn", file.stem),))
        for one in chain(named, () if file.is_dir() else opened(file)):
            # A place is told by what stands near it, which may be the secret itself.
            found[replace(one, file=searcher.masked(one.file), place=searcher.masked(one.place))] = None
    return tuple(found)


def _page(file: Path, searcher: Searcher, leaks: Callable[[Page], Iterator[str]]) -> Iterator[Finding]:
    try:
        read = written_page.read(file.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        yield Finding(file.name, "hela filen", Kind.UNOPENED)
        return
    yield from _found(file, searcher, read.pieces, read.unread, leaks(read))


def _book(file: Path, searcher: Searcher, leaks: Callable[[Book], Iterator[str]]) -> Iterator[Finding]:
    read = book.read(file)
    yield from _found(file, searcher, read.pieces, read.unread, leaks(read))


def _paper(file: Path, searcher: Searcher, report: Report) -> Iterator[Finding]:
    """A PDF is held against the page of the same name, which has been proved; without it, nothing vouches for it."""
    page = file.with_suffix(".html")
    read = printed.read(file.read_bytes())
    yield from searcher.search(file.name, paper.pieces(read))
    yield from (Finding(file.name, place, Kind.UNOPENED) for place in read.unread)
    if not page.is_file():
        yield Finding(file.name, "hela filen", Kind.UNOPENED)
        return
    known = written_page.read(page.read_text(encoding="utf-8"))
    told = paper.foreign(read, known, report.config, report.figures.period)
    yield from (Finding(file.name, place, kind) for place, kind in told)


def _found(
    file: Path, searcher: Searcher, pieces: Iterable[Piece], unread: Iterable[str], leaks: Iterable[str]
) -> Iterator[Finding]:
    yield from searcher.search(file.name, pieces)
    yield from (Finding(file.name, place, Kind.UNOPENED) for place in unread)
    yield from (Finding(file.name, place, Kind.HIDDEN) for place in leaks)


def _own_words(report: Report) -> Iterator[str]:
    """The words that the report has of its own: what its metrics, windows, statistics and states are called."""
    yield from _words_of(report.metrics)
    yield from report.figures.windows
    for states in (State, ControlOutcome, ActivityStatus, Gap):
        yield from (text for state in states for text in _as_said(state))


def _words_of(metrics: Mapping[str, Metric]) -> Iterator[str]:
    """What the metrics, and the words that they are told with, are called."""
    for metric in metrics.values():
        told = (getattr(metric, one.name) for one in fields(metric) if one.name not in _CODE)
        yield from (text for one in told for text in (str(one), str.__str__(one) if isinstance(one, str) else ""))
    for names in (Statistic, Status):
        yield from (text for name in names for text in _as_said(name))


def _as_said(word: StrEnum) -> tuple[str, str]:
    """A word as it is in Swedish and in the language of the report."""
    return word.value, say(word.value)


def _public(report: Report) -> Iterator[str]:
    """What the report prints by right and an id may look like: units, categories, and the names of national figures."""
    yield from _named(report.figures)
    for metric in report.metrics.values():
        yield from metric.kpis
    yield from _of_others(report.comparisons)


def _named(figures: Figures) -> Iterator[str]:
    """The organisations and categories that figures are of; no text of a case where it is hidden."""
    for key, figure in figures.figures.items():
        yield key.org
        if not figure.suppressed or key.breakdown not in CASE_TEXTS:
            yield key.category


def _of_others(known: Comparisons) -> Iterator[str]:
    """What indicators and other municipalities are called."""
    for indicator in known.indicators.values():
        yield from (indicator.indicator_id, indicator.title)
        yield from {text for one in indicator.observations for text in (one.party.name, one.party.code)}
    yield from (text for one in known.deliveries for text in (one.party.name, one.party.code))
