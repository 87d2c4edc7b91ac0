"""The targets of config.toml: what each may say, and that no two say different things of one figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationInfo, field_validator

from pipeline import config_faults
from pipeline.config.values import Section, Text
from pipeline.config_faults import Fault
from pipeline.model import Statistic

# Metric id → the statistic that is judged; None where only the ids are known.
Judged = Mapping[str, str | None]


class Target(Section):
    """A target of one metric; shares in per cent as written, see `judging` for 0–1.

    An empty statistic is the metric's judged one; empty area and unit mean the committee as a whole. A `category` is
    one of the breakdown that the metric is told by (`headline_by`: a measure, a question). `better` says which
    direction is better where the metric itself says none.
    """

    metric: Text
    statistic: str = ""
    value: Annotated[float, Field(ge=0)]
    area: str = ""
    unit: str = ""
    category: str = ""
    better: Literal["", "higher", "lower"] = ""
    valid_from: date | None = None
    valid_to: date | None = None

    @field_validator("metric")
    @classmethod
    def _is_in_the_catalogue(cls, metric: str, info: ValidationInfo) -> str:
        known = _known_metrics(info)
        if known is not None and metric not in known:
            raise ValueError(f"”{metric}” finns inte i måttkatalogen. {config_faults.suggestion(metric, known)}")
        return metric

    @field_validator("statistic")
    @classmethod
    def _is_a_statistic(cls, statistic: str) -> str:
        known = [str(one) for one in Statistic if not one.is_spread]
        if statistic and statistic not in known:
            raise ValueError(f"”{statistic}” är okänt. {config_faults.suggestion(statistic, known)}")
        return statistic

    @field_validator("value")
    @classmethod
    def _share_is_in_per_cent(cls, value: float, info: ValidationInfo) -> float:
        if value > 100 and _statistic(info.data, _known_metrics(info) or {}) == Statistic.SHARE:
            raise ValueError(f"är {value:g}, men en andel anges i procent och ska vara 0–100")
        return value

    @field_validator("valid_to")
    @classmethod
    def _ends_after_it_starts(cls, ends: date | None, info: ValidationInfo) -> date | None:
        starts = info.data.get("valid_from")
        if starts and ends and ends < starts:
            raise ValueError(f"är {ends}, före valid_from {starts}; ska vara samma dag eller senare")
        return ends


def faults(document: dict[str, Any], known_metrics: Judged) -> Iterator[Fault]:
    """Targets that hold for the same figure on the same day."""
    earlier: dict[tuple[str, ...], list[tuple[int, Target]]] = {}
    for index, target in _sound_targets(document):
        statistic = _statistic(target.model_dump(), known_metrics)
        same = earlier.setdefault(
            (target.metric, statistic, target.area.casefold(), target.unit.casefold(), target.category.casefold()), []
        )
        for number, other in same:
            if _overlap(target, other):
                text = f"gäller samma mått under samma tid som mål nr {number + 1}; giltigheten får inte överlappa"
                yield Fault(("targets", index), text)
        same.append((index, target))


def _sound_targets(document: dict[str, Any]) -> Iterator[tuple[int, Target]]:
    targets = document.get("targets")
    for index, given in enumerate(targets if isinstance(targets, list) else ()):
        target = Target.sound(given)
        if target is not None:
            yield index, target


def _overlap(one: Target, other: Target) -> bool:
    starts = max(one.valid_from or date.min, other.valid_from or date.min)
    return starts <= min(one.valid_to or date.max, other.valid_to or date.max)


def _known_metrics(info: ValidationInfo) -> Judged | None:
    return (info.context or {}).get("known_metrics")


def _statistic(target: dict[str, Any], known_metrics: Judged) -> str:
    return str(target.get("statistic") or known_metrics.get(target.get("metric", "")) or "")
