"""The figures that the workbook's other sheets refer to, read from their tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from pipeline.language import say
from pipeline.lastcheck.book import Book, Table
from pipeline.lastcheck.entries import Entry, Labels, Region, beginning, unplaced, written
from pipeline.lastcheck.looking_up import Names
from pipeline.lastcheck.referred import BASE, BEFORE, CHANGE, NOW, STATUS, WORDS
from pipeline.publish import comparison_sheet as sheet
from pipeline.publish import front_sheets, others
from pipeline.publish.forms import DASH

Read = Iterator[tuple[Labels, tuple[str, ...]]]
Reader = Callable[[Sequence[str], dict[str, str], Names], Read]
_CATEGORY = re.compile(r" \([^()]*\)(?=, |$)")
_NUMBERED = re.compile(r"\d+\. ")


def entries(book: Book, names: Names) -> Iterator[Entry]:
    """Every reference, in the order of the sheets."""
    for table in book.tables:
        if table.name in _BY_NAME:
            region, read = _BY_NAME[table.name]
            yield from _of(table, region, read, names)
    yield from unplaced(book.pieces)


def _of(table: Table, region: Region, read: Reader, names: Names) -> Iterator[Entry]:
    headings, *rows = table.rows
    for number, row in enumerate(rows, 1):
        by_heading = dict(zip(headings, row, strict=True))
        for labels, texts in read(headings, by_heading, names):
            yield Entry(region, labels, texts, table.place(number, 0))


def _contents(_: Sequence[str], row: dict[str, str], __: Names) -> Read:
    title, part = row[str(front_sheets.METRIC)], row[str(front_sheets.PART)]
    told = tuple(row[say(heading)] for heading in ("n, täljare (antal)", "N, nämnare (antal)", "Utfall", "Status"))
    yield (title if part == DASH else f"{title}: {part}",), told


def _goals(_: Sequence[str], row: dict[str, str], __: Names) -> Read:
    whose = row[say("Område eller enhet")]
    yield (
        (row[say("Mått")],) if whose in ("", DASH) else (row[say("Mått")], whose),
        tuple(row[say(heading)] for heading in ("Utfall", "n, täljare (antal)", "N, nämnare (antal)", "Status")),
    )


def _incidents(headings: Sequence[str], row: dict[str, str], _: Names) -> Read:
    for heading in headings[1:]:
        yield (row[headings[0]][-1:], heading[-1:]), (row[heading],)


def _years(headings: Sequence[str], row: dict[str, str], _: Names) -> Read:
    for number, heading in enumerate(headings[1:]):
        yield (headings[0], row[headings[0]], str(number)), (row[heading],)


def _plan(_: Sequence[str], row: dict[str, str], names: Names) -> Read:
    for line in row[say("Har kommit")].split("\n"):
        title, text = _titled(_CATEGORY.sub("", line))
        units = [item.unit for item in names.report.management.plan]
        for unit, told in _by_unit(text, units) or [(row[say("Enheter")], text)]:
            yield (row[say("Uppföljning")], unit, names.metric_id(title)), (told,)


def _requirements(_: Sequence[str], row: dict[str, str], names: Names) -> Read:
    for line in row[say("Mått och senaste utfall")].split("\n"):
        title, text = _titled(line)
        yield (row[say("Krav")], names.metric_id(title)), (text,)


def _titled(line: str) -> tuple[str, str]:
    """A line as its figure's title and what is told of it; a title may hold a colon of its own."""
    title, _, text = line.rpartition(": ")
    return title, text


def _by_unit(text: str, units: Iterable[str]) -> list[tuple[str, str]]:
    """`Norr 82 %, Söder ··` as each unit's own; empty where no unit is named."""
    longest_first = sorted(set(units), key=len, reverse=True)
    named = list(re.finditer(rf"(?:^|, )({'|'.join(map(re.escape, longest_first))}) ", text))
    ends = [*(found.start() for found in named[1:]), len(text)]
    return [(found[1], text[found.end() : end]) for found, end in zip(named, ends, strict=True)] if named else []


def _activities(_: Sequence[str], row: dict[str, str], __: Names) -> Read:
    labels = (row[say("Det ni beslutade")], row[say("Mått")])
    for what, heading in ((BEFORE, "Före"), (NOW, "Nu"), (CHANGE, "Förändring")):
        yield (*labels, what), (row[say(heading)],)


def _controls(headings: Sequence[str], row: dict[str, str], _: Names) -> Read:
    labels = (_NUMBERED.sub("", row[say("Risk")], count=1), row[say("Kontroll")])
    base = next(heading for heading in headings if heading.startswith(beginning("Avvikelser, n av N ({figures_of})")))
    yield (*labels, STATUS), (row[say("Utfall")],)
    yield (*labels, BASE), (row[base], row[say("Andel")])
    yield (*labels, WORDS), (written(row[say("Analys")]), written(row[say("Åtgärd")]))


def _beside(_: Sequence[str], row: dict[str, str], names: Names) -> Read:
    labels = (
        names.metric_id(row[str(sheet.METRIC)]),
        f"{others.HEADING}: {row[str(sheet.INDICATOR)]}",
        row[str(sheet.WHO)],
    )
    for gender, heading in sheet.GENDERS.items():
        yield (*labels, gender), (row[str(heading)],)
    yield (*labels, sheet.BASE), (row[str(sheet.BASE)],)


def _exchanged(_: Sequence[str], row: dict[str, str], names: Names) -> Read:
    yield (
        (names.metric_id(row[str(sheet.METRIC)]), row[str(sheet.HEADING)], row[str(sheet.WHO)]),
        (row[str(sheet.VALUE)],),
    )


_BY_NAME: dict[str, tuple[Region, Reader]] = {
    "innehall": (Region.CONTENTS, _contents),
    "mal": (Region.GOALS, _goals),
    "avvikelsematris": (Region.INCIDENTS, _incidents),
    **{f"synpunkter_alla_ar_{name}": (Region.YEARS, _years) for name in ("enhet", "feedback", "submitter")},
    "uppfoljning_perioden": (Region.PLAN, _plan),
    "kravmatris": (Region.REQUIREMENTS, _requirements),
    "beslut_till_siffra": (Region.ACTIVITIES, _activities),
    "internkontroll": (Region.CONTROLS, _controls),
    sheet.BESIDE: (Region.OTHERS, _beside),
    sheet.EXCHANGED: (Region.OTHERS, _exchanged),
}
