"""The figures that the page's other parts refer to, read from their tables as they are laid out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pipeline.language import say
from pipeline.lastcheck.entries import Entry, Labels, Region, beginning, unplaced, without_category, written
from pipeline.lastcheck.looking_up import Names
from pipeline.lastcheck.referred import BASE, BEFORE, CHANGE, NOW, STATUS, WORDS
from pipeline.lastcheck.written_page import Cell, Page, Table
from pipeline.publish import (
    controls_section,
    feedback_years,
    followup_section,
    incident_matrix,
    levels_section,
    quality_areas,
)
from pipeline.publish import requirements_section as requirements

Read = Iterator[tuple[Labels, tuple[str, ...]]]
Reader = Callable[[Table, list[Cell], Names], Read]
Group = tuple[str, list[str]]  # a linked figure's title, and the lines about it
_IN_TIME = re.compile(r"(\S[^()]*?)\s*\([^()]*\)")  # a figure and its time
_NUMBERED = re.compile(r"\d+\. ")


def entries(page: Page, names: Names) -> Iterator[Entry]:
    """Every reference, in the page's order."""
    for table in page.tables:
        kind, region, read = _OF_METRICS.get(_other_kind(table)) or _BY_SECTION.get(table.section, _NONE)
        for row in table.body if _is_of(table, kind) else ():
            place = f"{table.place}: tabellraden ”{_first(row[0])}”"
            yield from (Entry(region, labels, texts, place) for labels, texts in read(table, row, names))
    yield from unplaced(page.pieces)


def _other_kind(table: Table) -> str:
    """What kind of comparison with others a table in a metric's section is, if any."""
    return next((kind for kind in table.kinds if table.metric and kind in _OF_METRICS), "")


def _is_of(table: Table, kind: str) -> bool:
    """Whether a table is of a kind, or of none that is left out: `-acts`."""
    return kind[1:] not in table.kinds if kind.startswith("-") else kind in table.kinds


# --- cells ----------------------------------------------------------------------------------------------------------


def _lines(cell: Cell) -> list[str]:
    return [line for line in (" ".join(text.split()) for text in cell.lines) if line]


def _first(cell: Cell) -> str:
    return next(iter(_lines(cell)), "")


def _groups(cell: Cell) -> Iterator[Group]:
    """The links of a cell, each with the lines that follow it."""
    group: Group | None = None
    for number, text in enumerate(cell.lines):
        line = " ".join(text.split())
        if number in cell.linked:
            if group:
                yield group
            group = (line, [])
        elif group and line:
            group[1].append(line)
    if group:
        yield group


# --- the parts ------------------------------------------------------------------------------------------------------


def _goals(_: Table, row: list[Cell], __: Names) -> Read:
    told = [_first(cell) for cell in row[2:]]
    yield tuple(_lines(row[0])), tuple(told)


def _levels(table: Table, row: list[Cell], names: Names) -> Read:
    title = _first(row[0])
    yield (title, names.report.figures.committee), (" ".join(_lines(row[1])),)
    for line in _lines(row[2]):
        name, _, text = line.rpartition(": ")
        yield (title, name), (text,)


def _incidents(_: Table, row: list[Cell], __: Names) -> Read:
    for column, cell in enumerate(row[1:], 1):
        yield (row[0].text.strip(), str(column)), (" ".join(_lines(cell)),)


def _years(table: Table, row: list[Cell], _: Names) -> Read:
    for number, cell in enumerate(row[1:]):
        yield (table.rows[0][0].text.strip(), _first(row[0]), str(number)), (_first(cell),)


def _plan(__: Table, row: list[Cell], names: Names) -> Read:
    definition, units = [*_lines(row[0]), "", ""][:2]
    for title, lines in _groups(row[2]):
        by_unit = [line.partition(": ") for line in lines]
        for unit, _, text in by_unit if len(by_unit) > 1 else [(units, ": ", lines[0] if lines else "")]:
            yield (definition, unit, names.metric_id(title)), (without_category(text),)


def _requirements(_: Table, row: list[Cell], names: Names) -> Read:
    for title, lines in _groups(row[4]):
        yield (_first(row[0]), names.metric_id(title)), (" ".join(lines),)


def _areas(__: Table, row: list[Cell], ___: Names) -> Read:
    for cell in row[1:]:
        yield from (((title,), (" ".join(lines),)) for title, lines in _groups(cell))


def _activities(__: Table, row: list[Cell], ___: Names) -> Read:
    with_now, without_now = f", {beginning('nu {now} ({now_when})')}", f", {say('uppgift saknas nu')}"
    for title, lines in _groups(row[2]):
        text, rest = (lines[0] if lines else ""), lines[1:]
        before, _, now = text.partition(with_now) if with_now in text else text.partition(without_now)
        for what, side in ((BEFORE, before), (NOW, now)):
            found = _IN_TIME.search(side.removeprefix(":").strip())
            yield (_first(row[0]), title, what), (found[1] if found else "",)
        yield (_first(row[0]), title, CHANGE), (" ".join(rest),)


def _controls(_: Table, row: list[Cell], __: Names) -> Read:
    labels = (_NUMBERED.sub("", _first(row[0]), count=1), _first(row[1]))
    yield (*labels, STATUS), (_first(row[3]),)
    yield (*labels, BASE), tuple(_lines(row[4]))
    yield (*labels, WORDS), tuple(written(line) for line in _lines(row[5]))


def _beside(table: Table, row: list[Cell], _: Names) -> Read:
    for heading, cell in zip(table.rows[0][1:], row[1:], strict=False):
        yield (table.metric, table.heading, row[0].own, heading.text), (_first(cell),)


def _exchanged(table: Table, row: list[Cell], _: Names) -> Read:
    drawn = "".join(style for cell in row[1:] for style in cell.styles)
    yield (table.metric, table.heading, row[0].text), (_first(row[1]), drawn)


_OF_METRICS: dict[str, tuple[str, Region, Reader]] = {
    "others": ("others", Region.OTHERS, _beside),
    "exchange": ("exchange", Region.OTHERS, _exchanged),
}
_NONE = ("no part", Region.GOALS, _goals)
_BY_SECTION: dict[str, tuple[str, Region, Reader]] = {
    "mal": ("aims", Region.GOALS, _goals),
    levels_section.ANCHOR: ("levels", Region.LEVELS, _levels),
    incident_matrix.ANCHOR: ("matrix", Region.INCIDENTS, _incidents),
    feedback_years.ANCHOR: ("numbers", Region.YEARS, _years),
    followup_section.ANCHOR: ("due", Region.PLAN, _plan),
    requirements.ANCHOR: ("demands", Region.REQUIREMENTS, _requirements),
    quality_areas.ANCHOR: ("even", Region.AREAS, _areas),
    "aktiviteter": ("-acts", Region.ACTIVITIES, _activities),
    controls_section.ANCHOR: ("-matrix", Region.CONTROLS, _controls),
}
