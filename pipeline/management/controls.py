"""Internal control (internkontroll): what each control found the last time it was carried out in the report's year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from pipeline.config import Config, Limits
from pipeline.database import Database
from pipeline.management.masking import masked
from pipeline.management.ours import Ours
from pipeline.model import swedish_order
from pipeline.model.management import Control, ControlOutcome

_ROWS = """
select risk, control, unit, date, probability, consequence, sampled, deviating, outcome, analysis, action
from loaded.controls
where date between $since and $day
order by date, lower(unit) nulls first, lower(risk), lower(control), source_system
"""
_GRAVITY = tuple(ControlOutcome)


def read(database: Database, config: Config, ours: Ours, day: date) -> tuple[Control, ...]:
    """The committee's controls as of a day, by risk; what is dated later has not happened.

    A control counts with each unit's latest row of the year; one that was carried out the year before and not yet this
    year is there too, as due.
    """
    rows = [_Row(*masked(row)) for row in database.rows(_ROWS, {"since": date(day.year - 1, 1, 1), "day": day})]
    grouped: dict[tuple[str, str], list[_Row]] = {}
    for row in rows:
        if ours.includes(None, row.unit):
            grouped.setdefault((row.risk.lower(), row.control.lower()), []).append(row)
    found = [_control(group, config, day) for group in grouped.values()]
    return tuple(sorted(found, key=lambda one: (swedish_order(one.risk), swedish_order(one.control))))


def judge(sampled: int | None, deviating: int | None, limits: Limits) -> ControlOutcome | None:
    """The outcome that the thresholds give; None where nothing was counted."""
    if not sampled or deviating is None:
        return None
    percent = Fraction(100 * deviating, sampled)
    if percent >= Fraction(str(limits.control_major_percent)) and deviating:
        return ControlOutcome.MAJOR
    return ControlOutcome.MINOR if percent > Fraction(str(limits.control_minor_percent)) else ControlOutcome.NONE


@dataclass(frozen=True)
class _Row:
    risk: str
    control: str
    unit: str | None
    day: date
    probability: int | None
    consequence: int | None
    sampled: int | None
    deviating: int | None
    given: str | None
    analysis: str | None
    action: str | None


def _control(rows: list[_Row], config: Config, day: date) -> Control:
    """One control of all its units; rows stand by day, the oldest first."""
    this_year = [row for row in rows if row.day.year == day.year]
    newest = rows[-1]
    rated = next((row for row in reversed(rows) if row.probability and row.consequence), newest)
    latest = list({(row.unit or "").lower(): row for row in this_year or [newest]}.values())
    control = Control(
        risk=newest.risk,
        control=newest.control,
        units=tuple(sorted({row.unit for row in latest if row.unit}, key=swedish_order)),
        day=newest.day,
        outcome=None,
        is_due=not this_year,
        probability=rated.probability,
        consequence=rated.consequence,
        analysis=_joined(row.analysis for row in latest),
        action=_joined(row.action for row in latest),
    )
    return _judged(control, latest, config) if this_year else control


def _judged(control: Control, latest: list[_Row], config: Config) -> Control:
    """With the gravest outcome of the units; among equals one that was given goes before one that was judged."""
    outcomes = [found for row in latest if (found := _outcome(row, config)) is not None]
    if not outcomes:
        return control
    outcome, is_given, is_of_few = min(outcomes, key=lambda one: (_GRAVITY.index(one[0]), not one[1], one[2]))
    return replace(control, outcome=outcome, is_given=is_given, is_of_few=is_of_few)


def _outcome(row: _Row, config: Config) -> tuple[ControlOutcome, bool, bool] | None:
    """What a row says, whether it was given, and whether it was judged on too few to be told."""
    if row.given:
        return ControlOutcome(row.given), True, False
    judged = judge(row.sampled, row.deviating, config.limits)
    if judged is None:
        return None
    return judged, False, (row.sampled or 0) < config.disclosure.smallest


def _joined(texts: Iterable[Any]) -> str:
    return " ".join(dict.fromkeys(text for text in texts if text))
