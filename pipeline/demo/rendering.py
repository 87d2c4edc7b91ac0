"""Cases → the texts that stand in an extract: column by column of the contract, in each extract's own ways."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from pipeline.demo.society import Society
from pipeline.demo.tables import Table, length, texts
from pipeline.demo.times import OPEN_END, Column
from pipeline.schemas.extract import Extract, Kind

_FIRST, _LAST = np.datetime64("1900-01-01"), np.datetime64("2101-01-01")
_OPEN_END_PLACE = int((_LAST - _FIRST).astype(int))
_DAYS = np.array([*np.datetime_as_string(np.arange(_FIRST, _LAST)), str(OPEN_END), ""], dtype=object)


@dataclass(frozen=True)
class Manner:
    """How a case system writes answers and codes in an extract."""

    yes: str = "ja"
    no: str = "nej"
    capitals: bool = False  # codes begin with a capital letter
    ticked: tuple[str, ...] = ()  # columns with x for yes and nothing for no
    timed: tuple[str, ...] = ()  # days with a time of day


MANNERS = {
    "units": Manner(capitals=True),
    "referrals": Manner(timed=("registered",)),
    "investigations": Manner("J", "N"),
    "decisions": Manner("1", "0", capitals=True, ticked=("partly_executed",)),
    "plans": Manner("Ja", "Nej", capitals=True),
    "care_levels": Manner("Ja", "Nej"),
    "coordinated_plans": Manner("J", "N"),
    "incidents": Manner(capitals=True, ticked=("external",)),
    "reviews": Manner(capitals=True),
    "activities": Manner(capitals=True),
    "controls": Manner(capitals=True),
    "followup_plan": Manner(capitals=True),
}
PLAIN = Manner()


def render(society: Society, extract: Extract, table: Table) -> Table:
    """All the contract's columns of an extract, as texts."""
    table = _with_names(society, table)
    manner = MANNERS.get(extract.name, PLAIN)
    rendered = {column.name: _texts(column.kind, column.name, table[column.name], manner) for column in extract.columns}
    for name in manner.timed:
        rendered[name] = _with_times(society, rendered[name])
    return rendered


def _with_names(society: Society, table: Table) -> Table:
    """Positions of people and units replaced by what is written for them."""
    people, units = society.people, society.organisation.names
    named = dict(table)
    if "person" in table:
        person = table["person"]
        named |= {
            "person_id": people.written(society.chance, person),
            "gender": people.gender[person],
            "birth_year": people.born[person].astype("datetime64[Y]").astype(int) + 1970,
            "protected_identity": np.where(people.protected[person], 1, 0),
        }
        named["unit"] = units[table["unit"]]
    if "provider" in table:
        named["provider_unit"] = np.where(table["provider"] >= 0, units[table["provider"]], "").astype(object)
    named.setdefault("source_system", texts("Akten Plus", length(table)))
    return named


def _texts(kind: Kind, name: str, column: Column, manner: Manner) -> Column:
    if kind is Kind.DATE:
        return _dates(column)
    if kind is Kind.COUNT:
        return _each_once(column, lambda number: str(number) if number >= 0 else "")  # −1: nobody knows
    if kind is Kind.NUMBER:
        return np.array(["" if np.isnan(value) else _with_comma(value) for value in column.tolist()], dtype=object)
    if kind is Kind.YES_NO:
        yes, no = ("x", "") if name in manner.ticked else (manner.yes, manner.no)
        return np.array([no, yes, ""], dtype=object)[column]  # −1, not answered, is the last
    if kind is Kind.CODE and manner.capitals:
        return _each_once(column, lambda text: text[:1].upper() + text[1:])
    return column


def _with_comma(value: float) -> str:
    return f"{value:.10g}".replace(".", ",")


def _dates(column: Column) -> Column:
    places = (column - _FIRST).astype(int)
    places = np.where(column == OPEN_END, _OPEN_END_PLACE, places)
    return np.asarray(_DAYS[np.where(np.isnat(column), len(_DAYS) - 1, places)])


def _with_times(society: Society, column: Column) -> Column:
    minutes = society.chance.whole(7 * 60, 17 * 60, len(column)).tolist()
    written = [
        f"{day} {minute // 60:02}:{minute % 60:02}" if day else ""
        for day, minute in zip(column.tolist(), minutes, strict=True)
    ]
    return np.array(written, dtype=object)


def _each_once(column: Column, change: Callable[[Any], str]) -> Column:
    changed = {value: change(value) for value in set(column.tolist())}
    return np.array([changed[value] for value in column.tolist()], dtype=object)
