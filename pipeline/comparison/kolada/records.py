"""The API's JSON as typed records: indicators, municipalities, groups of them, and values.

Every answer is `{"count": …, "next_url": …, "values": [record, …]}`, whether it came over HTTP or was saved by hand.
What a record is of is told from its keys. What is not so shaped is refused with its place; nothing is guessed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.model.comparison import Missing

_MEMBER_CODE = re.compile(r"[0-9]{4}")
_PLACE = re.compile(r"[0-9]{4}|G[0-9]+")
_KPI = re.compile(r"[A-Z][0-9]{5}")
_GENDERS = frozenset("TKM")
_YEARS = range(1900, 2101)
_LARGEST = 1e15  # above it no number can be written with its decimals
_LONGEST = 100_000  # characters; what is kept could not be read again with longer texts
# Kolada's legend; the API words some of them.
_MISSING = {
    "-": Missing.NOT_ANSWERED,
    "missing": Missing.NOT_ANSWERED,
    ".": Missing.NOT_APPLICABLE,
    "not applicable": Missing.NOT_APPLICABLE,
    "..": Missing.SECRET,
    "private": Missing.SECRET,
    "secret": Missing.SECRET,
}


class NotKolada(Exception):
    """What is wrong with a document, as half a Swedish sentence: `post nr 3 saknar title`."""


@dataclass(frozen=True)
class Kpi:
    """An indicator's own record. `publ_period`: the year last published, or next to be; "" when there will be none."""

    kpi_id: str
    title: str
    description: str
    publ_period: str


@dataclass(frozen=True)
class Place:
    """A municipality (`kind` K), or the nation or a region (L)."""

    place_id: str
    title: str
    kind: str


@dataclass(frozen=True)
class Group:
    """Many municipalities under one name, by their codes."""

    group_id: str
    title: str
    members: tuple[str, ...]


# Indicator, municipality or group, year, gender (T, K, M).
ValueKey = tuple[str, str, int, str]
Value = tuple[float | None, Missing | None]


@dataclass(frozen=True)
class Content:
    """What one or more documents hold, each record once: the last of those with the same key."""

    kpis: Mapping[str, Kpi]
    places: Mapping[str, Place]
    groups: Mapping[str, Group]
    values: Mapping[ValueKey, Value]


def records(document: object) -> list[Any]:
    """The records of one answer. Raises NotKolada when it is not shaped as one."""
    if not isinstance(document, dict) or not isinstance(document.get("values"), list):
        raise NotKolada("är inget svar från Kolada: det saknar listan values")
    return document["values"]


def parse(rows: Iterable[Any]) -> Content:
    """The records of any number of answers. Raises NotKolada, with the number of the first one that is wrong."""
    kpis: dict[str, Kpi] = {}
    places: dict[str, Place] = {}
    groups: dict[str, Group] = {}
    values: dict[ValueKey, Value] = {}
    for number, row in enumerate(rows, start=1):
        try:
            if not isinstance(row, dict):
                raise _Wrong("är ingen post")
            if "kpi" in row:
                values.update(_values(row))
            elif "members" in row:
                group = _group(row)
                groups[group.group_id] = group
            elif "publ_period" in row:
                kpi = _kpi(row)
                kpis[kpi.kpi_id] = kpi
            else:
                place = _place(row)
                places[place.place_id] = place
        except _Wrong as fault:
            raise NotKolada(f"har en post nr {number} som {fault}") from None
    return Content(kpis, places, groups, values)


class _Wrong(Exception):
    """What is wrong with a record, after `som`."""


def _kpi(row: Mapping[str, Any]) -> Kpi:
    period = row["publ_period"]
    if period is not None and not isinstance(period, str | int):
        raise _Wrong("har en publ_period som varken är text eller tom")
    return Kpi(_id(row, "id", _KPI), _text(row, "title"), _text(row, "description", empty=True), str(period or ""))


def _place(row: Mapping[str, Any]) -> Place:
    return Place(_id(row, "id", _MEMBER_CODE), _text(row, "title"), _text(row, "type"))


def _group(row: Mapping[str, Any]) -> Group:
    members = row["members"]
    if not isinstance(members, list) or not all(isinstance(one, dict) for one in members):
        raise _Wrong("har members som inte är en lista av kommuner")
    codes = tuple(_id(one, "member_id", _MEMBER_CODE) for one in members)
    return Group(_id(row, "id", _PLACE), _text(row, "title"), codes)


def _values(row: Mapping[str, Any]) -> Iterator[tuple[ValueKey, Value]]:
    year = row.get("period")
    if not isinstance(year, int) or isinstance(year, bool) or year not in _YEARS:
        raise _Wrong("saknar ett årtal i period")
    where = _id(row, "kpi", _KPI), _id(row, "municipality", _PLACE), year
    given = row.get("values")
    if not isinstance(given, list):
        raise _Wrong("saknar listan values")
    for one in given:
        if not isinstance(one, dict) or not isinstance(one.get("gender"), str) or one["gender"] not in _GENDERS:
            raise _Wrong("har ett värde utan kön (T, K eller M)")
        yield (*where, one["gender"]), _value(one)


def _value(one: Mapping[str, Any]) -> Value:
    """A value that its record calls withheld or removed is none, also where the record still holds a number."""
    is_deleted = one.get("isdeleted", False)
    if not isinstance(is_deleted, bool):
        raise _Wrong("har ett isdeleted som varken är true eller false")
    if is_deleted:
        return None, Missing.REMOVED
    status = one.get("status") or ""
    if not isinstance(status, str):
        raise _Wrong("har en status som inte är text")
    value = one.get("value")
    if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
        raise _Wrong("har ett värde som inte är ett tal")
    if value is not None and abs(value) > _LARGEST and (isinstance(value, int) or math.isfinite(value)):
        raise _Wrong("har ett orimligt stort värde")
    missing = _MISSING.get(status.strip().casefold())
    if missing is not None or value is None or not math.isfinite(value):
        return None, missing or Missing.NONE
    return float(value), None


def _id(row: Mapping[str, Any], name: str, shape: re.Pattern[str]) -> str:
    return _text(row, name, is_right=lambda text: shape.fullmatch(text) is not None)


def _text(row: Mapping[str, Any], name: str, *, empty: bool = False, is_right: Callable[[str], bool] = bool) -> str:
    """A text of the record. Raises _Wrong where it is missing, no text, or not as it should be."""
    given = row.get(name)
    if given is None and empty:
        return ""
    if not isinstance(given, str) or not (empty or is_right(given)):
        raise _Wrong(f"saknar {name}" if given is None else f"har ett {name} som inte går att använda")
    if len(given) > _LONGEST or any("\ud800" <= sign <= "\udfff" for sign in given):
        raise _Wrong(f"har ett {name} som är för långt eller har tecken som inte finns")
    return " ".join(given.split())
