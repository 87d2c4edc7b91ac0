"""Who a code is of: the nation, the counties, and which county a municipality is in."""

from __future__ import annotations

from pipeline.sources.wording import fold

NATION = "0000"
COUNTY_DIGITS = 2  # that a municipality's code begins with
COUNTIES = {
    "01": "Stockholms län", "03": "Uppsala län", "04": "Södermanlands län", "05": "Östergötlands län",
    "06": "Jönköpings län", "07": "Kronobergs län", "08": "Kalmar län", "09": "Gotlands län", "10": "Blekinge län",
    "12": "Skåne län", "13": "Hallands län", "14": "Västra Götalands län", "17": "Värmlands län", "18": "Örebro län",
    "19": "Västmanlands län", "20": "Dalarnas län", "21": "Gävleborgs län", "22": "Västernorrlands län",
    "23": "Jämtlands län", "24": "Västerbottens län", "25": "Norrbottens län",
}  # fmt: skip
_COUNTY = " län"


def county_of(municipality: str) -> str | None:
    """The digits of the county that a municipality's code says; None where there is no such county."""
    digits = municipality[:COUNTY_DIGITS]
    return digits if digits in COUNTIES else None


def _by_name() -> dict[str, str]:
    bare = {code: name.removesuffix(_COUNTY) for code, name in COUNTIES.items()}
    genitive = {fold(name.removesuffix("s")): code for code, name in bare.items()}
    return genitive | {fold(name): code for code, name in bare.items()} | {fold(n): c for c, n in COUNTIES.items()}


# Folded name of a county, with and without its last word and its genitive → code.
COUNTY_NAMED = _by_name()
