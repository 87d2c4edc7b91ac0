"""The goal tree: read, looked over for faults, and turned into the targets that figures are judged by.

Source: the extract contract's *goals*. Shares are written in per cent. A target that cannot be understood is not
judged, and the quality report says so; the rest of the tree stands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import Any, TypeVar

from pipeline.config import Config, Target
from pipeline.database import Database
from pipeline.language import later
from pipeline.management import activities
from pipeline.management.naming import MEASURE, natural_order, nearest, references
from pipeline.management.ours import Ours
from pipeline.management.warnings import merged
from pipeline.model import Metric, Statistic, Warned, swedish_order
from pipeline.model.goals import Aim, Better, DeliveryGoal, DirectionGoal, EffectGoal, Goals, PursuedGoal, Reference
from pipeline.privacy import mask

_EXTRACT = "goals"
_ROWS = """
select direction, effect, delivery, metric, statistic, area, unit, target, better, valid_from, valid_to
from loaded.goals
"""
# A measure is a share where any of its rows has a numerator and a denominator, else a value as delivered.
_MEASURES = """
select measure, coalesce(bool_or(numerator is not null and denominator is not null), false)
from loaded.measurements
group by measure
order by measure
"""
# The words of the extract, each with the statistics that it may mean, the first that the metric has.
_STATISTICS = {
    "andel": (Statistic.SHARE, Statistic.AGREEMENT),
    "antal": (Statistic.COUNT, Statistic.VALUE),
    "medel": (Statistic.MEAN, Statistic.VALUE),
    "median": (Statistic.MEDIAN, Statistic.KM_MEDIAN, Statistic.VALUE),
}
_BETTER: Mapping[str, Better] = {"högre": "higher", "lägre": "lower"}
_WORDS: Mapping[str, str] = {better: word for word, better in _BETTER.items()}
_HIGHEST_SHARE = 100

Row = Mapping[str, Any]
_Any = TypeVar("_Any")


def read(database: Database, config: Config, metrics: Mapping[str, Metric], day: date) -> Goals:
    """The committee's goal tree, and its activities as they stood on the period's last day, with their faults."""
    ours = Ours.read(database, config)
    measures = dict(database.rows(_MEASURES))
    rows = [_row(values) for values in database.rows(_ROWS)]
    own = [row for row in rows if ours.includes(row["area"], row["unit"])]
    elsewhere = {row["delivery"] for row in rows} - {row["delivery"] for row in own}
    read_aims = [(row, *_aim(row, metrics, measures)) for row in own]
    pursued, faults_of_activities = activities.read(database, ours, metrics, measures, day, elsewhere)
    aims = [aim for _, aim, _ in read_aims]
    of_delivery = [(row["delivery"], aim) for row, aim, _ in read_aims]
    return Goals(
        tree=_tree([(row, aim) for row, aim, _ in read_aims]),
        pursued=tuple(_narrowed(goal, of_delivery, metrics) for goal in pursued),
        faults=(*merged(w for _, _, w in read_aims if w), *_overlaps(aims, metrics), *faults_of_activities),
    )


def targets(goals: Goals, metrics: Mapping[str, Metric]) -> tuple[Target, ...]:
    """The targets to judge by, shares in per cent as in the configuration.

    Of two for the same figure that hold at once the one to use stands first: the one that came into force last, and of
    those the harder.
    """
    ordered = sorted(_usable(goals.aims()), key=lambda aim: _precedence(aim, metrics))
    return tuple(_target(aim, metrics) for aim in ordered)


def _row(values: tuple[Any, ...]) -> dict[str, Any]:
    names = (
        "direction", "effect", "delivery", "metric", "statistic", "area", "unit", "target", "better", "valid_from",
        "valid_to",
    )  # fmt: skip
    masked = (mask(value) if isinstance(value, str) else value for value in values)
    return dict(zip(names, masked, strict=True))


# --- one aim --------------------------------------------------------------------------------------------------------


def _aim(row: Row, metrics: Mapping[str, Metric], measures: Mapping[str, bool]) -> tuple[Aim, Warned | None]:
    found, _ = references(row["metric"], metrics, measures)
    aim = Aim(
        named=row["metric"],
        reference=found[0] if len(found) == 1 and found[0].metric in metrics else None,
        statistic=None,
        target=row["target"],
        better=_BETTER.get(row["better"] or "", ""),
        area=row["area"] or "",
        unit=row["unit"] or "",
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
    )
    if len(found) > 1:
        text = f"Cellen ”{aim.named}” i målträdet nämner flera mått. Skriv en rad för varje mått."
        return _faulty(aim, later("flera mått på en rad"), "goal_metric_unknown", text, row)
    if aim.reference is None:
        text = f"Måttet ”{aim.named}” i målträdet finns inte bland måtten. {nearest(aim.named, metrics, measures)}"
        return _faulty(aim, later("måttet är okänt"), "goal_metric_unknown", text, row)
    metric = metrics[aim.reference.metric]
    aim = replace(aim, statistic=_statistic(row["statistic"], metric, measures.get(aim.reference.category)))
    for short, rule, text in _faults(aim, row["statistic"], metric):
        return _faulty(aim, short, rule, f"{text} Målet bedöms inte.", row)
    return aim, None


def _faulty(aim: Aim, short: str, rule: str, text: str, row: Row) -> tuple[Aim, Warned]:
    return replace(aim, fault=short), Warned(_EXTRACT, rule, text, 1, (row["delivery"],))


def _statistic(word: str | None, metric: Metric, is_share: bool | None) -> Statistic | None:
    if word:
        return next((s for s in _STATISTICS[word] if s in metric.statistics), None)
    if metric.metric_id == MEASURE and is_share is False and Statistic.VALUE in metric.statistics:
        return Statistic.VALUE
    return metric.judged


def _faults(aim: Aim, word: str | None, metric: Metric) -> Iterator[tuple[str, str, str]]:
    """What makes the aim impossible to judge: briefly for the goal's own row, the rule's name, in a sentence."""
    name = f"Målet för ”{aim.named}”"
    if aim.statistic is None:
        text = f"{name} anges som {word}, men måttet redovisas inte som {word}."
        yield later("måttet redovisas inte som {word}", word=word), "goal_statistic_unsuitable", text
        return
    if aim.target < 0:
        yield (
            later("målet är under noll"),
            "goal_target_outside",
            f"{name} är {_number(aim.target)} och kan inte vara under 0.",
        )
    if aim.statistic.is_share and aim.target > _HIGHEST_SHARE:
        text = f"{name} är {_number(aim.target)}, men en andel anges i procent och kan vara högst 100."
        yield later("målet är över 100 %"), "goal_target_outside", text
    if aim.better and metric.better and aim.better != metric.better:
        text = (
            f"{name} säger att {_WORDS[aim.better]} är bättre, men för måttet är {_WORDS[metric.better]} värden bättre."
        )
        yield later("riktningen är tvärtemot måttets"), "goal_direction_contrary", text
    if not aim.better and not metric.better:
        text = f"{name} saknar riktning (högre eller lägre), och måttet har ingen egen."
        yield later("riktning saknas"), "goal_direction_missing", text
    if aim.valid_from and aim.valid_to and aim.valid_to < aim.valid_from:
        text = f"{name} slutar gälla {aim.valid_to}, före dagen då det börjar gälla, {aim.valid_from}."
        yield later("målet slutar gälla innan det börjar"), "goal_validity_reversed", text


def _number(value: float) -> str:
    return f"{value:g}".replace(".", ",")


# --- targets --------------------------------------------------------------------------------------------------------


def _target(aim: Aim, metrics: Mapping[str, Metric]) -> Target:
    metric_id, _, area, unit, category = _figure(aim)
    return Target(
        metric=metric_id,
        statistic=str(aim.statistic),
        value=aim.target,
        area=area,
        unit=unit,
        category=category,
        better="" if metrics[metric_id].better else aim.better,
        valid_from=aim.valid_from,
        valid_to=aim.valid_to,
    )


def _usable(aims: Iterable[Aim]) -> list[Aim]:
    return [aim for aim in aims if not aim.fault and aim.reference is not None]


def _figure(aim: Aim) -> tuple[str, str, str, str, str]:
    """What the aim is of: metric, statistic, area, unit, category. A unit already stands in its area."""
    reference = aim.reference or Reference(aim.named)
    return reference.metric, str(aim.statistic), "" if aim.unit else aim.area, aim.unit, reference.category


def _precedence(aim: Aim, metrics: Mapping[str, Metric]) -> tuple[int, float]:
    better = metrics[_figure(aim)[0]].better or aim.better
    harder = aim.target if better == "higher" else -aim.target
    return -(aim.valid_from or date.min).toordinal(), -harder


def _overlaps(aims: Iterable[Aim], metrics: Mapping[str, Metric]) -> Iterator[Warned]:
    """A warning for each figure that has different targets at the same time."""
    by_figure: dict[tuple[str, ...], list[Aim]] = defaultdict(list)
    for aim in _usable(aims):
        by_figure[tuple(part.casefold() for part in _figure(aim))].append(aim)
    for same in by_figure.values():
        together = [(one, other) for one, other in combinations(same, 2) if one.target != other.target]
        clashing = sorted({aim.target for pair in together if _at_once(*pair) for aim in pair})
        if clashing:
            metric_id, _, area, unit, category = _figure(same[0])
            whose = ", ".join(filter(None, (metrics[metric_id].title, category, unit or area)))
            text = (
                f"Flera mål för ”{whose}” gäller samtidigt: {', '.join(map(_number, clashing))}. Det som började gälla"
                " senast används, och av dem som började gälla samma dag det strängaste."
            )
            yield Warned(_EXTRACT, "goal_targets_overlap", text, 1)


def _at_once(one: Aim, other: Aim) -> bool:
    starts = max(one.valid_from or date.min, other.valid_from or date.min)
    return starts <= min(one.valid_to or date.max, other.valid_to or date.max)


# --- the tree -------------------------------------------------------------------------------------------------------


def _tree(rows: Iterable[tuple[Row, Aim]]) -> tuple[DirectionGoal, ...]:
    nested: dict[str, dict[str, dict[str, list[Aim]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for row, aim in rows:
        nested[row["direction"] or ""][row["effect"] or ""][row["delivery"]].append(aim)
    return tuple(
        DirectionGoal(
            direction,
            tuple(
                EffectGoal(effect, tuple(DeliveryGoal(text, _in_order(aims)) for text, aims in _sorted(deliveries)))
                for effect, deliveries in _sorted(effects)
            ),
        )
        for direction, effects in _sorted(nested)
    )


def _sorted(named: Mapping[str, _Any]) -> list[tuple[str, _Any]]:
    """By name; what has none last."""
    return sorted(named.items(), key=lambda item: (not item[0], natural_order(item[0])))


def _in_order(aims: Iterable[Aim]) -> tuple[Aim, ...]:
    def place(aim: Aim) -> tuple[Any, ...]:
        return natural_order(aim.named), aim.area, aim.unit, aim.valid_from or date.min, aim.target

    return tuple(sorted(aims, key=place))


def _narrowed(
    pursued: PursuedGoal, of_delivery: Iterable[tuple[str, Aim]], metrics: Mapping[str, Metric]
) -> PursuedGoal:
    """The goal with its activities' figures in the areas that its aims are for, where a metric is told by area."""
    areas: dict[str, set[str]] = defaultdict(set)
    for delivery, aim in of_delivery:
        if delivery == pursued.goal and aim.reference and metrics[aim.reference.metric].headline_by == "area":
            areas[aim.reference.metric].add(aim.area)
    activities = tuple(
        replace(activity, references=tuple(one for given in activity.references for one in _in_areas(given, areas)))
        for activity in pursued.activities
    )
    return replace(pursued, activities=activities)


def _in_areas(reference: Reference, areas: Mapping[str, set[str]]) -> tuple[Reference, ...]:
    named = areas.get(reference.metric, set())
    if reference.category or not named or "" in named:
        return (reference,)
    return tuple(Reference(reference.metric, area) for area in sorted(named, key=swedish_order))
