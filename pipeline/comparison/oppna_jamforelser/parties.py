"""Whom a row is of: a municipality, a county or the nation, by its code or else by its name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from pipeline.comparison.codes import COUNTIES, COUNTY_DIGITS, COUNTY_NAMED, NATION, county_of
from pipeline.comparison.oppna_jamforelser.words import Words
from pipeline.model.comparison import Kind, Mean, Party
from pipeline.sources.wording import fold

_MUNICIPALITY_DIGITS = 4
_CODE_AND_NAME = re.compile(r"(?P<code>\d{1,4})\s+(?P<name>\D.*)", re.ASCII)
_COUNTY = "län"


class Not(Enum):
    """Why a row is of nobody that is compared with."""

    NAMED = auto()  # it names nobody: a footer, or an empty row
    DISTRICT = auto()  # a part of a city
    WITHOUT_CODE = auto()  # a name whose code is not known
    UNKNOWN_CODE = auto()


@dataclass(frozen=True)
class Names:
    """What a row says of whom it is."""

    code: str = ""
    name: str = ""
    county: str = ""


def party(names: Names, words: Words, codes: Mapping[str, str]) -> Party | Not:
    """Whom a row is of. `codes`: folded name of a municipality → its code, for rows that have none."""
    code, name = names.code.strip(), names.name.strip() or names.county.strip()
    both = _CODE_AND_NAME.fullmatch(code) or (None if code else _CODE_AND_NAME.fullmatch(name))
    if both:
        code, name = both["code"], both["name"]
    if fold(name) in words.nation_names or fold(code) in words.nation_names or (code and not code.strip("0")):
        return Party(Kind.NATION, NATION, "Riket", Mean.UNKNOWN)
    if code.isascii() and code.isdigit():
        return _by_code(code, name)
    if code:
        return Not.UNKNOWN_CODE if name else Not.NAMED
    return _by_name(name, is_county=not names.name.strip(), codes=codes)


def _by_code(code: str, name: str) -> Party | Not:
    """Spreadsheets take the first zero from a code: three digits are a municipality's, one is a county's."""
    if len(code) <= COUNTY_DIGITS:
        county = code.zfill(COUNTY_DIGITS)
        return _county(county) if county in COUNTIES else Not.UNKNOWN_CODE
    if len(code) > _MUNICIPALITY_DIGITS:
        return Not.DISTRICT
    whole = code.zfill(_MUNICIPALITY_DIGITS)
    if county_of(whole) is None:
        return Not.UNKNOWN_CODE
    return Party(Kind.MUNICIPALITY, whole, name or f"Kommun {whole}")


def _by_name(name: str, *, is_county: bool, codes: Mapping[str, str]) -> Party | Not:
    folded = fold(name)
    if not folded:
        return Not.NAMED
    if (is_county or folded.endswith(_COUNTY)) and folded in COUNTY_NAMED:
        return _county(COUNTY_NAMED[folded])
    code = codes.get(folded) or codes.get(folded.removesuffix("kommun"))
    return Party(Kind.MUNICIPALITY, code, name) if code else Not.WITHOUT_CODE


def _county(code: str) -> Party:
    return Party(Kind.COUNTY, code, COUNTIES[code], Mean.UNKNOWN)
