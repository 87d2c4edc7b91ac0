"""The quarter's decisions to report as not executed: one set of rows for supervisor, auditors and council."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from pipeline.cases.delivered import columns, lacking, unflagged
from pipeline.config import Config, Ivo
from pipeline.database import Database
from pipeline.errors import WrongUse
from pipeline.model import Rule
from pipeline.model.cases import Reported, Unexecuted, UnexecutedDecision
from pipeline.periods import Period, PeriodKind
from pipeline.places import ROOT

SQL_FILE = ROOT / "sql" / "ivo" / "unexecuted_decisions.sql"
LAW = "unexecuted_decision"
_NEEDS = {"decisions": ("executed",)}
_ORDER = tuple(Reported)


def unexecuted(
    database: Database, config: Config, period: Period, deliveries: Mapping[str, date], rules: Mapping[str, Rule]
) -> Unexecuted:
    """The quarter's rows, those still waiting first, the longest wait first. Needs the prepared tables of the quarter.

    `deliveries`: extract → the day it was delivered. `rules`: the rules of law by id. Raises WrongUse when the
    decisions do not tell when they were executed.
    """
    delivered = columns(database)
    if why := lacking(_NEEDS, delivered):
        raise WrongUse(f"Rapporten om ej verkställda beslut kan inte göras: {why}")
    found = database.table(SQL_FILE.read_text(encoding="utf-8")).to_pylist()
    ours = {area.casefold() for area in config.committee.areas}
    rows = [row for row in found if not ours or row["area"].casefold() in ours]
    starts, ends = reporting_time(config.ivo, period)
    return Unexecuted(
        period=period,
        rows=tuple(sorted(_decisions(rows, period, rules[LAW]), key=_reading_order)),
        before=sum(row["was_reported"] for row in rows),
        reported_from=starts,
        reported_to=ends,
        delivered=deliveries["decisions"],
        has_flag=not unflagged(delivered, _NEEDS),
    )


def demand_ended_quarter(period: Period, today: date) -> None:
    """Raise WrongUse unless the period is a quarter that has ended."""
    if period.kind is not PeriodKind.QUARTER:
        raise WrongUse(f"--period {period.code}: rapporten gäller ett kvartal. Skriv till exempel {period.year}Q3.")
    if period.ends > today:
        last = quarter_ended(today).code
        raise WrongUse(f"--period {period.code}: kvartalet slutar {period.ends}. Det senaste som är slut är {last}.")


def quarter_ended(by: date) -> Period:
    """The last quarter whose last day is on or before `by`."""
    quarter = Period(PeriodKind.QUARTER, by.year, (by.month + 2) // 3)
    return quarter if quarter.ends == by else _of(quarter.starts - timedelta(days=1))


def reporting_time(settings: Ivo, period: Period) -> tuple[date, date]:
    """The first and last day when the quarter is reported: the first such days of the year after its end."""
    first, last = getattr(settings, f"Q{period.number}")
    year = period.year if _in_year(period.year, first) > period.ends else period.year + 1
    return _in_year(year, first), _in_year(year, last)


def _of(day: date) -> Period:
    return Period(PeriodKind.QUARTER, day.year, (day.month + 2) // 3)


def _in_year(year: int, month_day: str) -> date:
    month, day = map(int, month_day.split("-"))
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _decisions(rows: list[dict[str, Any]], period: Period, rule: Rule) -> Iterator[UnexecutedDecision]:
    for row in rows:
        state, done = _state(row)
        yield UnexecutedDecision(
            decision_id=row["decision_id"],
            person=row["person_id"],
            state=state,
            is_interruption=row["is_interruption"],
            law=row["law"],
            service=row["service"],
            decided=row["decided"],
            days=((done or period.ends) - row["decided"]).days,
            partly=row["executed"] if row["is_partly"] else None,
            is_partly=row["is_partly"],
            interrupted=row["interrupted"],
            offer_made=row["offer_made"],
            offer_declined=row["offer_declined"],
            done=done,
            delay_reason=row["delay_reason"] or "",
            end_reason=(row["end_reason"] or "") if state is Reported.ENDED else "",
            unit=row["unit"],
            area=row["area"],
            gender=row["gender"] or "okänt",
            is_protected=row["is_protected"],
            citations=rule.on(row["since"], row["law"]),
        )


def _state(row: Mapping[str, Any]) -> tuple[Reported, date | None]:
    """How the decision is reported, and the day it ceased to wait: what came first counts."""
    if row["waits"]:
        return (Reported.WAITING if row["was_reported"] else Reported.NEW), None
    went_on = Reported.RESUMED if row["is_interruption"] else Reported.EXECUTED
    days = {went_on: row["resumed" if row["is_interruption"] else "fully_executed"], Reported.ENDED: row["ended"]}
    return min(((state, day) for state, day in days.items() if day), key=lambda one: one[1])


def _reading_order(row: UnexecutedDecision) -> tuple[int, int, str]:
    return _ORDER.index(row.state), -row.days, row.decision_id
