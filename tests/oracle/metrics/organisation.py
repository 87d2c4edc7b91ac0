"""Internal control, activities and measures: the cases of each metric's denominator in a window. Docstrings quote the
catalogue and, where it is silent, tell the choice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from ..cases import Case, World
from ..days import Window
from ..extracts import Record

Cases = Iterator[Case]


def control_deviation(world: World, window: Window) -> Cases:
    """Sampled; breakdown `control` (`risk: control`) | deviating. Without a number of deviations there are none when
    the outcome says so; else the row is left out, as one without a sample is."""
    for row in world.extracts.controls:
        deviating = 0 if row["deviating"] is None and row["outcome"] == "ingen avvikelse" else row["deviating"]
        if window.holds(row["date"]) and row["sampled"] and deviating is not None:
            case = world.unit_case("controls", row, window.ends)
            case.categories["control"] = f"{row['risk']}: {row['control']}"
            case.hits, case.n = deviating, row["sampled"]
            yield case


def activity_done(world: World, window: Window) -> Cases:
    """Activities with a status other than ej bedömt, latest row of each; breakdown `goal` | genomfört."""
    for rows in _together(world.extracts.activities, window, ("goal", "activity", "unit")):
        row = max(rows, key=lambda row: row["date"])
        if row["status"] != "ej bedömt":
            case = world.unit_case("activities", row, window.ends, ("goal",))
            case.hit = row["status"] == "genomfört"
            yield case


def measure(world: World, window: Window) -> Cases:
    """Denominator, summed; breakdown `measure` | numerator, summed; or the value: the latest one given in a unit that
    has no numerators and denominators. A row with neither measures nothing."""
    for rows in _together(world.extracts.measurements, window, ("measure", "unit")):
        case = world.unit_case("measurements", rows[0], window.ends, ("measure",))
        parts = [row for row in rows if row["numerator"] is not None and row["denominator"] is not None]
        valued = [row for row in rows if row["value"] is not None]
        if parts:
            case.hits = sum(row["numerator"] for row in parts)
            case.n = sum(row["denominator"] for row in parts)
            yield case
        elif valued:
            case.value = max(valued, key=lambda row: row["date"])["value"]
            yield case


def _together(rows: Iterable[Record], window: Window, columns: tuple[str, ...]) -> Iterator[list[Record]]:
    """The rows of the window that say the same in the columns."""
    same: dict[tuple[str, ...], list[Record]] = defaultdict(list)
    for row in rows:
        if window.holds(row["date"]):
            same[tuple((row[column] or "").lower() for column in columns)].append(row)
    yield from same.values()
