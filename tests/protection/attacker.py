"""An attacker of its own: intervals by linear programming over everything that is published.

Its variables are numbers of rows in the finest cells that any publication can be about (a measure, a span between two
window borders, a unit in a programme, a category). That each true number fits all its inequalities is checked first,
so what it finds determined is determined.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import numpy as np

from pipeline.model import Change, Direction, Figure, Figures, Key, Statistic
from tests.protection.knowledge import (
    COMMITTEE,
    NOWHERE,
    SMALLEST,
    TOTAL,
    Cell,
    Cut,
    Knowledge,
    Place,
    Publication,
    always_shown,
    cells_of,
    days_of,
    is_small,
    sum_between,
)
from tests.protection.measures import DISTINCT, MEASURES, METRICS, SAME_IN, WITHIN
from tests.protection.organisations import World
from tests.protection.shortcuts import follow
from tests.protection.system import Sought, System, Term, determined, less

_EVERYWHERE: Place = ("*", "*")
_LONGEST_CASE = 4000  # days; only says that no rows have no days


@dataclass(frozen=True)
class Recovered:
    """A hidden row of which something can be computed, what, and how."""

    key: Key
    what: str
    value: float
    how: str
    publication: int = 1  # of those that were attacked together, oldest first

    def __str__(self) -> str:
        k = self.key
        where = f"{k.metric} {k.statistic} {k.window} level {k.level} {k.org} {k.breakdown}={k.category}".rstrip(" =")
        return f"{where} of publication {self.publication}: {self.what} is {self.value:g} ({self.how})"


class Attack:
    """Everything that some publications of a world say, as lines over unknown numbers."""

    def __init__(self, world: World, publications: Sequence[Publication]) -> None:
        self.knowledge = Knowledge(world, publications)
        self.truth = self.knowledge.truth
        self.world, self.publications = world, publications
        self.system = System(self.truth)
        self._lay_time()
        self._lay_sums()
        for cell in sorted(self.knowledge.cells):
            if cell.measure in MEASURES:
                self.term(cell)  # all unknowns are there before they are tied to each other
        self._tie()

    # --- the unknown ---

    def _lay_time(self) -> None:
        """Spans between window borders, for each measure; whether units, and units' categories, are told of them."""
        self.categories: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        borders: dict[str, set[date]] = defaultdict(set)
        told: dict[str, list[tuple[date, date, int, str, bool]]] = defaultdict(list)
        self.months: dict[str, set[tuple[date, date]]] = defaultdict(set)
        for cell in self.knowledge.cells:
            if cell.cut[0]:
                self.categories[cell.measure][cell.cut[0]].add(cell.cut[1])
        for cell, is_month in self._cells():
            if is_month:
                self.months[cell.measure].add((cell.starts, cell.ends))
                continue
            borders[cell.measure] |= {cell.starts, cell.ends + timedelta(days=1)}
            told[cell.measure].append((cell.starts, cell.ends, cell.level, cell.cut[0], False))
        self.spans: dict[str, list[tuple[date, date]]] = {}
        self.fine: dict[tuple[str, date], set[tuple[bool, str]]] = defaultdict(set)
        for measure, days in borders.items():
            self.spans[measure] = [
                (a, b - timedelta(days=1))
                for a, b in pairwise(sorted(days))
                if any(s <= a and b - timedelta(days=1) <= e for s, e, *_ in told[measure])
            ]
            for starts, ends, level, breakdown, _ in told[measure]:
                for span in self.spans[measure]:
                    if starts <= span[0] and span[1] <= ends and level > 1:
                        self.fine[measure, span[0]] |= {(True, ""), (True, breakdown)}

    def _cells(self) -> Iterator[tuple[Cell, bool]]:
        seen = set()
        for publication in self.publications:
            for key in publication.figures:
                for cell in cells_of(key, publication.windows).values():
                    month = publication.windows[key.window].kind == "month"
                    found = (cell, month and publication.windows[key.window].series == "month")
                    if cell.measure in MEASURES and found not in seen:
                        seen.add(found)
                        yield found

    def _places(self, measure: str, span: tuple[date, date], cut: Cut) -> Sequence[Place]:
        is_fine = span in self.spans.get(measure, ()) and (True, cut[0]) in self.fine[measure, span[0]]
        return self.truth.places if is_fine else (_EVERYWHERE,)

    def _one(self, measure: str, span: tuple[date, date], place: Place, cut: Cut) -> int:
        places = self.truth.places if place == _EVERYWHERE else (place,)
        name = (measure, *span, place, cut)
        known = self.system.index.get(name)
        return known if known is not None else self.system.variable(name, self.truth.at(measure, *span, places, cut))

    def term(self, cell: Cell) -> Term:
        """A cell as a sum of unknowns."""
        if cell.measure in DISTINCT:
            return {self.system.variable(tuple(cell), self.truth.of(cell)): 1.0}
        if (cell.starts, cell.ends) in self.months[cell.measure] and cell.level == 1:
            span = (cell.starts, cell.ends)
            if span not in self.spans.get(cell.measure, ()):
                return {self._one(cell.measure, span, _EVERYWHERE, cell.cut): 1.0}
        wanted = None if cell.level == 1 else set(self.truth.places_of(cell.level, cell.org))
        found: Term = {}
        for span in self.spans[cell.measure]:
            if cell.starts <= span[0] and span[1] <= cell.ends:
                for place in self._places(cell.measure, span, cell.cut):
                    if wanted is None or place in wanted:
                        found[self._one(cell.measure, span, place, cell.cut)] = 1.0
        return found

    # --- what holds whatever is shown ---

    def _lay_sums(self) -> None:
        self.absent = self._absent()
        for cell in sorted(self.absent):
            if cell.measure in MEASURES:
                self.system.line(self.term(cell), 0, 0)
        for measure, spans in self.spans.items():
            for span in dict.fromkeys([*spans, *sorted(self.months[measure])]):
                for breakdown in self.categories[measure]:
                    self._sum_categories(measure, span, breakdown)
            self._sum_months(measure)
        by_place = {cell._replace(level=1, org=COMMITTEE) for cell in self.knowledge.cells if cell.level > 1}
        for cell in sorted(self.knowledge.cells):
            # Where nothing is told by unit, nobody knows whether some rows have none.
            if cell.level == 1 and cell.measure in MEASURES and (cell in by_place or self._have_all_units(cell)):
                self._without_unit(cell)
            if cell.measure in DISTINCT:
                self._bound_distinct(cell)

    def _absent(self) -> set[Cell]:
        """The committee's cells of categories that a report has no row of, as there is nothing to tell of them."""
        found: set[Cell] = set()
        for publication in self.publications:
            listed: dict[tuple[str, Cell, str], set[str]] = defaultdict(set)
            for key in publication.figures:
                if key.level == 1 and key.breakdown:
                    for cell in cells_of(key, publication.windows).values():
                        listed[key.metric, cell._replace(cut=TOTAL), key.breakdown].add(key.category)
            for (_, whole, breakdown), categories in listed.items():
                others = self.categories[whole.measure][breakdown] - categories
                cells = {whole._replace(cut=(breakdown, other)) for other in others}
                found |= {cell for cell in cells if self.truth.of(cell) == 0}
        return found

    def _sum_categories(self, measure: str, span: tuple[date, date], breakdown: str) -> None:
        cuts = [(breakdown, category) for category in sorted(self.categories[measure][breakdown])]
        fine = self._places(measure, span, cuts[0])
        groups: list[tuple[Iterable[Place], Iterable[Place]]] = (
            [((p,), (p,)) for p in fine]
            if fine != (_EVERYWHERE,)
            else [((_EVERYWHERE,), self._places(measure, span, TOTAL))]
        )
        for parts, wholes in groups:
            term: Term = {self._one(measure, span, place, TOTAL): -1.0 for place in wholes}
            term |= {self._one(measure, span, place, cut): 1.0 for place in parts for cut in cuts}
            # Categories that only an earlier time had have no row of their own.
            if sum(c * self.system.true[i] for i, c in term.items()) == 0:
                self.system.line(term, 0, 0)

    def _sum_months(self, measure: str) -> None:
        for span in self.spans[measure]:
            inside = sorted(m for m in self.months[measure] if span[0] <= m[0] and m[1] <= span[1])
            if sum((b - a).days + 1 for a, b in inside) != (span[1] - span[0]).days + 1 or inside == [span]:
                continue
            cuts = [TOTAL, *(("area", c) for c in self.categories[measure].get("area", ()))]
            for cut in cuts:
                term = self.term(Cell(measure, *span, 1, COMMITTEE, cut))
                for month in inside:
                    term[self._one(measure, month, _EVERYWHERE, cut)] = -1.0
                self.system.line(term, 0, 0)

    def _have_all_units(self, cell: Cell) -> bool:
        spans = self.spans.get(cell.measure, ())
        return not any(self.truth.at(cell.measure, *span, [NOWHERE], cell.cut) for span in spans)

    def _without_unit(self, cell: Cell) -> None:
        spans = [s for s in self.spans.get(cell.measure, ()) if cell.starts <= s[0] and s[1] <= cell.ends]
        term = {
            self._one(cell.measure, span, NOWHERE, cell.cut): 1.0
            for span in spans
            if NOWHERE in self._places(cell.measure, span, cell.cut)
        }
        if sum(self.system.true[i] for i in term) == 0:
            self.system.line(term, 0, 0)

    def _bound_distinct(self, cell: Cell) -> None:
        mine, among = self.term(cell), self.term(cell._replace(measure=DISTINCT[cell.measure].among))
        self.system.line(less(among, mine), 0, np.inf)
        self.system.line(less(mine, among, 1 / _LONGEST_CASE), 0, np.inf)  # someone stands behind any row
        for whole in self._above(cell):
            if whole in self.knowledge.cells:
                is_all = self._is_all(cell, whole)
                self.system.line(less(self.term(whole), mine), 0, 0 if is_all else np.inf)

    def _is_all(self, cell: Cell, whole: Cell) -> bool:
        """Whether nothing of the whole can stand elsewhere: its only place, or its only category."""
        among = DISTINCT[cell.measure].among
        if cell.cut != whole.cut:
            others = self.categories[cell.measure][cell.cut[0]] - {cell.cut[1]}
            only = all(cell._replace(cut=(cell.cut[0], other)) in self.absent for other in others)
            return only and self.truth.of(cell._replace(measure=among)) == self.truth.of(whole._replace(measure=among))
        elsewhere = set(self.truth.places_of(whole.level, whole.org)) - set(self.truth.places_of(cell.level, cell.org))
        lacks_none = self.truth.at(among, cell.starts, cell.ends, [NOWHERE], cell.cut) == 0
        return elsewhere <= ({NOWHERE} if lacks_none else set())

    def _above(self, cell: Cell) -> Iterator[Cell]:
        if cell.cut != TOTAL:
            yield cell._replace(cut=TOTAL)
        if cell.level > 1:
            yield cell._replace(level=1, org=COMMITTEE)
        if cell.level == 3:
            homes = [p for p, unit in self.truth.places if unit == cell.org]
            if len(homes) == 1:
                yield cell._replace(level=2, org=homes[0])

    def _tie(self) -> None:
        """Measures that hold each other, and cells that are the same rows, in every place of every span."""
        for name, index in list(self.system.index.items()):
            if len(name) != 5:
                continue
            measure, starts, ends, place, cut = name
            for fewer, more in WITHIN:
                other = (more, starts, ends, place, cut)
                if measure == fewer and other in self.system.index:
                    self.system.line({self.system.index[other]: 1.0, index: -1.0}, 0, np.inf)
            if measure == "closed.days" and ("closed", *name[1:]) in self.system.index:
                most = {self.system.index["closed", starts, ends, place, cut]: float(_LONGEST_CASE), index: -1.0}
                self.system.line(most, 0, np.inf)
            for left, left_cut, right, right_cut in SAME_IN:
                other = (right, starts, ends, place, right_cut)
                if (measure, cut) == (left, left_cut) and other in self.system.index:
                    self.system.line({self.system.index[other]: 1.0, index: -1.0}, 0, 0)

    # --- what is shown, and what is sought ---

    def read(self, figures: Iterable[tuple[Figure, Publication]]) -> list[tuple[Term, float, float]]:
        """The lines that shown rows say."""
        before = len(self.system.lines)
        for figure, publication in figures:
            if figure.denominator is None:
                continue
            cells = cells_of(figure.key, publication.windows)
            self._equals(cells["rows"], figure.denominator)
            if "hits" in cells:
                self._equals(cells["hits"], figure.numerator or 0)
            if "total" in cells:
                self.system.line(self.term(cells["total"]), *sum_between(figure))
        read = self.system.lines[before:]
        del self.system.lines[before:]
        return read

    def _equals(self, cell: Cell, value: float) -> None:
        self.system.line(self.term(cell), value, value)

    def sought(self) -> list[Sought]:
        """A count's number; a share's rows, of a small row numerator and rest too when there are any; a mean's sum.

        A row that is hidden only to protect others is found when its rows are, since a numerator alone is no share, or
        its numerator when some other metric shows those rows. One breach of a limit stays readable, also where another
        metric is about those that broke it, and so does a number that is not small itself: then numerator and rest are
        what must not be found. What was large in an earlier publication need not stay hidden for ever.
        """
        found = []
        self._shown = self.knowledge.shown()
        self._shown_parts = {
            cells["hits"]
            for publication in self.publications
            for figure in publication.shown()
            if "hits" in (cells := cells_of(figure.key, publication.windows))
        }
        for number, publication in enumerate(self.publications, 1):
            is_last = number == len(self.publications)
            for key in publication.hidden():
                if key.statistic != Statistic.LONGEST_WAIT:  # its rows are the share's numerator; see `longest`
                    found += self._sought_of(key, cells_of(key, publication.windows), number, is_last)
        return found

    def _sought_of(self, key: Key, cells: Mapping[str, Cell], number: int, is_last: bool) -> Iterator[Sought]:
        terms = {name: (self.term(cell), self.truth.of(cell)) for name, cell in cells.items()}
        rows, n = terms["rows"]
        hits, k = terms.get("hits", ({}, 0))
        small = is_small(key, n, k, self.world.rule) or (0 < n < SMALLEST and Statistic(key.statistic).is_distribution)
        # A nought is nobody's: it is hidden for the sake of others, and is told where any row of the same says it.
        told = cells["rows"] in (self._shown_parts if 0 < n < SMALLEST else self._shown)
        told |= self.knowledge.is_all_in_a_part(cells["rows"], self._shown)
        if cells["rows"].measure in DISTINCT:
            # Where one breach of a limit is readable, so is that it was somebody's.
            told |= cells["rows"]._replace(measure=DISTINCT[cells["rows"].measure].among) in self._shown_parts
        if (small or is_last) and not told:
            yield Sought(key, "rows", rows, n, cells, number)
        is_read = k >= SMALLEST and cells["hits"] in self._shown if k else False
        if k and not is_read and (small or (told and is_last)):
            yield Sought(key, "hits", hits, k, cells, number)
        is_same = told and k == 0  # where nobody is in the numerator, the rest are the rows
        if small and "hits" in terms and 0 < n - k < SMALLEST and not is_same:
            yield Sought(key, "rest", less(rows, hits), n - k, cells, number)
        if small and n and "total" in terms:
            yield Sought(key, "total", *terms["total"], cells, number)


def attack(world: World, publications: Sequence[Publication]) -> list[Recovered]:
    """All hidden rows that something can be computed of.

    What the committee's own rows give is none, nor what these and earlier publications do: they cannot be unsaid.
    """
    attacker = Attack(world, publications)
    sought = attacker.sought()
    if not sought:
        return []
    shown = [(figure, p) for p in publications for figure in p.shown()]
    found = determined(attacker.system, attacker.read(shown), sought)
    if found:
        last = publications[-1]
        open_to_all = [(figure, p) for figure, p in shown if p is not last or always_shown(figure.key)]
        given = determined(attacker.system, attacker.read(open_to_all), found)
        left = [one for one in found if not any(one is other for other in given)]
        shortcuts = follow(attacker.knowledge.shown(), attacker.knowledge.equations()) if left else {}
        found_rows = [Recovered(one.key, one.what, one.truth, _how(one, shortcuts), one.publication) for one in left]
    else:
        found_rows = []
    return found_rows + longest(attacker)


def _how(one: Sought, shortcuts: Mapping[Cell, str]) -> str:
    names = ["rows", "hits"] if one.what == "rest" else [one.what]
    told = [shortcuts.get(one.cells[name]) for name in names]
    return "; ".join(how for how in told if how) or "linear programme"


# --- what is no sum -------------------------------------------------------------------------------------------------


def longest(attacker: Attack) -> list[Recovered]:
    """A hidden longest wait that must be the whole's own, or the longest of parts that are all shown."""
    found: dict[Key, Recovered] = {}
    cells = attacker.knowledge
    by_cell: dict[Cell, tuple[Key, Figure]] = {}
    for publication in attacker.publications:
        for key, figure in publication.figures.items():
            if key.statistic == Statistic.LONGEST_WAIT:
                by_cell[cells_of(key, publication.windows)["rows"]] = (key, figure)
    none = {cell for cell, value in cells.shown().items() if value == 0}
    for one in cells.equations() if by_cell else ():
        if one.whole.measure != METRICS["decision_unexecuted_over_3_months"].hits:
            continue
        if one.whole not in by_cell or not all(part in by_cell for part in one.parts):
            continue
        for row in _of_the_longest(by_cell[one.whole], [by_cell[p] for p in one.parts if p not in none], one.why):
            found[row.key] = row
    return list(found.values())


def _of_the_longest(whole: tuple[Key, Figure], parts: list[tuple[Key, Figure]], why: str) -> list[Recovered]:
    hidden = [key for key, figure in parts if figure.suppressed]
    shown = [figure.value for _, figure in parts if not figure.suppressed and figure.value is not None]
    key, figure = whole
    if figure.suppressed:
        return [Recovered(key, "longest wait", max(shown), f"the longest of all {why}")] if shown and not hidden else []
    if figure.value is not None and len(hidden) == 1 and figure.value not in shown:
        return [Recovered(hidden[0], "longest wait", figure.value, f"the whole's own, none else of its {why} has it")]
    return []


def leftovers(public: Figures) -> list[str]:
    """What a hidden row still holds, and what its changes give away."""
    found = []
    for key, figure in public.figures.items():
        told = (figure.numerator, figure.denominator, figure.value, figure.ci_low, figure.ci_high, figure.status)
        if figure.suppressed and any(part is not None for part in (*told, figure.exact, figure.deviation)):
            found.append(f"{key} is hidden and holds {figure}")
    for key, changes in public.changes.items():
        found += [f"{key}: {why}" for change in changes if (why := _told_by(change, key, public))]
    return found


def _told_by(change: Change, key: Key, public: Figures) -> str:
    now, before = public.figures.get(key), public.figures.get(change.before.key)
    if before is not None and before.suppressed and (change.before.value, change.before.denominator) != (None, None):
        return "the change holds the hidden earlier figure"
    if (now is None or now.suppressed or before is None or before.suppressed or change.before.suppressed) and (
        change.difference is not None or change.relative is not None
    ):
        return "the change of a hidden figure is told"
    if now is not None and now.suppressed and change.direction is not Direction.NOT_COMPARABLE:
        return "the direction of a hidden figure is told"
    return ""


__all__ = ["Attack", "Recovered", "Sought", "attack", "days_of", "leftovers", "longest"]
