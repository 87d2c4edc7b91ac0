"""A report with internal control, requirements and a plan, on a handful of figures protected by the real rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from pipeline.config import Target
from pipeline.judging import judge
from pipeline.model import Figure, Figures, Key, Metric, Statistic
from pipeline.model.goals import Goals, Reference
from pipeline.model.management import Control, ControlOutcome, Management, Measured, PlanItem, Requirement
from pipeline.periods import Period, windows
from pipeline.publish import html
from pipeline.publish.report import Report
from tests.answers import protect
from tests.unit import builders
from tests.unit.publish import fakes

DAY = date(2026, 8, 31)
NORTH, SOUTH = "Norr", "Söder"
_COUNT = (Statistic.COUNT,)
METRICS: dict[str, Metric] = {
    one.metric_id: one
    for one in (
        builders.metric("plan_current", title="Aktuella planer", quality_area="delaktighet", flow=False,
                        breakdowns=("area",), noun=("insats", "insatser"), verb="hade en aktuell plan"),
        builders.metric("review_fulfilled", title="Ja-svar i granskningar", headline_by="question",
                        breakdowns=("question",), kind="resultat", needs={"reviews": ()}),
        builders.metric("control_deviation", title="Avvikelser i internkontrollen", headline_by="control",
                        breakdowns=("control",), better="lower"),
        builders.metric("incidents", title="Avvikelser", statistics=_COUNT, better="", kind="struktur",
                        breakdowns=("kind", "severity_recurrence"), noun=("ärende", "ärenden"), verb="kom in"),
        builders.metric("feedback", title="Synpunkter", statistics=_COUNT, better="", yearly=True,
                        breakdowns=("feedback", "submitter"), noun=("synpunkt", "synpunkter"), verb="kom in"),
    )
}  # fmt: skip


def figure(metric: str, of: tuple[int, int] | int, window: str = "ytd", **place: Any) -> Figure:
    """A share as (hits, rows), or a count; the committee's own total unless a level, org or category is said."""
    given = {"level": 1, "org": builders.COMMITTEE, "breakdown": "", "category": "", **place}
    as_of = DAY
    if isinstance(of, tuple):
        hits, rows = of
        value = round(hits / rows, 6) if rows else None
        return Figure(Key(metric, Statistic.SHARE, window, **given), as_of, hits, rows, value)
    return Figure(Key(metric, Statistic.COUNT, window, **given), as_of, None, of, of)


def report(
    management: Management = Management(),  # noqa: B008 - frozen
    *figures: Figure,
    period: str = "2026T2",
    missing: dict[str, str] | None = None,
    known_to: dict[str, date] | None = None,
    goals: Goals | None = None,
    first_year: int | None = None,
    **metrics: Metric,
) -> Report:
    """The report; a metric whose figures are not given has none at all."""
    parsed, known = Period.parse(period), {**METRICS, **metrics}
    config = builders.config(targets=(Target(metric="plan_current", value=75),))
    found = Figures(
        period=parsed,
        windows={window.window_id: window for window in windows(parsed, first_year)},
        figures={one.key: one for one in (figure("anchor", (1, 2)), *figures)},
        changes={},
        missing=missing or {},
        omitted={},
        known_to=known_to or {},
        programmes={NORTH: frozenset({"Barn"}), SOUTH: frozenset({"Barn"}), "Öst": frozenset({"Vuxna"})},
    )
    everything = {**known, "anchor": builders.metric("anchor")}
    public = protect(judge(found, everything, config), everything, config)
    return Report(public, known, config, fakes.quality(), fakes.run_info(), goals or Goals(), management)


def control(risk: str = "Fel belopp", **more: Any) -> Control:
    """A control that was carried out on the last day, with a given outcome unless said."""
    given = {"control": "Stickprov", "units": (), "day": DAY, "outcome": ControlOutcome.MINOR, "is_given": True}
    return Control(risk, **{**given, **more})


def requirement(**more: Any) -> Requirement:
    """A requirement with nothing missing."""
    whole = Requirement(
        "Lagen", "Planen är aktuell", routine="Rutinen", revised=date(2026, 1, 1), next_revision=date(2027, 1, 1),
        method="Granskning", responsible="Chefen", references=(Reference("plan_current"),),
    )  # fmt: skip
    return replace(whole, **more)


def planned(*measured: Measured, **more: Any) -> PlanItem:
    """Something that is due every tertial at the northern unit."""
    given: dict[str, Any] = {
        "area": "Delaktighet", "unit": NORTH, "definition": "Aktuella planer", "method": "Utdrag",
        "responsible": "Chefen", "schedule": "T1, T2, T3",
        "due": (date(2025, 12, 31), date(2026, 4, 30), DAY, date(2026, 12, 31)),
    }  # fmt: skip
    return PlanItem(**{**given, "measured": measured, **more})


def drawn(metric: str = "plan_current") -> Measured:
    """Measured with an extract of a case system."""
    return Measured(Reference(metric))


def by_hand(*days: date) -> Measured:
    """Measured by hand on those days."""
    return Measured(Reference("review_fulfilled"), days)


def page(template: str, **parts: Any) -> str:
    """A partial template as it stands in the page."""
    text = '{% import "_parts.html.j2" as parts with context %}<main>{% include template %}</main>'
    environment = html._environment()
    return environment.from_string(text).render(template=template, run=fakes.run_info(), config=fakes.config(), **parts)
