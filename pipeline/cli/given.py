"""What the options of a command come to: settings, days, periods, and the request of a run."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import WrongUse
from pipeline.periods import FIRST_YEAR, LAST_YEAR, Period

if TYPE_CHECKING:
    from pipeline.config import Config
    from pipeline.starting import Request


def request_of(
    config: Path | None,
    raw: Path | None,
    processed: Path | None,
    reports: Path | None,
    period: str | None,
    today: str | None,
    **more: Any,
) -> Request:
    """What a run is asked for, `more` being the command's own options."""
    wanted_period, day = period_of(period) if period is not None else None, day_of(today)
    settings = settings_of(config, raw, processed, reports, judged())
    from pipeline.starting import Request

    given = {"raw_given": raw is not None, "today_given": today is not None}
    return Request(settings, day, wanted_period, **given, **more)


def judged() -> dict[str, str]:
    """Metric → the statistic that is judged."""
    from pipeline.metrics import catalogue

    return {name: one.judged for name, one in catalogue.read().items()}


def settings_of(
    file: Path | None,
    raw: Path | None = None,
    processed: Path | None = None,
    reports: Path | None = None,
    known_metrics: Mapping[str, str] | None = None,
) -> Config:
    """The configuration, with the folders that the command line gives."""
    from pipeline import config

    return config.with_paths(config.load(file, known_metrics), raw=raw, processed=processed, reports=reports)


def period_of(text: str, option: str = "--period") -> Period:
    """The period that a text names; raises WrongUse with the option's name where it names none."""
    try:
        return Period.parse(text)
    except ValueError:
        raise WrongUse(
            f"{option} {text}: ingen period. Skriv till exempel 2026T2 (tertial), 2026 (år), 2026H1 (halvår) eller"
            " 2026Q3 (kvartal)."
        ) from None


def day_of(text: str | None, option: str = "--today") -> date:
    """The day that a text names, today without one; raises WrongUse with the option's name where it names none."""
    if text is None:
        return date.today()
    try:
        day = datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        day = date.min
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise WrongUse(
            f"{option} {text}: inget datum mellan {FIRST_YEAR} och {LAST_YEAR}. Skriv till exempel 2026-08-31."
        )
    return day
