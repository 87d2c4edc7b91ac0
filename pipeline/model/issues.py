"""Issues: the reports that stand published, each with the figures that it is judged by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pipeline.model.figures import Figure, Figures, Key
from pipeline.model.metrics import Level
from pipeline.model.revisions import Published
from pipeline.periods import Period, windows


@dataclass(frozen=True)
class Issue:
    """A published report: its period and day, and the committee's own judged figures as they were published.

    `definitions`: metric → hash of its SQL file, by which a changed definition is seen.
    """

    published: Published
    run_id: str
    figures: Figures
    definitions: Mapping[str, str] = field(default_factory=dict)

    @property
    def period(self) -> Period:
        """The period that it is of."""
        return self.published.period


def issue(
    day: date, period: Period, run_id: str, figures: Mapping[Key, Figure], definitions: Mapping[str, str]
) -> Issue:
    """The issue of a report, of whose figures those of the committee in the judged windows are kept."""
    own = {window.window_id: window for window in windows(period) if window.series == "report"}
    judged = {period.judged_flow_kind, "stock"}
    kept = {key: one for key, one in figures.items() if key.level == Level.COMMITTEE and key.window in judged}
    return Issue(
        published=Published(day, period),
        run_id=run_id,
        figures=Figures(period, own, kept, changes={}, missing={}, omitted={}),
        definitions=dict(definitions),
    )
