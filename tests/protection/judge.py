"""The judge: everything that must hold of what `protect` makes of a world, and what is wrong, in words."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline import disclosure
from pipeline.errors import ProtectionFailed
from pipeline.model import Figure, Figures, Key, Statistic
from pipeline.model.revisions import PublishedFigure
from tests.protection.attacker import Attack, attack, leftovers
from tests.protection.knowledge import Knowledge, Publication, always_shown, cells_of, is_small
from tests.protection.organisations import EARLIER, NOW, Row, World, figures_of
from tests.protection.system import Sought, determined

_KEPT = ("as_of", "numerator", "denominator", "value", "ci_low", "ci_high", "target", "better", "status", "suppressed")


@dataclass
class Verdict:
    """What was found of one world."""

    faults: list[str] = field(default_factory=list)
    rows: int = 0
    hidden: int = 0
    primary: int = 0

    @property
    def kinds(self) -> set[str]:
        return {fault.split(":")[0] for fault in self.faults}


@dataclass(frozen=True)
class Report:
    """A period's figures, inside and outside."""

    internal: Figures
    public: disclosure.PublicFigures

    @property
    def publication(self) -> Publication:
        return Publication(self.public.figures, self.public.windows)


def reports(world: World, with_earlier: bool = False) -> list[Report]:
    """The world's reports in the order in which they are published."""
    made: list[Report] = []
    for period in (EARLIER, NOW) if with_earlier else (NOW,):
        internal = figures_of(world, period)
        made.append(Report(internal, protected(world, internal, made)))
    return made


def protected(world: World, internal: Figures, earlier: Sequence[Report] = ()) -> disclosure.PublicFigures:
    """The seam to what is judged."""
    return disclosure.protect(internal, world.metrics, world.config, tuple(_published(earlier)))


def _published(earlier: Sequence[Report]) -> Iterator[PublishedFigure]:
    """What the shelf keeps of a publication: all its rows as they stood in it, and what was measured of the hidden."""
    for number, report in enumerate(earlier, 1):
        for key, figure in report.public.figures.items():
            told = replace(report.internal.figures[key], suppressed=True) if figure.suppressed else figure
            window = report.public.windows[figure.key.window]
            yield PublishedFigure(number, window.kind == "stock", window.starts, window.ends, told)


def verdict(world: World, with_earlier: bool = False, thorough: bool = False) -> Verdict:
    """Judge a world; `thorough` also runs it again in another order."""
    found = Verdict()
    try:
        made = reports(world, with_earlier)
    except ProtectionFailed as fault:
        found.faults.append(f"stopped: {fault}")
        return found
    last = made[-1]
    found.rows = len(last.public.figures)
    found.hidden = sum(figure.suppressed for figure in last.public.figures.values())
    found.primary = sum(is_primary(figure, world.rule) for figure in last.internal.figures.values())
    found.faults += [f"untrue: {text}" for one in made for text in untrue(one)]
    if found.faults:
        return found  # nothing can be reckoned from numbers that are wrong
    for several in (made[:1], made) if len(made) > 1 else (made,):
        found.faults += [f"recovered: {one}" for one in attack(world, [one.publication for one in several])]
    for one in made:
        found.faults += [f"leftover: {text}" for text in leftovers(one.public)]
    found.faults += [f"primary: {text}" for text in primary_shown(world, last)]
    found.faults += [f"committee: {key} is hidden" for key, f in last.public.figures.items() if hides_committee(key, f)]
    if not with_earlier:
        found.faults += [f"needless: {text}" for text in needless(world, last)]
        found.faults += [f"likeness: {text}" for text in alike_hidden(world, last)]
    if thorough:
        found.faults += [f"unsteady: {text}" for text in unsteady(world, made)]
    return found


# --- the primary rule, to the letter --------------------------------------------------------------------------------


def is_primary(figure: Figure, rule: str) -> bool:
    """Whether the contract hides a row for its own sake."""
    return is_small(figure.key, figure.denominator or 0, figure.numerator or 0, rule)


def primary_shown(world: World, report: Report) -> Iterator[str]:
    """Small rows that are shown though the committee's own row does not give them."""
    shown = [
        figure
        for key, figure in report.internal.figures.items()
        if is_primary(figure, world.rule) and not report.public.figures[key].suppressed
    ]
    if shown:
        given = _given(world, report, [figure.key for figure in shown])
        yield from (f"{figure.key} of {figure.numerator}/{figure.denominator} is shown" for figure in shown
                    if figure.key not in given)  # fmt: skip


def _given(world: World, report: Report, keys: Sequence[Key]) -> set[Key]:
    """Those that the committee's own shares and counts leave no choice about."""
    attacker = Attack(world, [report.publication])
    sought = []
    for key in keys:
        if Statistic(key.statistic).is_distribution:
            continue
        cells = cells_of(key, report.public.windows)
        for name, cell in cells.items():
            sought.append(Sought(key, name, attacker.term(cell), attacker.truth.of(cell), cells))
    open_to_all = [(f, report.publication) for f in report.publication.shown() if always_shown(f.key)]
    known = {(one.key, one.what) for one in determined(attacker.system, attacker.read(open_to_all), sought)}
    wanted: dict[Key, set[str]] = {}
    for one in sought:
        wanted.setdefault(one.key, set()).add(one.what)
    return {key for key, names in wanted.items() if all((key, name) in known for name in names)}


# --- truth ----------------------------------------------------------------------------------------------------------


def untrue(report: Report) -> Iterator[str]:
    """Shown rows that differ from the internal ones, and rows that came or went."""
    if report.public.figures.keys() != report.internal.figures.keys():
        yield "the public figures have other rows than the internal ones"
    for key, figure in report.public.figures.items():
        own = report.internal.figures[key]
        names = ("as_of", "target", "better") if figure.suppressed else _KEPT
        yield from (
            f"{key} has {name} {getattr(figure, name)}, not {getattr(own, name)}"
            for name in names
            if getattr(figure, name) != getattr(own, name)
        )


def hides_committee(key: Key, figure: Figure) -> bool:
    return figure.suppressed and always_shown(key)


def needless(world: World, report: Report) -> Iterator[str]:
    """Anything hidden where no group is small."""
    if not any(is_primary(figure, world.rule) for figure in report.internal.figures.values()):
        yield from (f"{key} is hidden, and no group is small" for key in report.publication.hidden())


def alike_hidden(world: World, report: Report) -> Iterator[str]:
    """Shares and counts that by construction are the committee's own row, and yet are hidden."""
    knowledge = Knowledge(world, [report.publication])
    known = knowledge.shown()
    equal = {}
    for one in knowledge.equations():
        if len(one.parts) == 1:
            equal[one.parts[0]] = one.whole
            equal.setdefault(one.whole, one.parts[0])
    own = {cells_of(key, report.public.windows)["rows"] for key in report.public.figures if always_shown(key)}
    for key in report.publication.hidden():
        if Statistic(key.statistic) is not Statistic.COUNT and Statistic(key.statistic) is not Statistic.SHARE:
            continue
        cells = cells_of(key, report.public.windows).values()
        window, metric = report.public.windows[key.window], world.metrics[key.metric]
        if key.breakdown and window.series != "report" and not (metric.child_scope and key.breakdown == "area"):
            continue  # other categories than the period's own may have been there
        if all(equal.get(cell) in known and equal[cell].level == 1 and not equal[cell].cut[0] for cell in cells) and (
            equal[cells_of(key, report.public.windows)["rows"]] in own
        ):
            yield f"{key} is hidden, though it is the committee's own row"


# --- steadiness -----------------------------------------------------------------------------------------------------


def unsteady(world: World, made: Sequence[Report]) -> Iterator[str]:
    """Another result from the same figures, in the same or another order."""
    last = made[-1]
    keys = list(last.internal.figures)
    random.Random(1).shuffle(keys)
    shuffled = replace(
        last.internal,
        figures={key: last.internal.figures[key] for key in keys},
        programmes=dict(reversed(last.internal.programmes.items())),
    )
    for how, figures in (("again", last.internal), ("in another order", shuffled)):
        again = protected(world, figures, made[:-1])
        if dict(again.figures) != dict(last.public.figures) or dict(again.changes) != dict(last.public.changes):
            yield f"another result {how}"


# --- the least world that still shows a fault ------------------------------------------------------------------------


def least(world: World, is_faulty: Callable[[World], bool]) -> World:
    """A world with as few metrics, breakdowns, units and rows as still show the fault."""
    steps = (_without_metrics, _without_breakdowns, _without_units, _without_rows)
    shrunk = True
    while shrunk:
        shrunk = False
        for step in steps:
            smaller = next((other for other in step(world) if is_faulty(other)), None)
            while smaller is not None:
                world, shrunk = smaller, True
                smaller = next((other for other in step(world) if is_faulty(other)), None)
    return world


def _without_metrics(world: World) -> Iterator[World]:
    for metric_id in world.metrics:
        kept = {name: metric for name, metric in world.metrics.items() if name != metric_id}
        if kept:
            yield replace(world, metrics=kept)


def _without_breakdowns(world: World) -> Iterator[World]:
    for breakdown in sorted({b for metric in world.metrics.values() for b in metric.breakdowns}):
        yield replace(
            world,
            metrics={
                name: replace(metric, breakdowns=tuple(b for b in metric.breakdowns if b != breakdown))
                for name, metric in world.metrics.items()
            },
        )
    for name, metric in world.metrics.items():
        for gone in metric.statistics:
            if gone is not metric.judged:
                kept = tuple(one for one in metric.statistics if one is not gone)
                yield replace(world, metrics={**world.metrics, name: replace(metric, statistics=kept)})
    if world.months:
        yield replace(world, months=False)


def _without_units(world: World) -> Iterator[World]:
    for unit in sorted({unit for _, unit in world.places}):
        rows = tuple(row for row in world.rows if row.unit != unit)
        register = {name: home for name, home in world.register.items() if name != unit}
        if len(rows) < len(world.rows) or len(register) < len(world.register):
            yield replace(world, rows=rows, register=register)


def _without_rows(world: World) -> Iterator[World]:
    size = max(len(world.rows) // 2, 1)
    while size:
        for first in range(0, len(world.rows), size):
            yield replace(world, rows=world.rows[:first] + world.rows[first + size :])
        size //= 2


def told(world: World) -> str:
    """A world in a few lines, to be read."""
    lines = [f"{name} by {', '.join(m.breakdowns) or '–'} ({', '.join(m.statistics)})" for name, m in
             world.metrics.items()]  # fmt: skip
    lines += [f"register: {dict(world.register)}; rule {world.rule}; months {world.months}"]
    lines += [_told_row(row) for row in world.rows]
    return "\n".join(lines)


def _told_row(row: Row) -> str:
    what = " ".join([*sorted(row.categories.values()), *sorted(row.flags)])
    return f"  {row.unit or '(no unit)'} in {row.programme or '–'}, {row.area}, {row.opened}–{row.closed}: {what}"
