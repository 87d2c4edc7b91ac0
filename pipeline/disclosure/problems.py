"""Laid out figures, their quantities and the primary rule → what `pipeline.suppression` solves."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace

import numpy as np
from scipy import sparse

from pipeline.config import Disclosure
from pipeline.disclosure import bands
from pipeline.disclosure.links import link
from pipeline.disclosure.quantities import Kind, Quantities
from pipeline.disclosure.rule import may_be_hidden, too_small
from pipeline.disclosure.tables import Cut, Layout
from pipeline.model import Level, Statistic
from pipeline.suppression.problem import Flags, Floats, Ints, Problem, Target, room_of

_BESIDE = (Statistic.PERSONS, Statistic.SPECIAL_REASONS, Statistic.LONGEST_WAIT)
# What a reader would miss most: the whole before its parts, what is above before what is below, the period's own
# windows before the months of a trend; among equals what is larger.
_OF_TOTAL, _OF_LEVEL, _OF_OWN_WINDOW = 40.0, {Level.COMMITTEE: 30.0, Level.PROGRAMME: 15.0, Level.UNIT: 0.0}, 20.0
_OF_NAMELESS, _NAMELESS = -5.0, frozenset({"okänt", "ej angivet"})
# Against a row of another place: no report goes without the committee's own mean for the sake of a few categories.
_OF_OWN_DISTRIBUTION = 25.0
# A nought hides little beside a small number: the two together are still small.
_OF_NOUGHT = 6.0


def problem_of(
    layout: Layout,
    programmes: Mapping[str, frozenset[str]],
    rule: Disclosure,
    own_windows: Collection[str],
    never_told: Flags,
    *,
    across_metrics: bool = True,
    between_windows: bool = True,
) -> Problem:
    """What must be hidden and may be, and how it hangs together. Rows are those of the layout.

    `own_windows` are the period's own; `never_told` rows stay hidden though there may be no choice about them. With
    what holds in these figures and need not in others: `across_metrics` that seem to count the same rows, and
    `between_windows` where no row lacks a unit.
    """
    found = link(layout, programmes, across_metrics=across_metrics)
    number, values = found.numbered()
    followers = _followers(layout)
    primary = too_small(layout, rule) & ~layout.is_earlier
    primary[followers[primary[followers[:, 1]], 0]] = True
    rows, quantities = _printed(layout, found)
    binding = found.matrices(number, len(values))
    problem = Problem(
        values=values,
        prints_row=rows,
        prints_quantity=number[quantities],
        sums=binding.sums,
        sets=binding.sets,
        bounds=binding.bounds,
        room=room_of(binding.bounds, values),
        primary=primary,
        fixed=_always_shown(layout) & ~primary,
        cost=_cost(layout, own_windows),
        importance=np.maximum(_importance(layout, own_windows) - bands.missed_less(layout, primary), 0.0),
        ordinary=_is_category(layout),
        followers=followers[:, 0],
        leaders=followers[:, 1],
        targets=(),
    )
    before = _hidden_before(problem, layout)
    told = _is_told(problem, layout, own_windows) & ~before & ~never_told
    # What stands beside a row may be equal by chance; it is the committee's own when the row itself is.
    told[followers[:, 0]] &= told[followers[:, 1]]
    primary &= ~told
    hidden = primary | layout.was_hidden | (before & ~problem.fixed & ~layout.is_earlier)
    tell = _tell_parts(problem, layout, found, number, primary, is_strict=rule.rule == "strict")
    hidden |= tell & ~told & ~problem.fixed & ~layout.is_earlier
    problem = replace(
        problem,
        primary=hidden,
        fixed=problem.fixed
        | (told & ~layout.is_earlier)
        | (layout.is_earlier & ~layout.was_hidden)
        | layout.is_unlisted
        | _alone(layout, hidden),
    )
    secret = primary | (layout.was_hidden & too_small(layout, rule))
    known = problem.told
    targets = tuple(one for one in _targets(layout, found, number, secret) if not known[one.unsettled])
    sums = sparse.vstack([binding.sums, binding.by_chance], format="csr") if between_windows else binding.sums
    return replace(problem, targets=targets, sums=sums)


def _always_shown(layout: Layout) -> Flags:
    """The committee's own shares and counts."""
    return ~may_be_hidden(layout) & ~layout.is_earlier & ~_of_kind(layout, _is_distribution)


def _cost(layout: Layout, own_windows: Collection[str]) -> Floats:
    """How many figures a row holds; those of the committee's own distributions in the period's own windows count dear.

    They are hidden only when nothing else protects a small group; trends may have gaps.
    """
    figures = np.array([len(keys) for keys in layout.keys], dtype=np.float64)
    dear = (~may_be_hidden(layout) & _of_kind(layout, _is_distribution)) | _is_headline(layout)
    return np.where(dear & _is_in(layout, own_windows), _OF_OWN_DISTRIBUTION, 1.0) * figures


def _is_headline(layout: Layout) -> Flags:
    """The committee's rows of the breakdown that a metric is told by, where its total would mislead."""
    of_committee = np.array([org.level == Level.COMMITTEE for org in layout.orgs], dtype=bool)[layout.place[:, 1]]
    cuts = zip(layout.table, layout.place[:, 2].tolist(), strict=True)
    told_by = [table.cuts[cut].breakdown == table.metric.headline_by != "" for table, cut in cuts]
    return of_committee & np.array(told_by, dtype=bool)


def _is_in(layout: Layout, windows: Collection[str]) -> Flags:
    return np.array([bool(keys) and keys[0].window in windows for keys in layout.keys], dtype=bool)


def _is_told(problem: Problem, layout: Layout, own_windows: Collection[str]) -> Flags:
    """The rows that by construction say what a row of the committee's own totals says."""
    told = np.ones(len(layout), dtype=bool)
    told[problem.prints_row[~problem.shown_again[problem.prints_quantity]]] = False
    told &= ~_of_kind(layout, _is_distribution)
    # The categories are those of the period's own windows: what is compared with may have had others.
    return told & (_is_in(layout, own_windows) | _is_never_divided(layout))


def _is_never_divided(layout: Layout) -> Flags:
    """Totals, and the areas of metrics about children: what else stands alone in a window may not do so in another."""
    cuts = zip(layout.table, layout.place[:, 2].tolist(), strict=True)
    divided = [
        bool(table.cuts[cut].breakdown) and not (table.metric.child_scope and table.cuts[cut].breakdown == "area")
        for table, cut in cuts
    ]
    return ~np.array(divided, dtype=bool)


def _tell_parts(
    problem: Problem, layout: Layout, found: Quantities, number: Ints, primary: Flags, *, is_strict: bool
) -> Flags:
    """The rows of other metrics that count what a hidden row's numerator does, where others tell all its rows.

    Where the numerator is all rows everywhere, whoever reads how many they are has read both. Under the strict rule
    nobody shall read either how few are left when all but them can be read.
    """
    total, part = (found.of(kind, np.arange(len(layout))) for kind in (Kind.TOTAL, Kind.PART))
    is_all = (number[total] == number[part]) & (layout.part > 0)
    is_told_by_both = is_all | (layout.total > layout.part) if is_strict else is_all
    rows = np.flatnonzero(primary & (total >= 0) & (part >= 0) & is_told_by_both)
    known = problem.known(primary)
    rows = rows[known[number[total[rows]]] & known[number[part[rows]]]]
    return np.isin(np.arange(len(layout)), problem.rows_of(number[part[rows]])) & ~primary


def _hidden_before(problem: Problem, layout: Layout) -> Flags:
    """The rows that print anything which the earlier publications hid: once hidden it stays so.

    What else they hid for its sake is not always known any more.
    """
    hidden = problem.rows_print(layout.was_hidden) & ~problem.rows_print(layout.is_earlier & ~layout.was_hidden)
    before = np.zeros(len(layout), dtype=bool)
    before[problem.prints_row[hidden[problem.prints_quantity]]] = True
    return before


def _alone(layout: Layout, primary: Flags) -> Flags:
    """Delivered values: bound by nothing, so that hiding one protects no other."""
    return _of_kind(layout, lambda statistic: statistic is Statistic.VALUE) & ~primary & ~layout.is_earlier


def _of_kind(layout: Layout, is_wanted: Callable[[Statistic], bool]) -> Flags:
    wanted = {statistic: is_wanted(statistic) for statistic in Statistic}
    return np.array([wanted[table.statistic] for table in layout.table], dtype=bool)


def _is_distribution(statistic: Statistic) -> bool:
    return statistic.is_distribution


def _printed(layout: Layout, found: Quantities) -> tuple[Ints, Ints]:
    """Pairs of row and quantity."""
    every = np.arange(len(layout))
    longest = _of_kind(layout, lambda statistic: statistic is Statistic.LONGEST_WAIT)
    rows: list[Ints] = []
    quantities: list[Ints] = []
    for kind in Kind:
        of_kind = found.of(kind, every)
        there = (of_kind >= 0) & (longest if kind is Kind.LONGEST else True)
        rows.append(every[there])
        quantities.append(of_kind[there])
    return np.concatenate(rows), np.concatenate(quantities)


def _targets(layout: Layout, found: Quantities, number: Ints, secret: Flags) -> Iterator[Target]:
    """What no one may find of a hidden row: of a small one everything that counts somebody, of others how many rows."""
    total, part, summed, longest = (found.of(kind, np.arange(len(layout))) for kind in Kind)
    is_longest = [table.statistic is Statistic.LONGEST_WAIT for table in layout.table]
    for row in np.flatnonzero((total >= 0) & (secret | ~layout.is_earlier)).tolist():
        if is_longest[row]:
            if longest[row] >= 0:
                yield Target(row, int(number[longest[row]]))
            continue
        yield Target(row, int(number[total[row]]))
        if not secret[row]:
            continue
        if part[row] >= 0:
            if layout.part[row] > 0:
                yield Target(row, int(number[part[row]]))
            if layout.total[row] > layout.part[row]:
                yield Target(row, int(number[total[row]]), int(number[part[row]]))
        if summed[row] >= 0:
            yield Target(row, int(number[summed[row]]))


def _followers(layout: Layout) -> Ints:
    """Pairs of rows: what stands beside a metric's own statistic, and the row of that."""
    pairs = [np.empty((0, 2), dtype=np.int64)]
    for table in layout.tables.values():
        own = layout.tables.get((table.metric.metric_id, table.metric.judged))
        if table.statistic in _BESIDE and own is not None and own is not table and own.rows.shape == table.rows.shape:
            both = (table.rows >= 0) & (own.rows >= 0)
            pairs.append(np.column_stack([table.rows[both], own.rows[both]]))
    found = np.vstack(pairs)
    return found[~layout.is_earlier[found].any(axis=1)]


def _importance(layout: Layout, own_windows: Collection[str]) -> Floats:
    """How much a reader would miss a row, ≥ 0."""
    level = np.array([_OF_LEVEL[Level(org.level)] for org in layout.orgs])[layout.place[:, 1]]
    cuts = [table.cuts[cut] for table, cut in zip(layout.table, layout.place[:, 2].tolist(), strict=True)]
    own = _is_in(layout, own_windows)
    worth = {cut: _worth(cut) for cut in set(cuts)}
    size = np.log1p(np.nan_to_num(layout.total))
    found = level + np.array([worth[cut] for cut in cuts]) + _OF_OWN_WINDOW * own
    return np.asarray(np.maximum(found + np.where(layout.total > 0, size, _OF_NOUGHT), 0.0))


def _is_category(layout: Layout) -> Flags:
    """Totals bind every breakdown of theirs."""
    cuts = zip(layout.table, layout.place[:, 2].tolist(), strict=True)
    return np.array([bool(table.cuts[cut].breakdown) for table, cut in cuts], dtype=bool)


def _worth(cut: Cut) -> float:
    if not cut.breakdown:
        return _OF_TOTAL
    return _OF_NAMELESS if cut.category in _NAMELESS else 0.0
