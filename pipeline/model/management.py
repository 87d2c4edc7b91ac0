"""Internal control, requirements and the plan of follow-up, as they stood on a report's last day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pipeline.model.goals import Reference
from pipeline.model.metrics import Level
from pipeline.model.quality import Warned
from pipeline.model.references import EVERYWHERE, Place


class ControlOutcome(StrEnum):
    """What a control found; the words of the extract contract, from the gravest."""

    MAJOR = "stor avvikelse"
    MINOR = "mindre avvikelse"
    NOT_DONE = "ej utförd"
    NONE = "ingen avvikelse"


class Gap(StrEnum):
    """What is missing for a requirement to be followed up, in the words of the report."""

    NO_ROUTINE = "rutin saknas"
    LATE_REVISION = "översyn försenad"
    NO_REVISION = "översyn inte planerad"
    NO_METHOD = "uppföljningsmetod saknas"
    NO_RESPONSIBLE = "ansvarig saknas"
    NO_METRIC = "mått saknas"


@dataclass(frozen=True)
class Finding:
    """What was written of a control in a unit's latest row; `unit` is empty where the row names none.

    `is_of_few`: the row stands on so few that its words may tell of somebody.
    """

    unit: str = ""
    analysis: str = ""
    action: str = ""
    is_of_few: bool = False


@dataclass(frozen=True)
class Control:
    """A risk and how it is controlled, by the rows of the report's year.

    `outcome` is None when it was neither given nor can be judged. `is_given`: the municipality has given it itself in
    a unit's latest row, else it follows from all rows of the year and the thresholds, and `is_of_few` then says that
    these are so few that it must not be told. `is_due`: it was carried out the year before, but not yet this year;
    `day` is then that earlier day. `findings` are the units' latest. `probability` and `consequence` are 1–4.
    """

    risk: str
    control: str
    units: tuple[str, ...]
    day: date
    outcome: ControlOutcome | None
    is_given: bool = False
    is_of_few: bool = False
    is_due: bool = False
    probability: int | None = None
    consequence: int | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def category(self) -> str:
        """What the control is called in the breakdown of figures."""
        return f"{self.risk}: {self.control}"

    @property
    def is_undone(self) -> bool:
        """Whether it should have been carried out and was not."""
        return self.is_due or self.outcome is ControlOutcome.NOT_DONE


@dataclass(frozen=True)
class Requirement:
    """What a law or regulation demands, and how the municipality sees to it and follows it up.

    `place`: whose figures answer it: its unit's or programme's, those of its area, else the committee's.
    """

    regulation: str
    requirement: str
    area: str = ""
    force: str = ""
    unit: str = ""
    routine: str = ""
    revised: date | None = None
    next_revision: date | None = None
    method: str = ""
    responsible: str = ""
    references: tuple[Reference, ...] = ()
    unknown: tuple[str, ...] = ()  # what it names as metrics that nothing is called
    place: Place = EVERYWHERE

    def gaps(self, day: date) -> tuple[Gap, ...]:
        """What is missing as of a day; a routine that was looked over on its day of revision or later is not late.

        A routine whose next revision has no day will never be late: that nobody has planned it is a gap of its own.
        """
        found = {
            Gap.NO_ROUTINE: not self.routine,
            Gap.LATE_REVISION: bool(self.routine) and self._is_late(day),
            Gap.NO_REVISION: bool(self.routine) and self.next_revision is None,
            Gap.NO_METHOD: not self.method,
            Gap.NO_RESPONSIBLE: not self.responsible,
            Gap.NO_METRIC: not self.references,
        }
        return tuple(gap for gap, is_there in found.items() if is_there)

    def _is_late(self, day: date) -> bool:
        planned = self.next_revision
        return planned is not None and planned < day and (self.revised is None or self.revised < planned)


@dataclass(frozen=True)
class Measured:
    """A figure that something in the plan is followed up with.

    `days`: the days that its own rows are dated, oldest first, for what is measured by hand (reviews, surveys, …);
    None for what is drawn from a case system, which is there whenever an extract is delivered.
    """

    reference: Reference
    days: tuple[date, ...] | None = None


@dataclass(frozen=True)
class PlanItem:
    """Something that is to be followed up at a unit, and when.

    `scope` tells whose figures follow it: the unit's own, or the committee's where the unit is none of the register.
    `due` holds every due day from the last one before the report's year to the first one after its last day;
    `unread`: parts of `schedule` that could not be read.
    """

    area: str
    unit: str
    definition: str
    method: str
    responsible: str
    schedule: str
    due: tuple[date, ...]
    scope: Level = Level.UNIT
    goal: str = ""
    level: str = ""
    requirement: str = ""
    kind: str = ""
    measured: tuple[Measured, ...] = ()
    unknown: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True)
class Management:
    """All three, and what should be told of them in the quality report."""

    controls: tuple[Control, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    plan: tuple[PlanItem, ...] = ()
    faults: tuple[Warned, ...] = ()
