"""The database of the last report: which period it is for, and the figures that it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline import config_faults, database
from pipeline.database import Database
from pipeline.errors import WrongUse
from pipeline.metrics import why_missing
from pipeline.model import Level, Metric
from pipeline.periods import Period, Window
from pipeline.sources import profiles

_FIGURES = """
select f.statistic, f.window_id, f.numerator, f.denominator, f.value, f.target, f.status
from figures as f
inner join windows as w on f.window_id = w.window_id
where f.metric = ? and f.level = ? and f.org = ? and f.breakdown = '' and w.series = 'report'
"""
_WINDOWS = "select window_id, series, kind, starts, ends from windows"


@dataclass(frozen=True)
class Stored:
    """A figure as the report has it, nothing hidden. Shares are 0–1; None where there is nothing."""

    statistic: str
    window: Window
    numerator: float | None
    denominator: float | None
    value: float | None
    target: float | None
    status: str


@dataclass(frozen=True)
class Latest:
    """The last report's database, while it is open; `demo`: it is of the invented municipality."""

    database: Database
    period: Period
    demo: bool
    windows: Mapping[str, Window]

    def judged_window(self, metric: Metric) -> str:
        """The window that the report judges the metric by."""
        return self.period.judged_flow_kind if metric.flow else "stock"

    def windows_of(self, metric: Metric) -> list[str]:
        """The period's own windows that the metric is measured for."""
        return [
            w.window_id for w in self.windows.values() if w.series == "report" and metric.flow != (w.kind == "stock")
        ]

    def window(self, metric: Metric, asked: str | None) -> Window:
        """The window asked for, or the judged one. Raises WrongUse for one that the metric is not measured for."""
        name = asked or self.judged_window(metric)
        found = self.windows.get(name)
        if found is None or metric.flow == (found.kind == "stock"):
            known = config_faults.suggestion(name, self.windows_of(metric))
            raise WrongUse(config_faults.sentence(f"--window {name}: måttet räknas inte för det fönstret. {known}"))
        return found

    def unit(self, metric: Metric, asked: str) -> str:
        """A unit as the report spells it. Raises WrongUse for one that has no figure."""
        rows = self.database.rows(
            "select distinct org from figures where metric = ? and level = ?", [metric.metric_id, Level.UNIT]
        )
        units = {name.casefold(): name for (name,) in rows}
        if asked.casefold() not in units:
            near = config_faults.suggestion(asked, units.values())
            raise WrongUse(config_faults.sentence(f"--unit {asked}: ingen enhet heter så. {near}"))
        return units[asked.casefold()]

    def committee(self) -> str:
        """The name on level 1."""
        return str(self.database.value("select min(org) from figures where level = ?", [Level.COMMITTEE]))

    def figures(self, metric: Metric, unit: str = "") -> list[Stored]:
        """The metric's figures of the committee, or of a unit, in the period's own windows, statistic by statistic."""
        place = [Level.UNIT, unit] if unit else [Level.COMMITTEE, self.committee()]
        found = [self._stored(row) for row in self.database.rows(_FIGURES, [metric.metric_id, *place])]
        order = [str(statistic) for statistic in metric.statistics]
        windows = self.windows_of(metric)
        kept = [one for one in found if one.statistic in order]
        return sorted(kept, key=lambda one: (order.index(one.statistic), windows.index(one.window.window_id)))

    def judged(self, metric: Metric, window: str, unit: str = "") -> Stored | None:
        """The figure that is judged, in a window; None where the report has none."""
        stored = self.database.rows(
            "select statistic, window_id, numerator, denominator, value, target, status from figures"
            " where metric = ? and statistic = ? and window_id = ? and level = ? and org = ? and breakdown = ''",
            [metric.metric_id, str(metric.judged), window, *([Level.UNIT, unit] if unit else [1, self.committee()])],
        )
        return self._stored(stored[0]) if stored else None

    def missing(self, metric: Metric) -> str:
        """Why the metric has no figures (Swedish); empty where it has."""
        return why_missing(self.database, metric, profiles.load().headings)

    def _stored(self, row: tuple[Any, ...]) -> Stored:
        statistic, window, numerator, denominator, value, target, status = row
        return Stored(statistic, self.windows[window], numerator, denominator, value, target, status or "")


@contextmanager
def latest(processed: Path) -> Iterator[Latest]:
    """Open the last report's database to read, also while a new one is made. Raises WrongUse where there is none."""
    if not (processed / database.FILE_NAME).exists():
        raise WrongUse(f"Ingen databas finns i {processed}. Kör först: python -m pipeline report")
    with database.read_only(processed) as db:
        with database.explained(f"Databasen i {processed} är inte skriven av den här versionen av programmet"):
            ((period, demo),) = db.rows("select period, demo from run_info")
            windows = {row[0]: Window(*row) for row in db.rows(_WINDOWS)}
        yield Latest(db, Period.parse(period), demo, windows)


@contextmanager
def latest_if_any(processed: Path) -> Iterator[Latest | None]:
    """The same; None where there is no database that can be read."""
    opened = latest(processed)
    found = None
    with suppress(WrongUse):
        found = opened.__enter__()
    try:
        yield found
    finally:
        if found is not None:
            opened.__exit__(None, None, None)
