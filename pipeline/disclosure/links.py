"""What hangs together by construction: places, categories, windows, and metrics that count the same rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, permutations, product
from typing import NamedTuple

import numpy as np

from pipeline.disclosure import bands
from pipeline.disclosure.gaps import NOT_OF_TIME, Gaps
from pipeline.disclosure.quantities import Kind, Quantities
from pipeline.disclosure.sharing import Group, groups_of
from pipeline.disclosure.spans import Ways, alike, rows_along
from pipeline.disclosure.tables import Cut, Layout, Table
from pipeline.model import Level, Statistic
from pipeline.periods import Days
from pipeline.suppression.problem import Flags, Ints

_ALL = Cut("", "")
_NOT_ADDED = frozenset({Statistic.LONGEST_WAIT, Statistic.VALUE})
_OF_PERSONS_BESIDE = frozenset({Statistic.PERSONS, Statistic.SPECIAL_REASONS, Statistic.LONGEST_WAIT})
_APART = _OF_PERSONS_BESIDE | {Statistic.BY_DAYS, Statistic.COHORT}  # bound in ways of their own


def link(layout: Layout, programmes: Mapping[str, frozenset[str]], *, across_metrics: bool = True) -> Quantities:
    """All quantities of the rows and what binds them; `programmes` says which each unit stands in."""
    groups = groups_of(layout.orgs, programmes)
    gaps = Gaps.of(layout, groups)
    found = Quantities(layout, gaps)
    structure = _Structure(layout, groups)
    for table in layout.tables.values():
        _join_windows(found, table)
        for kind in _kinds(table):
            _add_categories(found, table, kind)
            structure.add_places(found, table, kind)
            if table.statistic not in NOT_OF_TIME:
                _add_windows(found, table, kind)
        if table.statistic is Statistic.PERSONS:
            _bind_windows(found, table)
        if table.statistic.is_spread:
            bands.add(found, layout, table, across_metrics=across_metrics)
    _bind_gaps(found, structure)
    if across_metrics:
        _join_same_rows(found, gaps.tables)
    for table in layout.tables.values():
        if table.statistic in _OF_PERSONS_BESIDE:
            _bind_beside(found, layout, table)
    _join_parts_of_others(found, layout)
    return found


def _bind_gaps(found: Quantities, structure: _Structure) -> None:
    """What is bound in every window is so between windows as well, as far as it does not follow."""
    for table in found.gaps.tables:
        for kind in _kinds(table):
            found.not_negative(found.of(kind, _flat(table.rows)))
        _bind_within_row(found, table)
    for table in found.gaps.spans:
        for kind in _kinds(table):
            structure.add_places_between(found, table, kind)
            _bind_categories(found, table, kind)
    _bind_special_between(found)


def _bind_special_between(found: Quantities) -> None:
    """Special reasons between windows are no more than the rows there that could have them."""
    spans = {(table.metric.metric_id, table.statistic): table for table in found.gaps.spans}
    for (metric, statistic), table in spans.items():
        own = spans.get((metric, table.metric.judged))
        if statistic is Statistic.SPECIAL_REASONS and own is not None:
            some, others = _common(table, own)
            found.never_greater(found.of(Kind.TOTAL, some), found.of(Kind.TOTAL, others))


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


def _bind_categories(found: Quantities, table: Table, kind: Kind) -> None:
    """A category is no more than the total where another report did not list all of them."""
    total = table.at(_ALL)
    if total is not None:
        for breakdown in dict.fromkeys(cut.breakdown for cut in table.cuts if cut.breakdown):
            if breakdown != table.metric.outcome:
                parts = table.rows[:, :, table.cuts_of(breakdown)]
                is_partly = ((parts < 0).any(axis=2) & (total >= 0))[:, :, None]
                found.never_greater(found.of(kind, np.where(is_partly, parts, -1)), found.of(kind, total)[:, :, None])


# --- places ---------------------------------------------------------------------------------------------------------


class _Structure:
    """Which places are the sum of which: the committee of its programmes, these of their units."""

    def __init__(self, layout: Layout, groups: Sequence[Group]) -> None:
        self._level = {
            level: np.array([n for n, org in enumerate(layout.orgs) if org.level == level], dtype=np.int64)
            for level in Level
        }
        self._groups = groups
        self._is_uneven: dict[tuple[str, Statistic, Kind, int], Flags] = {}  # cuts that are not the sum of their parts

    def add_places(self, found: Quantities, table: Table, kind: Kind) -> None:
        """The sums over places in every window."""
        of = _by_window_and_cut(found.of, table, kind)
        for number, (above, below) in enumerate(self._sums()):
            if kind is Kind.LONGEST:
                found.share_a_longest(of[:, above], of[:, below])
            else:
                fails = found.add_up(of[:, above], of[:, below])
                self._is_uneven[table.metric.metric_id, table.statistic, kind, number] = _any_window(fails, table)
        self._add_shared(found, of, kind)

    def add_places_between(self, found: Quantities, spans: Table, kind: Kind) -> None:
        """The sums over places between windows, where they hold and do not follow from those of the windows.

        Nobody prints them: that no row between the windows lacks a unit is known to some readers alone.
        """
        of = _by_window_and_cut(found.of, spans, kind)
        for number, (above, below) in enumerate(self._sums()):
            is_uneven = self._is_uneven[spans.metric.metric_id, spans.statistic, kind, number]
            row = spans.rows[:, above, :]
            is_new = is_uneven[None, :] | ((row >= 0) & (row < len(found.layout)))
            wanted = np.where(is_new.reshape(-1), of[:, above], -1)
            found.add_up(wanted, of[:, below], only_exact=True, by_chance=True)
        self._add_shared(found, of, kind)

    def _sums(self) -> Iterator[tuple[int, Ints]]:
        """A place, and those that it is the sum of."""
        committee, *all_below = (self._level[level] for level in Level)
        if len(committee) == 1:
            yield from ((int(committee[0]), below) for below in all_below if len(below))
        yield from ((int(group.above[0]), group.below) for group in self._groups if len(group.above) == 1)

    def _add_shared(self, found: Quantities, of: Ints, kind: Kind) -> None:
        for group in self._groups:
            if len(group.above) == 1:
                continue
            if kind is Kind.LONGEST:
                found.share_a_longest(of[:, group.above[0]], of[:, group.below])
            else:
                _add_shared(found, of, group)


def _by_window_and_cut(of: Callable[[Kind, Ints], Ints], table: Table, kind: Kind) -> Ints:
    """The quantities of a table: windows and cuts × places."""
    windows, _, cuts = table.rows.shape
    return of(kind, table.rows.transpose(0, 2, 1).reshape(windows * cuts, -1))


def _any_window(flags: Flags, table: Table) -> Flags:
    return np.asarray(flags.reshape(len(table.windows), len(table.cuts)).any(axis=0))


def _add_shared(found: Quantities, of: Ints, group: Group) -> None:
    """Programmes that share units hold what their units do together, and each at least what is its alone."""
    programmes, units = of[:, group.above], of[:, group.below]
    weights = [-1.0] * (len(group.above) - 1) + [1.0] * len(group.below)
    found.add_up(programmes[:, 0], np.hstack([programmes[:, 1:], units]), weights, only_exact=True)
    for programme, alone, inside in group.parts():
        found.never_less(of[:, [programme]], of[:, alone])
        found.never_less(of[:, inside], of[:, [programme]])


# --- windows --------------------------------------------------------------------------------------------------------


def _join_windows(found: Quantities, table: Table) -> None:
    """Windows of the same days are one, whatever they are called and whichever report told them."""
    for numbers in _by_days(table).values():
        for one, other in combinations(numbers, 2):
            for kind in Kind:
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
    found.only_of_somebody(found.of(Kind.SUMMED, rows), found.of(Kind.TOTAL, rows))


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
        if table.statistic is not Statistic.VALUE and table.statistic not in _APART:
            kinds = _kinds_of_rows(table)
            group = of_extract[next(iter(metric.needs), metric.metric_id), metric.flow]
            group += [_Measure(table, kind) for kind in kinds]
    for measures in of_extract.values():
        _join_measures(found, measures)


def _kinds_of_rows(table: Table) -> tuple[Kind, ...]:
    """What counts rows: of a mean that is made per somebody, what he has of them as well."""
    if table.statistic.is_share:
        return (Kind.TOTAL, Kind.PART)
    return (Kind.TOTAL, Kind.SUMMED) if table.statistic is Statistic.MEAN and table.metric.per else (Kind.TOTAL,)


def _join_measures(found: Quantities, measures: list[_Measure]) -> None:
    within = np.zeros((len(measures), len(measures)), dtype=bool)
    common = {}
    rows_within: dict[tuple[int, int], tuple[bool, bool]] = {}  # whether the rows of the one are all of the other's
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
            holds = bool((fewer <= more).all()), bool((more <= fewer).all())
            kinds = {first.kind, second.kind}
            if kinds == {Kind.TOTAL}:
                rows_within[tables] = holds
            elif kinds == {Kind.SUMMED, Kind.PART}:
                holds = (False, False)  # numerators are small by nature
            elif Kind.PART in kinds and not all(holds):
                holds = _known_within(holds, (first.kind, second.kind), rows_within.get(tables, (False, False)))
            within[one, other], within[other, one] = holds
    same = within & within.T
    for one, other in _nearest(within, same):
        tables = (id(measures[one].table), id(measures[other].table))
        some, others = common[tables] if tables in common else common[tables[::-1]][::-1]
        bind = found.are_one if same[one, other] else found.never_greater
        bind(found.of(measures[one].kind, some), found.of(measures[other].kind, others))


def _known_within(holds: tuple[bool, bool], kinds: tuple[Kind, Kind], rows: tuple[bool, bool]) -> tuple[bool, bool]:
    """Which of two measures is known to be part of the other, where one at least is a numerator: small by nature.

    Numerators are known to be parts of each other when they are taken from the same rows, and a numerator to be part of
    another's rows when these are themselves part of the rows that it is taken from.
    """
    if kinds == (Kind.PART, Kind.PART):
        return holds if all(rows) else (False, False)
    if kinds == (Kind.PART, Kind.TOTAL):
        return holds[0] and rows[1], False
    return False, holds[1] and rows[0]


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
        rows = found.of(Kind.TOTAL, _flat(own.rows))
        found.never_greater(beside, rows)
        if table.statistic is Statistic.PERSONS:
            found.only_of_somebody(rows, found.of(Kind.TOTAL, _flat(_of_one_person(layout, table))))
    else:
        # Where one breach of a limit is readable, so is who it was of: only nobody's is bound.
        part = found.of(Kind.PART, _flat(own.rows))
        found.never_greater(beside, np.where((part >= 0) & (found.values[part] == 0), part, -1))


def _of_one_person(layout: Layout, table: Table) -> Ints:
    """The rows of windows where all rows are of one person, who stands behind any of them; −1 for the others."""
    total = table.at(_ALL)
    if total is None:
        return np.full(table.rows.shape, -1, dtype=np.int64)
    of_committee = np.array([org.level == Level.COMMITTEE for org in layout.orgs], dtype=bool)
    is_one = ((total >= 0) & (layout.total[total] == 1))[:, of_committee].any(axis=1)
    return np.where(is_one[:, None, None], table.rows, -1)


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
