"""For tiny worlds: every table of whole numbers that agrees with what is published, one by one.

It knows rows alone, no sums: a *state* is a place, a category, a time and whether the row is a hit; a table says how
many rows each state has. What is the same in all tables is known to a patient reader.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pipeline.model import Figure, Key, Metric
from tests.protection.knowledge import Publication, Truth
from tests.protection.organisations import World


@dataclass(frozen=True)
class State:
    """Where a row may stand."""

    programme: str
    unit: str
    breakdown: str
    category: str
    starts: date
    ends: date
    hit: bool

    def stands_in(self, key: Key, starts: date, ends: date) -> bool:
        org = {1: key.org, 2: self.programme, 3: self.unit}[key.level]
        return (
            org == key.org
            and starts <= self.starts
            and self.ends <= ends
            and key.breakdown in ("", self.breakdown)
            and key.category in ("", self.category)
        )


class TooMany(Exception):
    """More tables than there is patience for."""


def tables(
    world: World, metric: Metric, publication: Publication, spans: list[tuple[date, date]], most: int = 200_000
) -> tuple[list[State], Iterator[tuple[int, ...]]]:
    """The states, and every table that agrees with the rows shown of a share with one breakdown or none."""
    breakdown = metric.breakdowns[0] if metric.breakdowns else ""
    categories = sorted({key.category for key in publication.figures if key.breakdown}) or [""]
    states = [
        State(programme, unit, breakdown, category, *span, hit)
        for span in spans
        for programme, unit in Truth(world).places
        if unit or any(not row.unit for row in world.rows)
        for category in categories
        for hit in (True, False)
    ]
    limits = []
    for figure in publication.shown():
        window = publication.windows[figure.key.window]
        starts = window.ends if window.kind == "stock" else window.starts
        inside = [state.stands_in(figure.key, starts, window.ends) for state in states]
        limits.append((inside, int(figure.denominator or 0)))
        limits.append(([i and s.hit for i, s in zip(inside, states, strict=True)], int(figure.numerator or 0)))
    return states, _filled(len(states), limits, most)


def _filled(count: int, limits: list[tuple[list[bool], int]], most: int) -> Iterator[tuple[int, ...]]:
    of_state = [[n for n, (inside, _) in enumerate(limits) if inside[i]] for i in range(count)]
    last = [max((i for i in range(count) if inside[i]), default=-1) for inside, _ in limits]
    left = [number for _, number in limits]
    if any(left[n] for n, at in enumerate(last) if at < 0):
        return
    table = [0] * count
    steps = 0

    def fill(at: int) -> Iterator[tuple[int, ...]]:
        nonlocal steps
        steps += 1
        if steps > most:
            raise TooMany
        if at == count:
            yield tuple(table)
            return
        room = min((left[n] for n in of_state[at]), default=0)
        least = max((left[n] for n in of_state[at] if last[n] == at), default=0)
        for number in range(least, room + 1):
            if all(left[n] == number for n in of_state[at] if last[n] == at):
                table[at] = number
                for n in of_state[at]:
                    left[n] -= number
                yield from fill(at + 1)
                for n in of_state[at]:
                    left[n] += number
        table[at] = 0

    yield from fill(0)


def recovered(
    world: World, metric: Metric, publication: Publication, spans: list[tuple[date, date]]
) -> dict[tuple[Key, str], int]:
    """What all tables agree on of the hidden rows: `rows`, and `hits` and `rest` when there are any."""
    states, found = tables(world, metric, publication, spans)
    hidden = [(key, _inside(key, publication, states)) for key in publication.hidden()]
    seen: dict[tuple[Key, str], set[int]] = {}
    for table in found:
        for key, inside in hidden:
            rows = sum(table[i] for i in inside)
            hits = sum(table[i] for i in inside if states[i].hit)
            for name, value in (("rows", rows), ("hits", hits), ("rest", rows - hits)):
                seen.setdefault((key, name), set()).add(value)
    return {
        name: next(iter(values))
        for name, values in seen.items()
        if len(values) == 1 and (name[1] == "rows" or next(iter(values)))
    }


def _inside(key: Key, publication: Publication, states: list[State]) -> list[int]:
    window = publication.windows[key.window]
    starts = window.ends if window.kind == "stock" else window.starts
    return [i for i, state in enumerate(states) if state.stands_in(key, starts, window.ends)]


def only(publication: Publication, windows: set[str], metric_id: str) -> Publication:
    """A publication cut down to some windows of one metric."""
    kept: dict[Key, Figure] = {
        key: figure for key, figure in publication.figures.items() if key.window in windows and key.metric == metric_id
    }
    return Publication(kept, publication.windows)
