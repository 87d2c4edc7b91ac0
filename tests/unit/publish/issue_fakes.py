"""Published reports of an invented committee: three tertials and a year, with a figure hidden in one of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pipeline.model import Figure, Key, Metric, Status
from pipeline.model.issues import Issue, issue
from pipeline.periods import Period
from tests.unit.publish import fakes

SHARE, LAW, DAYS = "investigation_within_120_days", "preassessment_within_14_days", "investigation_days"
AREA = "Barn och unga"


def metrics() -> dict[str, Metric]:
    """A share with a target, one that the law demands, and days told by area."""
    return {name: fakes.metrics()[name] for name in (SHARE, LAW, DAYS)}


def made(
    code: str,
    hits: int,
    status: Status,
    *,
    days: float | None = 80.0,
    run_id: str = "",
    day: date | None = None,
    definitions: Mapping[str, str] | None = None,
) -> Issue:
    """The report of a period: `hits` of 100 within 120 days; days None = hidden."""
    period = Period.parse(code)
    window = period.judged_flow_kind

    def key(metric_id: str, breakdown: str = "", category: str = "") -> Key:
        judged = fakes.metrics()[metric_id].judged
        return Key(metric_id, judged, window, 1, fakes.COMMITTEE, breakdown, category)

    of_days = key(DAYS, "area", AREA)
    found = [
        Figure(key(SHARE), period.ends, hits, 100, hits / 100, target=0.9, status=status),
        Figure(key(LAW), period.ends, 48, 50, 0.96),
        Figure(of_days, period.ends, target=90.0, suppressed=True)
        if days is None
        else Figure(of_days, period.ends, None, 40, days, target=90.0, status=Status.MET),
    ]
    figures = {one.key: one for one in found}
    return issue(day or period.ends, period, run_id or f"run-{code}", figures, definitions or {SHARE: "a"})


def issues() -> tuple[Issue, ...]:
    """In no order; the second tertial hides the days, and the third has another definition of the share."""
    return (
        made("2026T2", 92, Status.MET, definitions={SHARE: "b"}),
        made("2025T3", 70, Status.NOT_MET),
        made("2025", 86, Status.NEAR),
        made("2026T1", 70, Status.NOT_MET, days=None),
    )
