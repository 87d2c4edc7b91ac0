"""Workbooks that have been read, on disk: a folder each, named by area and year. It holds

- `workbook.csv` name, content: area, year, the day of import, the file's name and hash
- `indicators.csv` a row an indicator: its title, description, unit and note
- `values.csv`, packed when it is large: a row a value: title, whom it is of, year, gender, value or why there is none
- `SHA256SUMS` the files' hashes

A later import of the same area and year takes the earlier one's place.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from pipeline import plain_files
from pipeline.comparison import keeping
from pipeline.comparison.oppna_jamforelser.headings import title_key
from pipeline.comparison.oppna_jamforelser.reading import Workbook
from pipeline.comparison.pairs import workbook_indicator_id
from pipeline.model.comparison import Indicator, Kind, Mean, Missing, Observation, Party, Source
from pipeline.plain_files import UNREADABLE, Row

NAME = "oppna_jamforelser"
LARGE = 200_000  # bytes of values above which they are packed
_ABOUT, _INDICATORS, _VALUES = "workbook.csv", "indicators.csv", "values.csv"
_ABOUT_HEADINGS = ("name", "content")
_INDICATOR_HEADINGS = ("title", "description", "unit", "note")
_VALUE_HEADINGS = ("title", "kind", "code", "name", "mean", "year", "gender", "value", "missing")
_MARK_LENGTH = 8


def keep(folder: Path, workbook: Workbook, today: date, wanted: Iterable[str] | None = None) -> tuple[str, ...]:
    """Keep a workbook in `folder`, the comparisons' own. Gives Swedish sentences on what was done; raises WrongUse.

    `wanted`: the ids that something is compared with; given them, the indicators that nothing is are named.
    """
    place = folder / f"{workbook.year}-{hashlib.sha256(workbook.area.encode()).hexdigest()[:_MARK_LENGTH]}"
    is_new = not place.exists()
    values = plain_files.text(_VALUE_HEADINGS, _value_rows(workbook.indicators))
    about = {
        "area": workbook.area,
        "year": str(workbook.year),
        "imported": today.isoformat(),
        "file": workbook.file,
        "sha256": workbook.sha256,
    }
    packed = len(values) > LARGE
    contents = {
        _ABOUT: plain_files.text(_ABOUT_HEADINGS, about.items()),
        _INDICATORS: plain_files.text(
            _INDICATOR_HEADINGS, ((one.title, one.description, one.unit, one.note) for one in workbook.indicators)
        ),
        f"{_VALUES}{plain_files.PACKED if packed else ''}": plain_files.packed(values) if packed else values,
    }
    keeping.put(place, contents, f"Indikatorerna i {workbook.file}")
    known = {one.party.code for indicator in workbook.indicators for one in indicator.observations
             if one.party.kind is Kind.MUNICIPALITY}  # fmt: skip
    done = "sparades" if is_new else "ersatte de tidigare"
    told = (
        f"Öppna jämförelser {workbook.year}, {workbook.area}: {len(workbook.indicators)} indikatorer för {len(known)}"
        f" kommuner {done}."
    )
    return (told, *_unmatched(workbook, wanted), *workbook.notes)


def stored(folder: Path, own_code: str, wanted: Iterable[str] = ()) -> tuple[tuple[Indicator, ...], tuple[str, ...]]:
    """All indicators of the workbooks that are kept, each with every year, and Swedish sentences on damaged ones.

    `wanted`: ids as comparisons.toml spells them; an indicator that is one of them but for case, blanks, hyphens and
    its number gets that id. `own_code` is our own municipality's; of the counties, only its own is there.
    """
    spelt = {_comparable(one): one for one in wanted}
    found: dict[str, Indicator] = {}
    warnings = []
    for place in keeping.places(folder):
        try:
            indicators = list(_workbook(place, own_code, spelt))
        except UNREADABLE as fault:
            warnings.append(
                f"Öppna jämförelser i {place} kan inte läsas{plain_files.told(fault)} och är inte med. Importera"
                " arbetsboken på nytt."
            )
            continue
        for one in indicators:  # by year: what a later book says of a year goes before
            found[one.indicator_id] = _joined(found.get(one.indicator_id), one)
    return tuple(found.values()), tuple(warnings)


def _unmatched(workbook: Workbook, wanted: Iterable[str] | None) -> Iterator[str]:
    if wanted is None:
        return
    known = set(map(_comparable, wanted))
    titles = [one.title for one in workbook.indicators if _comparable(one.indicator_id) not in known]
    if titles:
        listed = "; ".join(f"”{title}”" for title in titles)
        yield (
            f"Indikatorer som ingenting jämförs med, men som sparas: {listed}. Skriv en sådan i"
            f' sql/comparisons.toml, med source = "oppna_jamforelser" och area = "{workbook.area}", för att se den i'
            " rapporten."
        )


def _joined(earlier: Indicator | None, later: Indicator) -> Indicator:
    if earlier is None:
        return later
    by_place = {(one.party.code, one.year, one.gender): one for one in (*earlier.observations, *later.observations)}
    return replace(later, observations=tuple(by_place.values()))


def _comparable(indicator_id: str) -> tuple[str, str]:
    area, _, title = indicator_id.partition(": ")
    return title_key(area), title_key(title)


def _value_rows(indicators: Iterable[Indicator]) -> Iterator[tuple[str, ...]]:
    for indicator in indicators:
        for one in indicator.observations:
            value = "" if one.value is None else repr(one.value)
            missing = one.missing.value if one.missing else ""
            who = one.party
            yield (indicator.title, who.kind.value, who.code, who.name, who.mean.value, str(one.year), one.gender,
                   value, missing)  # fmt: skip


# --- reading --------------------------------------------------------------------------------------------------------


def _workbook(place: Path, own_code: str, spelt: dict[tuple[str, str], str]) -> Iterator[Indicator]:
    noted = plain_files.sums(place)
    about = {row["name"]: row["content"] for row in _table(place, _ABOUT, noted, _ABOUT_HEADINGS)}
    values: dict[str, list[Observation]] = {}
    for row in _table(place, next((n for n in noted if n.startswith(_VALUES)), _VALUES), noted, _VALUE_HEADINGS):
        if row["kind"] != Kind.COUNTY.value or own_code.startswith(row["code"]):
            values.setdefault(row["title"], []).append(_observation(row, own_code))
    for row in _table(place, _INDICATORS, noted, _INDICATOR_HEADINGS):
        own_id = workbook_indicator_id(about["area"], row["title"])
        yield Indicator(
            source=Source.OPPNA_JAMFORELSER,
            indicator_id=spelt.get(_comparable(own_id), own_id),
            title=row["title"],
            description=row["description"],
            unit=row["unit"],
            better="",
            observations=tuple(values.get(row["title"], ())),
            fetched=date.fromisoformat(about["imported"]),
            note=row["note"],
        )


def _table(place: Path, name: str, noted: dict[str, str], headings: tuple[str, ...]) -> list[Row]:
    return plain_files.rows(name, plain_files.checked(place, name, noted), headings)


def _observation(row: Row, own_code: str) -> Observation:
    kind = Kind.OWN if row["code"] == own_code else Kind(row["kind"])
    who = Party(kind, row["code"], row["name"], Mean(row["mean"]))
    value = float(row["value"]) if row["value"] else None
    return Observation(who, int(row["year"]), row["gender"], value, Missing(row["missing"]) if row["missing"] else None)
