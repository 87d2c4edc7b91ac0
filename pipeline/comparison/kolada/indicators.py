"""What is kept of Kolada as indicators: whose each value is, which indicators have ended, and what is missing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from statistics import fmean

from pipeline.comparison.kolada import parties
from pipeline.comparison.kolada.records import Content, Kpi, Value
from pipeline.comparison.kolada.storage import Kept
from pipeline.comparison.pairs import Wanted
from pipeline.model.comparison import Indicator, Kind, Mean, Missing, Observation, Party, Source

# An indicator that ended: "…, median (- 2024)".
_ENDED = re.compile(r"\s*\(\s*[-–]\s*(?P<year>\d{4})\s*\)\s*$")
_UNITS = (
    (re.compile(r"%"), "%"),
    (re.compile(r"antal dagar", re.IGNORECASE), "dagar"),
    (re.compile(r"kr/inv", re.IGNORECASE), "kr/inv"),
    (re.compile(r"/\s*1\s?000 inv|/1000", re.IGNORECASE), "per 1 000 invånare"),
    (re.compile(r"\bkr(onor)?$", re.IGNORECASE), "kr"),
    (re.compile(r"^antal\b|\bantal$", re.IGNORECASE), "antal"),
)
FEWEST = 3  # municipalities behind a mean that we make ourselves

# Gender and year, then whose.
_Values = Mapping[tuple[int, str], Mapping[str, Value]]


def indicators(kept: Kept, wanted: Iterable[Wanted], code: str, default_kind: str) -> tuple[Indicator, ...]:
    """Each wanted indicator with every value that is kept of it, seen from one municipality.

    One that Kolada does not have, or that has not been fetched, comes without values and with a note that says so.
    `default_kind` is the kind of similar municipalities for indicators that name none.
    """
    by_kpi = _by_kpi(kept.content)
    return tuple(_indicator(kept, one, by_kpi.get(one.indicator_id, {}), code, default_kind) for one in wanted)


def is_discontinued(kpi: Kpi) -> bool:
    """Whether Kolada will publish no more of it."""
    return not kpi.publ_period or _ENDED.search(kpi.title) is not None


def unit_of(title: str) -> str:
    """The unit that an indicator's title tells; "" where it tells none."""
    plain = _ENDED.sub("", title)
    return next((unit for shape, unit in _UNITS if shape.search(plain)), "")


def _indicator(kept: Kept, wanted: Wanted, values: _Values, code: str, default_kind: str) -> Indicator:
    kpi = kept.content.kpis.get(wanted.indicator_id)
    kind = wanted.similar or default_kind
    observations = _observations(kept.content, values, code, kind)
    ended = kpi is not None and is_discontinued(kpi)
    return Indicator(
        source=Source.KOLADA,
        indicator_id=wanted.indicator_id,
        title=_ENDED.sub("", kpi.title) if kpi else wanted.indicator_id,
        description=kpi.description if kpi else "",
        unit=unit_of(kpi.title) if kpi else "",
        better=wanted.better,
        observations=observations,
        fetched=kept.fetched.get(wanted.indicator_id),
        discontinued=ended,
        last_year=_last_year(kpi, values) if ended and kpi else None,
        note=" ".join(_notes(kept, kpi, wanted, code, kind, has_values=bool(values))),
    )


def _last_year(kpi: Kpi, values: _Values) -> int | None:
    """The year in the title, else the last with a value."""
    said = _ENDED.search(kpi.title)
    if said:
        return int(said["year"])
    return max((year for (year, _), by in values.items() if any(v is not None for v, _ in by.values())), default=None)


def _notes(kept: Kept, kpi: Kpi | None, wanted: Wanted, code: str, kind: str, *, has_values: bool) -> Iterator[str]:
    if kpi is None:
        yield f"Kolada har inget nyckeltal {wanted.indicator_id}, eller så har det inte hämtats."
        return
    if not has_values:
        yield "Inga värden finns hämtade."
        return
    if parties.similar_to(kept.content, code, kind) is None:
        yield f"Kolada anger inga liknande kommuner av slaget {kind} för kommunen."


def _observations(content: Content, values: _Values, code: str, kind: str) -> tuple[Observation, ...]:
    """Everyone's values. Where Kolada has no mean we make one of the municipalities' own, and its party says so."""
    many = parties.beside(content, code, kind)
    own = Party(Kind.OWN, code, content.places[code].title if code in content.places else code)
    singles = [Party(Kind.MUNICIPALITY, one, place.title) for one, place in sorted(content.places.items())
               if place.kind == "K" and one != code]  # fmt: skip
    found: list[Observation] = []
    for (year, gender), by in sorted(values.items()):
        for party in (own, *many, *singles):
            if (value := by.get(party.code)) is not None:
                found.append(Observation(party, year, gender, *value))
            elif (mean := _made(party, by)) is not None:
                found.append(Observation(replace(party, mean=Mean.OURS), year, gender, mean))
    return tuple(found)


def _made(party: Party, by: Mapping[str, Value]) -> float | None:
    """The unweighted mean of the members' values; None where too few have one, or of whom we make none."""
    if party.kind not in (Kind.COUNTY, Kind.SIMILAR) or party.mean is not Mean.UNWEIGHTED:
        return None
    given = [value for one in party.members if (value := by.get(one, (None, Missing.NONE))[0]) is not None]
    return fmean(given) if len(given) >= FEWEST else None


def _by_kpi(content: Content) -> dict[str, dict[tuple[int, str], dict[str, Value]]]:
    sorted_out: dict[str, dict[tuple[int, str], dict[str, Value]]] = {}
    for (kpi, place, year, gender), value in content.values.items():
        sorted_out.setdefault(kpi, {}).setdefault((year, gender), {})[place] = value
    return sorted_out
