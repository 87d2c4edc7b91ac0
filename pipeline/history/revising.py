"""Earlier publications against a run's own figures: which have changed, and why; and keeping what is published now.

A run compares with what was on the shelf before its own publication, on its own day or earlier, so that it says the
same however often it is run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.config import Config
from pipeline.history import lone, shelf
from pipeline.history.causes import cause, has_other_target, measures
from pipeline.history.publications import (
    Basis,
    Place,
    Publication,
    all_figures,
    basis,
    figures_of,
    hidden_figures,
    own_figures,
    own_times,
)
from pipeline.model import Figure, Figures, Level, Metric, RunInfo, Statistic
from pipeline.model.revisions import Cause, Published, PublishedFigure, Revision, Revisions
from pipeline.periods import Days

if TYPE_CHECKING:
    from pipeline.disclosure import PublicFigures
    from pipeline.periods import Window


# Breakdowns that mix what a metric with `headline_by` must keep apart.
_OF_PERSONS = frozenset({"gender", "age_group"})


@dataclass(frozen=True)
class _Earlier:
    """A figure as it was last published, and in which publication."""

    figure: Figure
    publication: Publication


def revisions(
    folder: Path, figures: PublicFigures, metrics: Mapping[str, Metric], config: Config, run: RunInfo
) -> Revisions:
    """Which figures in the publications below `folder` this run gives otherwise; nothing is written.

    Each is compared with the last publication that told it: of the same period, or of an earlier one whose own time is
    the same days as a window of this run. Public figures alone, and never one that is hidden on either side, nor one
    whose change would tell a hidden one's. A figure that either report lacks altogether is not a changed one.
    A target that alone has changed is told once a metric, and a category that is its total only as the total. Raises
    WrongUse when a publication that is needed is damaged.
    """
    before = _before(shelf.read(folder), run)
    windows = {Days.of(window): window for window in reversed(list(figures.windows.values()))}
    earlier, compared = _last_published(folder, before, frozenset(windows))
    now = figures_of(figures, frozenset(place.time for place in earlier))
    today = basis(figures, metrics, config, run)
    then = {place: one.figure for place, one in earlier.items()}
    both = [
        place for place in now if place in earlier and _is_told(place, metrics) and _differ(then[place], now[place])
    ]
    untold = lone.untold(both, then, now, figures.programmes)
    changed = [
        _revision(windows[place.time], earlier[place], now[place], metrics[place.metric], today)
        for place in both
        if place not in untold
    ]
    told = list(_each_target_once(_without_mirrors(changed)))
    keys = {one.now.key for one in told}
    covered = tuple(one for one in changed if one.now.key not in keys)
    return Revisions(compared=compared, changed=tuple(sorted(told, key=lambda one: -_size(one))), covered=covered)


def published(folder: Path, figures: Figures, run: RunInfo) -> Iterator[PublishedFigure]:
    """What the publications before this run told or hid, as far as it is of days that hang together with this run's.

    That is: which begin or end with a window of the run; what several told alike, only once. The hidden ones are marked
    so, and hold what was measured for as long as the shelf remembers it. Raises WrongUse when a publication is damaged.
    """
    windows = [Days.of(window) for window in figures.windows.values()]
    starts = {(one.is_stock, one.starts) for one in windows}
    ends = {(one.is_stock, one.ends) for one in windows}
    told_before = set()
    for publication in _before(shelf.read(folder), run):
        measured = shelf.hidden(folder, publication)
        for place, figure in shelf.figures(folder, publication).items():
            time = place.time
            if (time.is_stock, time.starts) in starts or (time.is_stock, time.ends) in ends:
                told = measured.get(place, figure) if figure.suppressed else figure
                alike = (place, told.suppressed, told.numerator, told.denominator, told.value)
                if told.denominator is not None and alike in told_before:
                    continue
                told_before.add(alike)
                yield PublishedFigure(publication.number, time.is_stock, time.starts, time.ends, told)


@contextmanager
def keeping(
    folder: Path,
    figures: PublicFigures,
    metrics: Mapping[str, Metric],
    config: Config,
    run: RunInfo,
    told: Revisions,
    internal: Figures,
    published: tuple[Path, shelf.Stands],
) -> Iterator[None]:
    """Keep what the block publishes: its own figures, and those told as changed.

    Trends and comparisons are kept too, and beside them what was measured of the hidden ones (`internal`), so that
    later reports do not tell what these hid. `published` is the folder that the report is to stand in, and what tells
    whether it does. All is written before the block begins, and put on the shelf after it if the report stands then;
    where the machine stops in between, `settle` does that.

    The same run once more changes nothing. Raises WrongUse when it cannot be written or the shelf is damaged.
    """
    standing = shelf.read(folder)
    own = own_figures(figures)
    retold = {
        Place.of(one.now.key, Days.of(one.window)): one.now
        for one in (*told.changed, *told.covered)
        if Days.of(one.window) not in own_times(figures)
    }
    same = _same(standing, run)
    publication = Publication(
        number=same.number if same else max((one.number for one in standing), default=0) + 1,
        basis=basis(figures, metrics, config, run),
        own=own_times(figures),
        retold=frozenset(place.time for place in retold),
    )
    report, stands = published
    placed = {**all_figures(figures), **retold, **own}
    shelf.announce(folder, publication, placed, hidden_figures(figures, internal), report)
    try:
        yield
    finally:
        with suppress(OSError):  # it stays announced, and the next run puts it there
            shelf.settle(folder, stands)


def _revision(window: Window, earlier: _Earlier, now: Figure, metric: Metric, today: Basis) -> Revision:
    before, then = replace(earlier.figure, key=now.key), earlier.publication.basis
    why = cause(before, now, metric, then, today)
    return Revision(
        window=window,
        before=before,
        now=now,
        since=then.published,
        cause=why,
        has_other_target=why is not Cause.TARGET and has_other_target(before, now, metric),
    )


def _same(standing: Sequence[Publication], run: RunInfo) -> Publication | None:
    return next((one for one in standing if one.basis.run_id == run.run_id), None)


def _before(standing: Sequence[Publication], run: RunInfo) -> list[Publication]:
    """The publications that this run's comes after, newest first."""
    same = _same(standing, run)
    known = [one for one in standing if same is None or one.number < same.number]
    return [one for one in reversed(known) if one.basis.published.day <= run.today]


def _last_published(
    folder: Path, before: Sequence[Publication], times: frozenset[Days]
) -> tuple[dict[Place, _Earlier], tuple[Published, ...]]:
    """Each figure of those times as it was last published, and the reports that were of one of them."""
    found: dict[Place, _Earlier] = {}
    compared: list[Published] = []
    settled: set[Days] = set()
    for publication in before:
        wanted = (times & (publication.own | publication.retold)) - settled
        if not wanted:
            continue
        for place, figure in shelf.figures(folder, publication).items():
            if place.time in wanted and not Statistic(place.statistic).is_spread:
                found.setdefault(place, _Earlier(figure, publication))
        settled |= publication.own
        if wanted & publication.own:
            compared.append(publication.basis.published)
    return found, tuple(dict.fromkeys(compared))


def _is_told(place: Place, metrics: Mapping[str, Metric]) -> bool:
    """Whether the report tells the figure at all: not of a metric that is gone, and no total that would mislead."""
    metric = metrics.get(place.metric)
    if metric is None:
        return False
    is_of_persons = place.breakdown in _OF_PERSONS
    is_committee_total = place.level == Level.COMMITTEE and not place.breakdown
    return not metric.headline_by or not (is_of_persons or is_committee_total)


def _differ(before: Figure, now: Figure) -> bool:
    """Whether what is printed of a figure is another; not where either is hidden."""
    if before.suppressed or now.suppressed:
        return False
    return (*measures(before), before.target, before.status) != (*measures(now), now.target, now.status)


def _without_mirrors(changed: Sequence[Revision]) -> list[Revision]:
    """All but categories that say what their total says: all rows stood in them then, and do so now."""
    totals = {one.now.key: _printed(one) for one in changed if not one.now.key.breakdown}

    def is_mirror(one: Revision) -> bool:
        total = totals.get(replace(one.now.key, breakdown="", category=""))
        return bool(one.now.key.breakdown) and total == _printed(one)

    return [one for one in changed if not is_mirror(one)]


def _printed(one: Revision) -> tuple[object, ...]:
    sides = ((*measures(figure), figure.target, figure.status) for figure in (one.before, one.now))
    return (*sides, one.since, one.cause, one.has_other_target)


def _each_target_once(changed: Sequence[Revision]) -> Iterator[Revision]:
    """All but repeated changes of target alone: one target is held against every place and time of its metric."""
    told = set()
    for one in sorted(changed, key=lambda one: (one.now.key.level, bool(one.now.key.breakdown))):
        target = (one.now.key.metric, one.now.key.statistic, one.before.target, one.now.target)
        if one.cause is Cause.TARGET and target in told:
            continue
        if one.cause is Cause.TARGET or one.has_other_target:
            told.add(target)
        yield one


def _size(revision: Revision) -> float:
    """How large a change is, 0–1: shares by their points, other figures by their part of the larger one."""
    before, now = revision.before.value, revision.now.value
    if before is None or now is None:
        return 0.0 if before == now else 1.0
    if Statistic(revision.now.key.statistic).is_share:
        return abs(now - before)
    return abs(now - before) / (max(abs(before), abs(now)) or 1)
