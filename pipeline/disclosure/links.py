"""What hangs together by construction: places, categories, windows, and metrics that count the same rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, pairwise, permutations, product
from typing import NamedTuple

import numpy as np

from pipeline.disclosure.gaps import NOT_OF_TIME, Gaps
from pipeline.disclosure.quantities import Kind, Quantities
from pipeline.disclosure.spans import Ways, alike, rows_along
from pipeline.disclosure.tables import Cut, Days, Layout, Org, Table
from pipeline.model import Level, Statistic
from pipeline.suppression.problem import Flags, Ints

_ALL = Cut("", "")
_NOT_ADDED = frozenset({Statistic.LONGEST_WAIT, Statistic.VALUE})
_OF_PERSONS_BESIDE = frozenset({Statistic.PERSONS, Statistic.SPECIAL_REASONS, Statistic.LONGEST_WAIT})


def link(layout: Layout, programmes: Mapping[str, frozenset[str]]) -> Quantities:
    """All quantities of the rows and what binds them; `programmes` says which each unit stands in."""
    found = Quantities(layout, gaps := Gaps.of(layout))
    structure = _Structure(layout, programmes)
    for table in layout.tables.values():
        _join_windows(found, table)
        for kind in _kinds(table):
            _add_categories(found, table, kind)
            structure.add_places(found, table, kind)
            if table.statistic not in NOT_OF_TIME:
                _add_windows(found, table, kind)
        if table.statistic is Statistic.PERSONS:
            _bind_windows(found, table)
    for table in gaps.tables:
        for kind in _kinds(table):
            found.not_negative(found.of(kind, _flat(table.rows)))
        _bind_within_row(found, table)
    _join_same_rows(found, gaps.tables)
    for table in layout.tables.values():
        if table.statistic in _OF_PERSONS_BESIDE:
            _bind_beside(found, layout, table)
    _join_parts_of_others(found, layout)
    return found


def _kinds(table: Table) -> tuple[Kind, ...]:
    if table.statistic is Statistic.LONGEST_WAIT:
        return (Kind.LONGEST,)
    if table.statistic in _NOT_ADDED:
        return ()
    if table.statistic is Statistic.MEAN:
        return (Kind.TOTAL, Kind.SUMMED)
    return (Kind.TOTAL, Kind.PART) if table.statistic.is_share else (Kind.TOTAL,)


def _flat(rows: Ints) -> Ints:
    return rows.reshape(-1)


# --- categories -----------------------------------------------------------------------------------------------------


def _add_categories(found: Quantities, table: Table, kind: Kind) -> None:
    """A total is the sum of each breakdown's categories; of an outcome's, the categories are parts of all rows."""
    total = table.at(_ALL)
    if total is None:
        return
    for breakdown in dict.fromkeys(cut.breakdown for cut in table.cuts if cut.breakdown):
        cuts = table.cuts_of(breakdown)
        parts = found.of(kind, table.rows[:, :, cuts].reshape(-1, len(cuts)))
        whole = found.of(kind, _flat(total))
        if breakdown == table.metric.outcome:
            whole = found.of(Kind.TOTAL, _flat(total))
            if kind is Kind.TOTAL:
                found.are_one(parts, whole[:, None])
                continue
        if kind is Kind.LONGEST:
            found.share_a_longest(whole, parts)
        else:
            found.add_up(whole, parts)


# --- places ---------------------------------------------------------------------------------------------------------


class _Structure:
    """Which places are the sum of which: the committee of its programmes, these of their units."""

    def __init__(self, layout: Layout, programmes: Mapping[str, frozenset[str]]) -> None:
        number = {org: index for index, org in enumerate(layout.orgs)}
        self._level = {
            level: np.array([n for org, n in number.items() if org.level == level], dtype=np.int64) for level in Level
        }
        self._groups: list[tuple[Ints, Ints]] = []
        for names, units in _together(programmes):
            above = [number[Org(Level.PROGRAMME, name)] for name in names if Org(Level.PROGRAMME, name) in number]
            below = [number[Org(Level.UNIT, unit)] for unit in units if Org(Level.UNIT, unit) in number]
            if above:
                self._groups.append((np.array(above), np.array(below, dtype=np.int64)))
        grouped = {int(one) for above, _ in self._groups for one in above}
        # What no unit stands in has nothing but rows of units that nobody knows of.
        lone = [one for one in self._level[Level.PROGRAMME].tolist() if one not in grouped]
        self._groups += [(np.array([one]), np.empty(0, dtype=np.int64)) for one in lone]

    def add_places(self, found: Quantities, table: Table, kind: Kind) -> None:
        committee, all_programmes, all_units = (self._level[level] for level in Level)
        for below in (all_programmes, all_units):
            if len(committee) == 1 and len(below):
                self._add(found, table, kind, committee, below)
        for above, below in self._groups:
            self._add(found, table, kind, above, below)

    def _add(self, found: Quantities, table: Table, kind: Kind, above: Ints, below: Ints) -> None:
        """The first above is the sum of what is below, less the others above (units that stand in several)."""
        windows, _, cuts = table.rows.shape
        of = found.of(kind, table.rows.transpose(0, 2, 1).reshape(windows * cuts, -1))
        parts = np.hstack([of[:, below], of[:, above[1:]]])
        if kind is Kind.LONGEST:
            found.share_a_longest(of[:, above[0]], of[:, below])
        elif len(above) == 1:
            found.add_up(of[:, above[0]], parts)
        else:
            found.add_up(of[:, above[0]], parts, [1.0] * len(below) + [-1.0] * (len(above) - 1), only_exact=True)


def _together(programmes: Mapping[str, frozenset[str]]) -> Iterator[tuple[list[str], list[str]]]:
    """Programmes that share units, and their units; units without programme are in none of them."""
    group: dict[str, set[str]] = {}
    for own in programmes.values():
        merged: set[str] = set(own).union(*(group.get(name, ()) for name in own))
        for name in merged:
            group[name] = merged
    for names in {id(one): one for one in group.values()}.values():
        yield sorted(names), sorted(unit for unit, of in programmes.items() if of & names)


# --- windows --------------------------------------------------------------------------------------------------------


def _join_windows(found: Quantities, table: Table) -> None:
    """Windows of the same days are one, whatever they are called and whichever report told them."""
    for numbers in _by_days(table).values():
        for one, other in pairwise(numbers):
            for kind in (Kind.TOTAL, Kind.PART, Kind.SUMMED):
                found.are_one(found.of(kind, _flat(table.rows[one])), found.of(kind, _flat(table.rows[other])))


def _by_days(table: Table) -> dict[Days, list[int]]:
    numbers: dict[Days, list[int]] = defaultdict(list)
    for number, days in enumerate(table.windows):
        numbers[days].append(number)
    return numbers


def _add_windows(found: Quantities, table: Table, kind: Kind) -> None:
    """Ways over windows that lead round add up to nothing."""
    there = found.of(kind, table.rows) >= 0
    for group in alike(there):
        for circle in Ways(table, group.windows).circles():
            rows, signs = rows_along(table, group.places, circle)
            quantities = found.of(kind, rows)
            found.add_up(quantities[:, 0], quantities[:, 1:], -signs[1:] * signs[0], only_exact=True)


def _bind_windows(found: Quantities, table: Table) -> None:
    """What does not add up over time still is no less in a longer window."""
    spans = [(one, days) for one, days in enumerate(table.windows) if not days.is_stock]
    for (one, longer), (other, shorter) in permutations(spans, 2):
        if longer.starts <= shorter.starts and shorter.ends <= longer.ends:
            some, others = (found.of(Kind.TOTAL, _flat(table.rows[number])) for number in (other, one))
            found.never_greater(some, others)


# --- within a row, and between metrics ------------------------------------------------------------------------------


def _bind_within_row(found: Quantities, table: Table) -> None:
    rows = _flat(table.rows)
    found.never_greater(found.of(Kind.PART, rows), found.of(Kind.TOTAL, rows))


class _Measure(NamedTuple):
    """The rows behind a table's figures, or those of its numerator."""

    table: Table
    kind: Kind


def _join_same_rows(found: Quantities, tables: Iterable[Table]) -> None:
    """Metrics that count the same rows everywhere, or some of another's, so that what one tells the other tells too.

    Looked for in the figures: whoever adds a metric need not know which others it hangs together with.
    """
    of_extract: dict[tuple[str, bool], list[_Measure]] = defaultdict(list)
    for table in tables:
        metric = table.metric
        if table.statistic is not Statistic.VALUE and table.statistic not in _OF_PERSONS_BESIDE:
            kinds = (Kind.TOTAL, Kind.PART) if table.statistic.is_share else (Kind.TOTAL,)
            group = of_extract[next(iter(metric.needs), metric.metric_id), metric.flow]
            group += [_Measure(table, kind) for kind in kinds]
    for measures in of_extract.values():
        _join_measures(found, measures)


def _join_measures(found: Quantities, measures: list[_Measure]) -> None:
    within = np.zeros((len(measures), len(measures)), dtype=bool)
    common = {}
    for (one, first), (other, second) in combinations(enumerate(measures), 2):
        if first.table is second.table:
            continue
        tables = (id(first.table), id(second.table))
        if tables not in common:
            common[tables] = _common(first.table, second.table)
        some, others = (found.of(of.kind, rows) for of, rows in zip((first, second), common[tables], strict=True))
        there = (some >= 0) & (others >= 0)
        fewer, more = found.values[some[there]], found.values[others[there]]
        if fewer.any() and more.any():
            within[one, other], within[other, one] = (fewer <= more).all(), (more <= fewer).all()
            if first.kind is not second.kind or first.kind is Kind.PART:
                within[one, other] = within[other, one] = (fewer == more).all()
    same = within & within.T
    for one, other in _nearest(within, same):
        tables = (id(measures[one].table), id(measures[other].table))
        some, others = common[tables] if tables in common else common[tables[::-1]][::-1]
        bind = found.are_one if same[one, other] else found.never_greater
        bind(found.of(measures[one].kind, some), found.of(measures[other].kind, others))


def _nearest(within: Flags, same: Flags) -> Iterator[tuple[int, int]]:
    """Pairs that are the same, and pairs of a measure and the least that it is part of: the others follow from them."""
    truly = within & ~same
    for one, other in zip(*np.nonzero(within), strict=True):
        if same[one, other]:
            if one < other:
                yield int(one), int(other)
        elif not (truly[one] & truly[:, other]).any():
            yield int(one), int(other)


def _common(table: Table, other: Table) -> tuple[Ints, Ints]:
    """The rows of two tables in the places that both have."""
    cuts = [cut for cut in table.cuts if cut in other.cuts]
    numbers = product(range(len(table.windows)), range(len(other.windows)))
    days = [(one, two) for one, two in numbers if table.windows[one] == other.windows[two]]

    def rows(of: Table, windows: Sequence[int]) -> Ints:
        return _flat(of.rows[np.ix_(windows, range(of.rows.shape[1]), [of.cuts.index(cut) for cut in cuts])])

    some, others = rows(table, [one for one, _ in days]), rows(other, [two for _, two in days])
    both = (some >= 0) & (others >= 0)
    return some[both], others[both]


def _bind_beside(found: Quantities, layout: Layout, table: Table) -> None:
    """What stands beside a metric's own statistic: persons among the rows, the longest wait of those that waited."""
    own = layout.tables.get((table.metric.metric_id, table.metric.judged))
    if own is None or own.rows.shape != table.rows.shape:
        return
    beside = found.of(Kind.TOTAL, _flat(table.rows))
    if table.statistic is Statistic.LONGEST_WAIT:
        found.are_one(beside, found.of(Kind.PART, _flat(own.rows)))
    elif Statistic.SHARE not in table.metric.statistics or table.statistic is Statistic.SPECIAL_REASONS:
        # Persons of a numerator are bounded by it too, but one breach of a limit stays readable, and so who it was of.
        found.never_greater(beside, found.of(Kind.TOTAL, _flat(own.rows)))


def _join_parts_of_others(found: Quantities, layout: Layout) -> None:
    """A metric that is another one's category: its total is that category."""
    for table in layout.tables.values():
        part_of = table.metric.part_of
        if part_of is None or table.statistic is not table.metric.judged:
            continue
        other = layout.tables.get((part_of.metric, table.statistic))
        total = table.at(_ALL)
        category = None if other is None else other.at(Cut(part_of.breakdown, part_of.category))
        if total is None or other is None or category is None:
            continue
        for number, days in enumerate(table.windows):
            if days in other.windows:
                there = category[other.windows.index(days)]
                found.are_one(found.of(Kind.TOTAL, total[number]), found.of(Kind.TOTAL, there))
