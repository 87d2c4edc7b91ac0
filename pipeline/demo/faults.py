"""About one row in a hundred gets a fault, of every kind that the extract contract knows (rules 3–6).

The kinds take turns, so that each of them stands in the files however few the rows are. Which columns can have which
fault follows from the extract's schema.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.demo.chance import Chance
from pipeline.demo.tables import Table, length, rows, stacked
from pipeline.schemas.extract import Column, Extract, Kind
from pipeline.schemas.rules import Severity

SHARE = 0.01
YEARS_AHEAD = 40  # a multiple of four, so that the day exists; still in the future whenever the files are read


@dataclass(frozen=True)
class Fault:
    """One kind of fault in one column: which rows can have it, and what it makes of a cell.

    `again`: the row stands twice; unless `change` is given the second is an exact copy.
    """

    kind: str
    column: str
    can: Callable[[Table, int], bool]
    change: Callable[[Table, int], str] | None = None
    again: bool = False


def spoil(chance: Chance, extract: Extract, table: Table, turn: int) -> tuple[Table, dict[str, int]]:
    """The table with faults in it, and how many rows have each kind. `turn` says which kind comes first."""
    kinds = _by_kind(extract)
    names = list(kinds)
    wanted = round(SHARE * length(table))
    order = np.argsort(chance.uniform(length(table)), kind="stable").tolist()
    used: set[int] = set()
    copies: list[Table] = []
    planted: dict[str, int] = {}
    while wanted > 0:
        name = names[turn % len(names)]
        turn += 1
        fault = kinds[name][int(chance.whole(0, len(kinds[name]) - 1, 1)[0])]
        row = _free(order, used, table, fault)
        if row is None:
            continue
        used.add(row)
        copy = _apply(table, fault, row)
        if copy is not None:
            copies.append(copy)
        cost = 2 if fault.again and fault.change else 1
        planted[name] = planted.get(name, 0) + cost
        wanted -= cost
    return (stacked([table, *copies]) if copies else table), planted


def _free(order: list[int], used: set[int], table: Table, fault: Fault) -> int | None:
    """The next row, in a random order, that can have the fault and has none yet."""
    return next((row for row in order if row not in used and fault.can(table, row)), None)


def _apply(table: Table, fault: Fault, row: int) -> Table | None:
    copy = rows(table, np.array([row])) if fault.again else None
    spoiled, place = (copy, 0) if copy is not None else (table, row)
    if fault.change:
        spoiled[fault.column][place] = fault.change(table, row)
    return copy


def _by_kind(extract: Extract) -> dict[str, list[Fault]]:
    grouped: dict[str, list[Fault]] = {}
    for fault in _faults(extract):
        grouped.setdefault(fault.kind, []).append(fault)
    return grouped


def _faults(extract: Extract) -> Iterator[Fault]:
    yield from _of_cells(extract)
    yield from _of_orders(extract)
    yield from _of_rows(extract)


def _of_cells(extract: Extract) -> Iterator[Fault]:
    for column in extract.columns:
        name = column.name
        if column.required and name not in extract.key:
            yield Fault("missing", name, _filled(name), lambda table, row: "")
        if column.kind is Kind.DATE:
            yield Fault("unreadable_date", name, _day(name), _thirtieth_of_february(name))
            yield Fault("too_early", name, _day(name), _a_thousand_years_ago(name))
            if not column.future:
                yield Fault("too_late", name, _day(name), _years_ahead(name))
        if column.kind is Kind.CODE:
            yield Fault("unknown_code", name, _filled(name), lambda table, row: "Se journal")
        if column.kind is Kind.YES_NO and name == "protected_identity":
            yield Fault("not_yes_no", name, _filled(name), lambda table, row: "vet ej")
        if column.kind is Kind.COUNT:
            yield Fault("negative_count", name, _filled(name), lambda table, row: "-1")
            yield Fault("fractional_count", name, _filled(name), lambda table, row: "1,5")
        if column.most is not None:
            yield Fault("out_of_range", name, _filled(name), _one_more_than(column.most))
        if column.kind is Kind.NUMBER:
            yield Fault("not_number", name, _filled(name), _about(name))


def _of_orders(extract: Extract) -> Iterator[Fault]:
    for order in extract.orders:
        column, bound = order.column, order.bound
        if order.rule.severity is not Severity.REJECT:
            continue
        if order.counts:
            yield Fault("order", column, _filled(bound), _more_than(bound))
        else:
            yield Fault("order", column, _both_days(column, bound), _day_before(bound))


def _of_rows(extract: Extract) -> Iterator[Fault]:
    yield Fault("exact_duplicate", "", _any, again=True)
    required = [column for column in extract.columns if column.required and column.name not in extract.key]
    yield from _contradictions(extract, required)
    for reference in extract.references:
        yield Fault("dangling_reference", reference.column, _filled(reference.column), _renumbered(reference.column))
    for outcome in extract.outcomes:
        yield Fault("outcome_without_date", outcome.day, _filled(outcome.column), lambda table, row: "")
    if any(column.name == "unit" for column in required):
        yield Fault("unknown_unit", "unit", _filled("unit"), lambda table, row: "Gamla socialkontoret")


def _contradictions(extract: Extract, required: Sequence[Column]) -> Iterator[Fault]:
    """A second row with the same key that says something else: of where it stands, or in a free text."""
    where = [column.name for column in required if column.name in ("unit", "area")]
    free = [column.name for column in extract.of_kind(Kind.TEXT) if not (column.spelling or column.required)]
    for name in (where or free)[:1]:
        yield Fault("key_conflict", name, _filled(extract.key[0]), lambda table, row: "Okänd enhet", again=True)


def _any(table: Table, row: int) -> bool:
    return True


def _filled(name: str) -> Callable[[Table, int], bool]:
    return lambda table, row: table[name][row] != ""


def _day(name: str) -> Callable[[Table, int], bool]:
    """A day is written there, and not the open end."""
    return lambda table, row: table[name][row][:2] in ("19", "20")


def _both_days(name: str, bound: str) -> Callable[[Table, int], bool]:
    return lambda table, row: _day(name)(table, row) and _day(bound)(table, row)


def _thirtieth_of_february(name: str) -> Callable[[Table, int], str]:
    return lambda table, row: f"{table[name][row][:4]}-02-30"


def _a_thousand_years_ago(name: str) -> Callable[[Table, int], str]:
    return lambda table, row: f"1{table[name][row][1:]}" if table[name][row][0] == "2" else f"0{table[name][row][1:]}"


def _years_ahead(name: str) -> Callable[[Table, int], str]:
    return lambda table, row: f"{int(table[name][row][:4]) + YEARS_AHEAD}{table[name][row][4:]}"


def _day_before(bound: str) -> Callable[[Table, int], str]:
    return lambda table, row: str(np.datetime64(table[bound][row][:10]) - 1)


def _more_than(bound: str) -> Callable[[Table, int], str]:
    return lambda table, row: str(int(table[bound][row]) + 1)


def _one_more_than(most: int) -> Callable[[Table, int], str]:
    return lambda table, row: str(most + 1)


def _about(name: str) -> Callable[[Table, int], str]:
    return lambda table, row: f"ca {table[name][row]}"


def _renumbered(name: str) -> Callable[[Table, int], str]:
    """An id of the same look that no series reaches."""
    return lambda table, row: f"{table[name][row][0]}99{table[name][row][3:]}"
