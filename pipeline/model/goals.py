"""The committee's goals, what is done to reach them, and what a cell that names a figure points at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from pipeline.model.metrics import Statistic
from pipeline.model.quality import Warned

Better = Literal["", "higher", "lower"]


@dataclass(frozen=True, order=True)
class Reference:
    """A metric of the catalogue, or one category of the breakdown that its figures are told by.

    A measure of the extract with measured values is `Reference("measure", its name)`.
    """

    metric: str
    category: str = ""


class ActivityStatus(StrEnum):
    """How far an activity, or all of a goal's, has come; the words of the extract contract."""

    DONE = "genomfört"
    PARTLY = "delvis genomfört"
    NOT_DONE = "ej genomfört"
    NOT_JUDGED = "ej bedömt"


@dataclass(frozen=True)
class Aim:
    """One figure that shows whether a goal is reached: which, and what it is to be.

    `named` is the cell as it stands; `reference` None when it names nothing that is known. `target` is as written:
    shares in per cent. `better` "" leaves it to the metric. `fault` tells briefly in Swedish why it is not judged.
    """

    named: str
    reference: Reference | None
    statistic: Statistic | None
    target: float
    better: Better = ""
    area: str = ""
    unit: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    fault: str = ""

    def has_ended(self, day: date) -> bool:
        """Whether its last day is before that day."""
        return self.valid_to is not None and self.valid_to < day

    def starts_after(self, day: date) -> bool:
        """Whether its first day is after that day."""
        return self.valid_from is not None and self.valid_from > day


@dataclass(frozen=True)
class DeliveryGoal:
    """A goal that is measured (leveransmål)."""

    text: str
    aims: tuple[Aim, ...]


@dataclass(frozen=True)
class EffectGoal:
    """What the delivery goals under it are to lead to (effektmål); the text may be empty."""

    text: str
    deliveries: tuple[DeliveryGoal, ...]


@dataclass(frozen=True)
class DirectionGoal:
    """Where the committee wants to go (inriktningsmål); the text may be empty."""

    text: str
    effects: tuple[EffectGoal, ...]


@dataclass(frozen=True)
class Activity:
    """What is done to reach a goal, as it stood on the period's last day.

    `since` is the day of its first row, `dated` that of the latest. `references` are the figures that it is to move,
    `unknown` the names among them that nothing is called.
    """

    text: str
    unit: str
    responsible: str
    due: date | None
    is_late: bool
    status: ActivityStatus
    comment: str
    since: date
    dated: date
    references: tuple[Reference, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class PursuedGoal:
    """A goal with its activities; `is_judged`: the municipality has given the status itself, else it is computed."""

    goal: str
    activities: tuple[Activity, ...]
    status: ActivityStatus
    is_judged: bool


@dataclass(frozen=True)
class Goals:
    """The goal tree and the activities of a report, in the natural order of their names ("1:2" before "1:10").

    `faults` are those of the goal tree and of the activities, for the quality report.
    """

    tree: tuple[DirectionGoal, ...] = ()
    pursued: tuple[PursuedGoal, ...] = ()
    faults: tuple[Warned, ...] = ()

    def names(self) -> frozenset[str]:
        """What the goals are called, of the tree and of the activities; "" is none."""
        return frozenset(filter(None, (*self.in_order(), *(one.goal for one in self.pursued))))

    def in_order(self) -> Iterator[str]:
        """What the tree's goals are called, from the top: each with those under it; "" where one has no text."""
        for direction in self.tree:
            yield direction.text
            for effect in direction.effects:
                yield effect.text
                yield from (delivery.text for delivery in effect.deliveries)

    def aims(self) -> Iterator[Aim]:
        """Every aim of the tree, in its order."""
        for direction in self.tree:
            for effect in direction.effects:
                for delivery in effect.deliveries:
                    yield from delivery.aims
