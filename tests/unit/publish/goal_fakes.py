"""A report of the invented committee with goals and activities, and its parts as a page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from pipeline import judging
from pipeline.config import Disclosure
from pipeline.management import activities
from pipeline.model import Statistic
from pipeline.model.goals import (
    Activity,
    ActivityStatus,
    Aim,
    DeliveryGoal,
    DirectionGoal,
    EffectGoal,
    Goals,
    PursuedGoal,
    Reference,
)
from pipeline.publish import html
from pipeline.publish.report import Report
from tests.answers import protect
from tests.unit.publish import fakes

_PAGE = """{% import "_parts.html.j2" as parts with context %}
<main><h1>Rapport</h1>{% include template %}</main>"""


def report(goals: Goals, smallest: int = 5) -> Report:
    """The invented committee's report with those goals; what has changed since the activities began is judged."""
    config = fakes.config(disclosure=Disclosure(smallest=smallest))
    figures = fakes.internal_figures()
    changes = dict(figures.changes)
    for now, before in activities.compared(goals, figures, fakes.metrics()):
        since = figures.windows[before.window]
        found = judging.change(
            figures.figures[now], figures.figures[before], fakes.metrics()[now.metric], since, is_comparable=True
        )
        changes[now] = (*changes.get(now, ()), found)
    public = protect(replace(figures, changes=changes), fakes.metrics(), config)
    return Report(public, fakes.metrics(), config, fakes.quality(), fakes.run_info(), goals)


def aim(metric: str = "plan_current", target: float = 75, category: str = "", **more: Any) -> Aim:
    """An aim of the metric's judged statistic."""
    statistic = fakes.metrics()[metric].judged if metric in fakes.metrics() else Statistic.SHARE
    given = {"named": metric, "reference": Reference(metric, category), "statistic": statistic, "target": target}
    return Aim(**(given | more))


def tree(*aims: Aim, delivery: str = "Aktuella planer", effect: str = "", direction: str = "") -> Goals:
    """One delivery goal with those aims."""
    return Goals((DirectionGoal(direction, (EffectGoal(effect, (DeliveryGoal(delivery, aims),)),)),))


def activity(status: ActivityStatus = ActivityStatus.DONE, *references: Reference, **more: Any) -> Activity:
    """An activity that was begun in February 2026."""
    given: dict[str, Any] = {
        "text": "Utbilda alla", "unit": "", "responsible": "Enhetschefen", "due": None, "is_late": False,
        "status": status, "comment": "", "since": date(2026, 2, 10), "dated": date(2026, 8, 31),
        "references": references,
    }  # fmt: skip
    return Activity(**(given | more))


def pursued(
    *activities: Activity, goal: str = "1:1", status: ActivityStatus = ActivityStatus.PARTLY, judged: bool = False
) -> Goals:
    """One goal with those activities."""
    return Goals(pursued=(PursuedGoal(goal, activities, status, judged),))


def page(template: str, **parts: Any) -> str:
    """A partial template as it stands in the page."""
    environment = html._environment()
    return environment.from_string(_PAGE).render(template=template, run=fakes.run_info(), **parts)
