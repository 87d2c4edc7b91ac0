"""Small drawings in running text: they need no script and follow the page's colours, also on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 96, 24
_MARGIN = 3
_LEAST_SPAN_OF_SHARES = 0.2  # a share that hardly moves must look as if it hardly moves


@dataclass(frozen=True)
class Sparkline:
    """Lines through consecutive points, lone points, and the newest point. Coordinates in the drawing's own units."""

    lines: tuple[str, ...]
    dots: tuple[tuple[float, float], ...]
    last: tuple[float, float] | None


@dataclass(frozen=True)
class Strip:
    """One row of a dot plot: the dot and its 95 % line, in per cent of an axis from 0. The page's styles draw it."""

    dot: float
    low: float | None
    high: float | None


def sparkline(values: Sequence[float | None], shares: bool) -> Sparkline | None:
    """The course of `values`, oldest first; None is a gap (hidden or nothing to measure). None under two values."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return None
    low, high = min(known), max(known)
    least = _LEAST_SPAN_OF_SHARES if shares else max(abs(high), 1) * _LEAST_SPAN_OF_SHARES
    spare = max(least - (high - low), 0) / 2
    low, high = low - spare, high + spare
    points = [None if value is None else _place(i, value, len(values), low, high) for i, value in enumerate(values)]
    runs = _runs(points)
    return Sparkline(
        lines=tuple(" ".join(f"{x:g},{y:g}" for x, y in run) for run in runs if len(run) > 1),
        dots=tuple(run[0] for run in runs if len(run) == 1),
        last=points[-1],
    )


def strip(value: float, low: float | None, high: float | None, most: float) -> Strip:
    """The row's places along an axis from 0 to `most` (> 0)."""
    has_line = low is not None and high is not None
    return Strip(
        along(value, most),
        along(low or 0.0, most) if has_line else None,
        along(high or 0.0, most) if has_line else None,
    )


def along(value: float, most: float) -> float:
    """Where on an axis from 0 to `most` a value stands, in per cent of it."""
    return round(100 * value / most, 1)


def _place(index: int, value: float, count: int, low: float, high: float) -> tuple[float, float]:
    x = _MARGIN + index * (WIDTH - 2 * _MARGIN) / max(count - 1, 1)
    y = HEIGHT - _MARGIN - (value - low) / (high - low) * (HEIGHT - 2 * _MARGIN)
    return round(x, 1), round(y, 1)


def _runs(points: Sequence[tuple[float, float] | None]) -> list[list[tuple[float, float]]]:
    runs: list[list[tuple[float, float]]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if run]
