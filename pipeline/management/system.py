"""Internal control, requirements and the plan of follow-up, read together as of a period's last day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from pipeline.config import Config
from pipeline.database import Database
from pipeline.management import controls, followup, requirements
from pipeline.management.naming import nearest
from pipeline.management.ours import Ours
from pipeline.management.register import Register
from pipeline.management.warnings import merged
from pipeline.model import Metric, Warned
from pipeline.model.management import Management, PlanItem
from pipeline.periods import Period


def read(database: Database, config: Config, period: Period, metrics: Mapping[str, Metric]) -> Management:
    """What the loaded extracts tell, with what of it should be told in the quality report.

    Needs `loaded.*` alone. What is dated after the period's last day has not happened.
    """
    day = period.ends
    ours, register = Ours.read(database, config), Register.read(database, day)
    measures = [name for (name,) in database.rows("select distinct measure from loaded.measurements order by measure")]
    demanded = requirements.read(database, ours, register, day, metrics, measures)
    plan = followup.read(database, ours, register, day, metrics, measures)
    named = [
        *(("requirements", one.requirement, name) for one in demanded for name in one.unknown),
        *(("followup_plan", item.definition, name) for item in plan for name in item.unknown),
    ]
    return Management(
        controls=controls.read(database, config, ours, day),
        requirements=demanded,
        plan=plan,
        faults=merged([*_unknown_metrics(named, metrics, measures), *_unread(plan)]),
    )


def _unknown_metrics(
    named: Iterable[tuple[str, str, str]], metrics: Mapping[str, Metric], measures: Collection[str]
) -> Iterator[Warned]:
    for extract, where, name in named:
        text = f"Måttet ”{name}” finns inte bland måtten. {nearest(name, metrics, measures)}"
        yield Warned(extract, f"{extract}_metric_unknown", text, 1, (where,))


def _unread(plan: Iterable[PlanItem]) -> Iterator[Warned]:
    for item in plan:
        if item.unread:
            text = (
                f"Mättillfället ”{item.schedule}” går inte att läsa i sin helhet. Det som inte kan läsas saknas i"
                " uppföljningsplanens kalender."
            )
            yield Warned("followup_plan", "followup_schedule_unread", text, 1, (item.definition,))
