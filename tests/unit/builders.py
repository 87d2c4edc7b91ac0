"""Small invented nouns for tests: a metric, a figure, a set of figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pipeline.config import Committee, Config, Municipality
from pipeline.model import Figure, Figures, Key, Metric, Statistic
from pipeline.periods import Period, windows

COMMITTEE = "Socialnämnden"
PERIOD = Period.parse("2026T2")
WINDOWS = {window.window_id: window for window in windows(PERIOD)}


def metric(metric_id: str = "share", **more: Any) -> Metric:
    """A share of all areas, the higher the better, that the law does not demand; `more` overrides its fields."""
    statistics = more.pop("statistics", (Statistic.SHARE,))
    values: dict[str, Any] = {
        "metric_id": metric_id, "title": "Utredningar inom 120 dagar", "section": "Utredningar",
        "question": "Hur många?", "numerator": "klara", "denominator": "avslutade", "unit": "andel", "kind": "process",
        "quality_area": "ledning och styrning", "better": "higher", "flow": True, "statistics": statistics,
        "judged": statistics[0], "breakdowns": ("area", "gender"), "demanded_by_law": False, "child_scope": False,
        "needs": {}, "refines": {}, "law": (), "kpis": (), "owner": "", "choices": (), "per": "",
        "noun": ("utredning", "utredningar"), "verb": "blev klara", "nothing": "Inget.", "limit_days": None,
        "limit_name": "", "sql": "", "sha256": "",
    }  # fmt: skip
    return Metric(**{**values, **more})


def config(**more: Any) -> Config:
    """The least configuration, with `more` laid over it."""
    return Config(
        municipality=Municipality(name="Exempelköping", code="9999"), committee=Committee(name=COMMITTEE), **more
    )


def key(metric_id: str = "share", level: int = 1, org: str = "", category: str = "", **more: Any) -> Key:
    """A key in the year so far; a category is an area's unless `breakdown` says otherwise."""
    breakdown = more.pop("breakdown", "area" if category else "")
    window = more.pop("window", "ytd")
    statistic = more.pop("statistic", Statistic.SHARE)
    return Key(metric_id, statistic, window, level, org or COMMITTEE, breakdown, category)


def share(key: Key, hits: int, rows: int) -> Figure:
    """A share with its rounded value."""
    value = round(hits / rows, 6) if rows else None
    return Figure(key, WINDOWS[key.window].ends, hits, rows, value)


def count(key: Key, value: int) -> Figure:
    """A count."""
    return Figure(key, WINDOWS[key.window].ends, None, value, value)


def mean(key: Key, value: float | None, rows: int, deviation: float | None = None) -> Figure:
    """A mean, or another measure of a distribution."""
    return Figure(key, WINDOWS[key.window].ends, None, rows, value, deviation=deviation)


def figures(*items: Figure, programmes: Mapping[str, set[str]] | None = None) -> Figures:
    """A set of figures in the second tertial of 2026; `programmes` of each unit."""
    standing = {unit: frozenset(names) for unit, names in (programmes or {}).items()}
    anchor = share(key("anchor"), 50, 100)
    every = {figure.key: figure for figure in (anchor, *items)}
    return Figures(PERIOD, WINDOWS, every, {}, {}, {}, standing)


def in_window(figure: Figure, window: str) -> Figure:
    """The same measures in another window."""
    return replace(figure, key=replace(figure.key, window=window), as_of=WINDOWS[window].ends)
