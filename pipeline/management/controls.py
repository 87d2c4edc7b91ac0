"""Internal control (internkontroll): what each control found the last time it was carried out in the report's year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from pipeline.config import Config, Limits
from pipeline.database import Database
from pipeline.management.masking import masked
from pipeline.management.ours import Ours
from pipeline.model import swedish_order
from pipeline.model.management import Control, ControlOutcome, Finding

_ROWS = """
select risk, control, unit, date, probability, consequence, sampled, deviating, outcome, analysis, action
from loaded.controls
where date between $since and $day
order by date, lower(unit) nulls first, lower(risk), lower(control), source_system
"""
_GRAVITY = tuple(ControlOutcome)


def read(database: Database, config: Config, ours: Ours, day: date) -> tuple[Control, ...]:
    """The committee's controls as of a day, by risk; what is dated later has not happened.

    What is said of a control is each unit's latest row of the year; what is counted is all of them. One that was
    carried out the year before and not yet this year is there too, as due.
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

    @property
    def counted(self) -> tuple[int, int] | None:
        """How many were sampled and how many of them deviated; None where the row does not say."""
        nothing = 0 if self.given == ControlOutcome.NONE else None
        deviating = nothing if self.deviating is None else self.deviating
        return (self.sampled, deviating) if self.sampled and deviating is not None else None


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
        findings=tuple(_finding(row, config) for row in latest),
    )
    return _judged(control, latest, this_year, config) if this_year else control


def _finding(row: _Row, config: Config) -> Finding:
    is_of_few = 0 < (row.sampled or 0) < config.disclosure.smallest
    return Finding(row.unit or "", row.analysis or "", row.action or "", is_of_few)


def _judged(control: Control, latest: list[_Row], this_year: list[_Row], config: Config) -> Control:
    """With its outcome: the gravest word that the units have given, before what the year's numbers come to.

    Where a unit has counted without giving a word, the numbers are weighed beside the words of the others.
    """
    given = [(ControlOutcome(row.given), True, False) for row in latest if row.given]
    has_unsaid = any(not row.given and row.counted for row in latest)
    found = [*given, *(_of_the_year(this_year, config) if has_unsaid or not given else ())]
    if not found:
        return control
    outcome, is_given, is_of_few = min(found, key=lambda one: (_GRAVITY.index(one[0]), not one[1]))
    return replace(control, outcome=outcome, is_given=is_given, is_of_few=is_of_few)


def _of_the_year(rows: list[_Row], config: Config) -> Iterator[tuple[ControlOutcome, bool, bool]]:
    """What the thresholds give for the same rows as the metric `control_deviation` counts, and if they are too few."""
    counted = [numbers for row in rows if (numbers := row.counted) is not None]
    sampled = sum(numbers[0] for numbers in counted)
    judged = judge(sampled, sum(numbers[1] for numbers in counted), config.limits)
    if judged is not None:
        yield judged, False, sampled < config.disclosure.smallest
