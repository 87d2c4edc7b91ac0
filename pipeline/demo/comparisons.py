"""What the invented municipality is compared with: indicators, municipalities and result files that do not exist.

No real indicator, municipality or value: ids begin with X, and every title says that it is invented. It shows what
the report looks like once `compare fetch` and `compare import` have been run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.demo.chance import Chance
from pipeline.language import later
from pipeline.model import Key, Level, Statistic
from pipeline.model.comparison import (
    Comparisons,
    Delivery,
    Indicator,
    Kind,
    Mean,
    Missing,
    Observation,
    Pair,
    Party,
    Source,
)
from pipeline.periods import Period

_SEED = 6
_YEARS = 5
_FETCHED_AFTER = timedelta(days=5)
_SIMILAR = ("Ekvik", "Granstad", "Lindnäs", "Mossberga", "Sälgby", "Tallås", "Videholm")
_COUNTY, _NATION = later("Påhittade län"), later("Riket (påhittat)")
_ALIKE = later("Liknande kommuner (påhittade)")
_SPREAD = 0.18  # of a level, between municipalities
_SEXES = {"T": 0.0, "K": 0.02, "M": -0.02}
_WINDOWS = ("tertial", "half", "quarter", "ytd", "r12", "stock")
_COMMITTEE = "Socialnämnden"


@dataclass(frozen=True)
class _Story:
    """An indicator: its level in the first year and the last, ours in the last, and what is said of it."""

    indicator_id: str
    title: str
    levels: tuple[float, float]
    ours: float
    unit: str = "%"
    better: str = "higher"
    source: Source = Source.KOLADA
    ended_before: int = 0  # years before the last year of the others


_WITH_METRIC: Mapping[str, tuple[tuple[_Story, tuple[str, ...], str], ...]] = {
    "plan_current": (
        (
            _Story("X10001", later("Påhittat nyckeltal: boende med aktuell genomförandeplan, andel (%)"), (66, 74), 83),
            (
                later("Nyckeltalet gäller boende enligt LSS, vår siffra alla insatser som ska ha en plan."),
                later(
                    "Nyckeltalet bygger på enheternas svar i en enkät, vår siffra på alla insatser i"
                    " verksamhetssystemet."
                ),
            ),
            "",
        ),
    ),
    "plan_current_participation": (
        (
            _Story(
                "Påhittad enkät: Dokumenterad delaktighet",
                later("Påhittad enkät: dokumenterad delaktighet, andel (%)"),
                (58, 63), 61, source=Source.OPPNA_JAMFORELSER,
            ),
            (later("De andras värden är enheternas egna svar i en enkät."),),
            "",
        ),
    ),
    "investigation_days": (
        (
            _Story(
                "X10002", later("Påhittat nyckeltal: utredningstid i barnutredningar, medelvärde (dagar)"),
                (118, 109), 104,
                "dagar", "lower", ended_before=5,
            ),
            (),
            later("Nyckeltalet är nedlagt, och det räknade tiden från ansökan, inte från att utredningen inleddes."),
        ),
    ),
}  # fmt: skip
_NATIONAL: Mapping[str, tuple[_Story, ...]] = {
    later("Placeringar"): (
        _Story(
            "X20001", later("Påhittat nyckeltal: barn 0–20 år i familjehem, antal per 1 000"), (5.6, 5.1), 4.2, "", ""
        ),
        _Story("X20002", later("Påhittat nyckeltal: unga som inte placeras igen, andel (%)"), (81, 84), 79),
    ),
    later("Brukarundersökningar"): (
        _Story("X20003", later("Påhittat nyckeltal: nöjda med stödet som helhet, andel (%)"), (86, 88), 95),
        _Story("X20004", later("Påhittat nyckeltal: kan påverka sitt stöd, andel (%)"), (74, 73), 62),
    ),
}
# Metric → its statistic and category, the others' level, and how far apart they are.
_EXCHANGED: Mapping[str, tuple[Statistic, str, str, float, float]] = {
    "preassessment_within_14_days": (Statistic.SHARE, "", "", 0.91, 0.12),
    "investigation_within_120_days": (Statistic.SHARE, "", "", 0.7, 0.3),
    "investigation_days": (Statistic.MEAN, "area", "Barn och unga", 108, 40),
    "decision_unexecuted_over_3_months": (Statistic.SHARE, "", "", 0.2, 0.2),
    "plan_current": (Statistic.SHARE, "", "", 0.72, 0.3),
}
_HIDES = ("Lindnäs", "decision_unexecuted_over_3_months")  # one of the files has a protected figure


def comparisons(code: str, name: str, period: Period) -> Comparisons:
    """Everything that the invented municipality is compared with; the same for the same municipality and period."""
    fetched = period.ends + _FETCHED_AFTER
    make = _Maker(Party(Kind.OWN, code, name), period.year - 1, fetched)
    with_metric = [one for several in _WITH_METRIC.values() for one in several]
    stories = [*(story for story, _, _ in with_metric), *(story for under in _NATIONAL.values() for story in under)]
    return Comparisons(
        indicators={(story.source, story.indicator_id): make.indicator(story) for story in stories},
        pairs={metric: tuple(_pair(metric, *one) for one in several) for metric, several in _WITH_METRIC.items()},
        national={
            heading: tuple((story.source, story.indicator_id) for story in under)
            for heading, under in _NATIONAL.items()
        },
        deliveries=tuple(_deliveries(period, fetched)),
    )


def _pair(metric: str, story: _Story, differences: tuple[str, ...], refused: str) -> Pair:
    return Pair(metric, story.source, story.indicator_id, "", "", "", differences, refused)


class _Maker:
    """Makes the indicators of one municipality and its invented neighbours."""

    def __init__(self, own: Party, last: int, fetched: date) -> None:
        self._own, self._last, self._fetched = own, last, fetched
        self._others = [Party(Kind.MUNICIPALITY, f"X{at:03}", name) for at, name in enumerate(_SIMILAR, start=1)]
        members = tuple(party.code for party in self._others)
        self._many = (
            Party(Kind.SIMILAR, "XG1", _ALIKE, Mean.UNWEIGHTED, members),
            Party(Kind.COUNTY, "X0", _COUNTY, Mean.UNWEIGHTED),
            Party(Kind.NATION, "X00", _NATION, Mean.WEIGHTED),
        )

    def indicator(self, story: _Story) -> Indicator:
        last = self._last - (story.ended_before)
        return Indicator(
            source=story.source,
            indicator_id=story.indicator_id,
            title=story.title,
            description="Påhittat för att visa hur rapporten ser ut.",
            unit=story.unit,
            better=story.better,
            observations=tuple(self._observations(story, last)),
            fetched=self._fetched,
            discontinued=bool(story.ended_before),
            last_year=last if story.ended_before else None,
        )

    def _observations(self, story: _Story, last: int) -> Iterator[Observation]:
        chance = Chance(_SEED, 0, story.indicator_id)
        apart = {party: float(chance.uniform(1)[0]) - 0.5 for party in (*self._others, *self._many)}
        first, end = story.levels
        most = 100.0 if story.unit == "%" else float("inf")
        for at in range(_YEARS):
            year, part = last - _YEARS + 1 + at, at / (_YEARS - 1)
            level = first + (end - first) * part
            values = {party: level * (1 + apart[party] * 2 * _SPREAD) for party in self._others}
            similar, county, nation = self._many
            values[similar] = sum(values.values()) / len(values)
            values[county], values[nation] = level * 0.99, level
            values[self._own] = level + (story.ours - end) * part + level * 0.03 * float(chance.uniform(1)[0])
            for party, value in values.items():
                for gender, more in _SEXES.items():
                    told = min(value * (1 + more), most)
                    yield Observation(party, year, gender, round(told, 1))


def _deliveries(period: Period, imported: date) -> Iterator[Delivery]:
    for at, name in enumerate(_SIMILAR[:4], start=1):
        party = Party(Kind.MUNICIPALITY, f"X{at:03}", name)
        yield Delivery(party, period.code, dict(_figures(name, list(_EXCHANGED))), imported)


def _figures(name: str, metrics: Sequence[str]) -> Iterator[tuple[Key, tuple[float | None, Missing | None]]]:
    for metric in metrics:
        statistic, breakdown, category, level, apart = _EXCHANGED[metric]
        chance = Chance(_SEED, 1, f"{name} {metric}")
        for window in _WINDOWS:
            key = Key(metric, statistic.value, window, int(Level.COMMITTEE), _COMMITTEE, breakdown, category)
            value = level + apart * (float(chance.uniform(1)[0]) - 0.5)
            is_hidden = (name, metric) == _HIDES
            yield key, ((None, Missing.HIDDEN) if is_hidden else (round(value, 4), None))
