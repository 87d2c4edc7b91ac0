"""What is noticed of the unit register and of the areas that the configuration names."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

from pipeline.config import Config
from pipeline.database import Database
from pipeline.loading.staging import EXAMPLES
from pipeline.model import Warned
from pipeline.periods import Period
from pipeline.schemas import EXTRACTS

_REGISTER = "units"
_UNITS = tuple(
    (extract.name, column)
    for extract in EXTRACTS.values()
    for column in ("unit", "provider_unit")
    if column in extract.names and extract.name != _REGISTER
)
_WITH_AREA = (_REGISTER, "referrals", "investigations", "decisions")


def missing(columns: Mapping[str, frozenset[str]]) -> list[Warned]:
    """A warning when no register came; `columns`: which columns of which extracts some file has."""
    if _REGISTER in columns:
        return []
    text = "Enhetsregistret saknas: enheternas verksamhetsuppdrag blir lika med verksamhetsområdet."
    return [Warned(_REGISTER, "register_missing", text, 1)]


def outside_register(database: Database, period: Period) -> list[Warned]:
    """A warning for units of loaded rows that the register knows, but not on the period's last day.

    A unit that the register does not know at all has been warned of when the rows were loaded.
    """
    found = " union ".join(f"select lower({column}) as folded from loaded.{extract}" for extract, column in _UNITS)
    names = [
        name
        for (name,) in database.rows(
            f"""
            select min(unit) as name from loaded.{_REGISTER}
            where lower(unit) in (select folded from ({found}) as units)
            group by lower(unit)
            having not bool_or(coalesce(valid_from <= $day, true) and coalesce(valid_to >= $day, true))
            order by name
            """,
            {"day": period.ends},
        )
    ]
    text = (
        f"Enheten har rader i utdragen och finns i enhetsregistret, men gäller inte där på periodens sista dag"
        f" {period.ends}."
    )
    return [Warned(_REGISTER, "outside_register", text, len(names), tuple(names[:EXAMPLES]))] if names else []


def unknown_areas(database: Database, config: Config) -> list[Warned]:
    """A warning for each of the committee's areas in the configuration that stands in no loaded row."""
    every = " union ".join(f"select area from loaded.{extract}" for extract in _WITH_AREA)
    known = {area.casefold(): area for (area,) in database.rows(f"{every} order by area desc")}
    return [
        Warned(_REGISTER, "unknown_area", _unknown(area, known), 1)
        for area in config.committee.areas
        if area.casefold() not in known
    ]


def _unknown(area: str, known: Mapping[str, str]) -> str:
    nearest = difflib.get_close_matches(area.casefold(), list(known), 1, cutoff=0)
    hint = f"; närmast är {known[nearest[0]]}" if nearest else ""
    return (
        f"Verksamhetsområdet {area}, som står i config.toml (committee.areas), finns varken i utdragen eller i"
        f" enhetsregistret{hint}."
    )
