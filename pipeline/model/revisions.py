"""Revisions: published figures that a later run gives otherwise, by how much and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pipeline.model.figures import Figure
from pipeline.periods import Period, Window


class Cause(StrEnum):
    """Why a published figure has changed; of each figure the first that holds, in this order.

    A target that changed as well is told beside it, see `Revision`.
    """

    NOW_MEASURED = "now_measured"  # the extract or column was missing then
    NOW_MISSING = "now_missing"  # it is missing now
    TARGET = "target"  # the same outcome, another target
    DEFINITION = "definition"  # the metric's SQL file is another
    LIMITS = "limits"  # a limit of the configuration that the metric uses, or that its status hangs on
    PRELIMINARY = "preliminary"  # the extract was delivered before the time had ended
    ROWS = "rows"  # registered late, mended, or taken away: the extracts' contents differ
    SETTINGS = "settings"  # something else in the configuration or the profiles
    PROGRAM = "program"  # nothing that was delivered or set: the program reckons otherwise


@dataclass(frozen=True, order=True)
class Published:
    """A report that was published: of which period, and on which day."""

    day: date
    period: Period


@dataclass(frozen=True)
class Revision:
    """A figure as it was published and as it is now: the same metric and place, and the same days of time.

    `window` is the time, among those of this run; both figures bear its key. Neither is hidden. `has_other_target`: the
    target it is held against has changed too, where that is not the cause itself.
    """

    window: Window
    before: Figure
    now: Figure
    since: Published
    cause: Cause
    has_other_target: bool = False


@dataclass(frozen=True)
class Revisions:
    """What was compared, newest report first, and what had changed, the largest change first.

    `covered` are changes that a row of `changed` tells already: of a category that is its total, of a target once more.
    """

    compared: tuple[Published, ...] = ()
    changed: tuple[Revision, ...] = ()
    covered: tuple[Revision, ...] = ()


@dataclass(frozen=True)
class PublishedFigure:
    """A figure as an earlier publication told or hid it, and the days that it is of; its key's window is that one's.

    A hidden one is marked so, and holds what was measured where that is still known.
    """

    publication: int
    is_stock: bool
    starts: date
    ends: date
    figure: Figure
