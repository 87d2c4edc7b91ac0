"""What each row of the format must be: every rule gives the heading and what is wrong there, in Swedish.

The same rules stand in docs/exchange-format.md, for those who write the format from programs of their own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

from pipeline import privacy
from pipeline.comparison.codes import COUNTY_DIGITS, county_of
from pipeline.model import Level, Statistic, Status
from pipeline.model.exchange import HIDDEN_COLUMNS
from pipeline.periods import Period, windows
from pipeline.sources.faults import printable

FEWEST_BEHIND_DISTRIBUTION = 5
LONGEST_NAME = 200
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
_METRIC = re.compile(r"[a-z][a-z0-9_]*")
_SHOWN = 30
_LARGEST = 1e15  # above it no number can be written with its decimals
# Half of the last decimal of what is written, and what binary fractions add.
_ROUNDING = 0.5e-6 + 1e-12
_LEVELS = {str(int(level)) for level in Level}
_STATISTICS = {str(statistic) for statistic in Statistic if not statistic.is_spread}
_STATUSES = {status.value for status in Status}

Cells = Mapping[str, str]
Wrong = tuple[str, str]  # heading, what is wrong there


@dataclass(frozen=True)
class Frame:
    """What every row of a file has in common, as its first row says."""

    municipality: str
    period: Period
    windows: Mapping[str, date]  # window → its last day

    @classmethod
    def of(cls, cells: Cells) -> Frame:
        """The frame that a row gives. Raises ValueError (heading, what is wrong) where it gives none."""
        code = cells["municipality"]
        if not re.fullmatch(r"\d{4}", code, re.ASCII):
            raise ValueError("municipality", f"”{shown(code)}” är ingen kommunkod; den har fyra siffror")
        if county_of(code) is None:
            what = f"inget län har siffrorna {code[:COUNTY_DIGITS]}, så koden {code} är riket eller en påhittad kommun"
            raise ValueError("municipality", f"{what}; sådana siffror jämförs inte")
        try:
            period = Period.parse(cells["period"])
        except ValueError:
            period = None
        if period is None or period.code != cells["period"]:
            raise ValueError(
                "period", f"”{shown(cells['period'])}” är ingen period; skriv som 2026T2, 2026H1 eller 2026"
            )
        own = {window.window_id: window.ends for window in windows(period) if window.series == "report"}
        return cls(code, period, own)


def wrong(cells: Cells, frame: Frame) -> Wrong | None:
    """The first fault of a row; None where it has none."""
    return next((fault for rule in _RULES for fault in rule(cells, frame)), None)


def number(text: str) -> float | None:
    """A number as the format writes it; None where there is none. Raises ValueError for what is no number."""
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    return float(text)


def shown(text: str) -> str:
    """A cell as it may be printed: no personnummer, no signs that cannot be seen, and not too long."""
    masked = printable(privacy.mask(text))
    return masked if len(masked) <= _SHOWN else f"{masked[:_SHOWN]}…"


# --- the rules, in the order that they are asked --------------------------------------------------------------------


def _same_file(cells: Cells, frame: Frame) -> Iterator[Wrong]:
    for heading, expected in (("municipality", frame.municipality), ("period", frame.period.code)):
        if cells[heading] != expected:
            yield heading, f"”{shown(cells[heading])}” är en annan än på rad 2 ({expected}); en fil har en enda"


def _known_key(cells: Cells, frame: Frame) -> Iterator[Wrong]:
    if not _METRIC.fullmatch(cells["metric"]):
        yield "metric", f"”{shown(cells['metric'])}” är inget måtts id (små bokstäver a–z, siffror och understreck)"
    for heading, known in (("statistic", _STATISTICS), ("window", frame.windows.keys()), ("level", _LEVELS)):
        if cells[heading] not in known:
            yield heading, f"”{shown(cells[heading])}” är okänt; tillåtna är {', '.join(sorted(known))}"
    if bool(cells["breakdown"]) != bool(cells["category"]):
        yield "category", "uppdelning och kategori ska båda stå där, eller ingen av dem"


def _names(cells: Cells, _: Frame) -> Iterator[Wrong]:
    if not cells["org"]:
        yield "org", "namnet på nämnden, verksamheten eller enheten saknas"
    for heading in ("metric", "org", "breakdown", "category"):
        # An id has no hyphens, so what would be one in a personnummer may be an underscore there.
        text = cells[heading].replace("_", "-") if heading == "metric" else cells[heading]
        if what := _wrong_in_name(text):
            yield heading, what


@lru_cache(maxsize=10_000)
def _wrong_in_name(text: str) -> str:
    if any(privacy.person_numbers(privacy.bare(text))):
        return "texten ser ut som ett personnummer, och sådana får inte finnas i filen"
    if len(text) > LONGEST_NAME:
        return f"texten är längre än {LONGEST_NAME} tecken"
    if printable(text) != text or text != text.strip():
        return "texten har osynliga tecken, radbrytning eller blanksteg i början eller slutet"
    return ""


def _states(cells: Cells, frame: Frame) -> Iterator[Wrong]:
    if cells["suppressed"] not in ("true", "false"):
        yield "suppressed", f"”{shown(cells['suppressed'])}” är okänt; tillåtna är false och true"
    if cells["status"] not in _STATUSES:
        known = ", ".join(sorted(word for word in _STATUSES if word))
        yield "status", f"”{shown(cells['status'])}” är okänt; tillåtna är {known} och ingenting"
    ends = frame.windows[cells["window"]].isoformat()
    if cells["as_of"] != ends:
        yield "as_of", f"”{shown(cells['as_of'])}” är inte periodens sista dag, {ends}"


def _hidden(cells: Cells, _: Frame) -> Iterator[Wrong]:
    if cells["suppressed"] == "true":
        for heading in HIDDEN_COLUMNS:
            if cells[heading]:
                yield (
                    heading,
                    "raden är skyddad (suppressed = true) men har ett innehåll här; filen röjer det som ska döljas",
                )


def _says_what_is_missing(cells: Cells, _: Frame) -> Iterator[Wrong]:
    """A shown row has a value or says that it has none, never both, and what has no value has reached no target."""
    status, value = cells["status"], cells["value"]
    if cells["suppressed"] == "true":
        return
    if status == Status.NO_DATA.value:
        if value:
            yield "status", f"”{status}” står bredvid ett värde; det ena av dem är fel"
    elif status and not value:
        yield "status", f"”{status}” står på en rad utan värde; utan värde är status ”{Status.NO_DATA.value}”"
    elif not value and not cells["denominator"]:
        yield "status", f"raden är tom men inte skyddad; skyddas den inte ska status vara ”{Status.NO_DATA.value}”"


def _numbers(cells: Cells, _: Frame) -> Iterator[Wrong]:
    for heading in ("numerator", "denominator", "value", "ci_low", "ci_high", "target"):
        try:
            given = number(cells[heading])
        except ValueError:
            yield heading, f"”{shown(cells[heading])}” är inget tal; skriv siffror, med punkt före decimalerna"
            continue
        if given is not None and abs(given) > _LARGEST:
            yield heading, f"{cells[heading][:_SHOWN]}… är orimligt stort"
        if given is not None and given < 0 and heading in ("numerator", "denominator"):
            yield heading, "talet är mindre än 0"


def _whole(cells: Cells, _: Frame) -> Iterator[Wrong]:
    """What must be there together, and what must not."""
    is_share = Statistic(cells["statistic"]).is_share
    if cells["numerator"] and not is_share:
        yield "numerator", "täljare står bara för andelar"
    if not cells["denominator"]:
        for heading in ("numerator", "value", "ci_low", "ci_high"):
            if cells[heading]:
                yield heading, "det står ett tal här men ingen nämnare"
    if bool(cells["ci_low"]) != bool(cells["ci_high"]):
        yield "ci_high", "intervallet ska ha båda gränserna, eller ingen"


def _in_range(cells: Cells, _: Frame) -> Iterator[Wrong]:
    statistic = Statistic(cells["statistic"])
    if statistic.is_share:
        low, high, span = 0.0, 1.0, "mellan 0 och 1"
    elif statistic is Statistic.ALPHA:
        low, high, span = float("-inf"), 1.0, "högst 1"
    elif statistic is Statistic.VALUE:
        return
    else:
        low, high, span = 0.0, float("inf"), "minst 0"
    for heading in ("value", "ci_low", "ci_high", "target"):
        given = number(cells[heading])
        if given is not None and not low <= given <= high:
            yield heading, f"{cells[heading][:_SHOWN]} ska vara {span}"


def _agrees(cells: Cells, _: Frame) -> Iterator[Wrong]:
    """Figures of one row that tell the same."""
    statistic = Statistic(cells["statistic"])
    part, whole, value = (number(cells[heading]) for heading in ("numerator", "denominator", "value"))
    if statistic.is_count and value != whole:
        yield "denominator", "för antal ska nämnaren vara lika med värdet"
    if statistic.is_count and value is not None and not value.is_integer():
        yield "value", "ett antal ska vara ett heltal"
    if not statistic.is_count and whole == 0 and value is not None:
        yield "value", "nämnaren är 0, så det kan inte finnas något värde"
    if part is not None and whole is not None and part > whole:
        yield "numerator", "täljaren är större än nämnaren"
    if part is not None and whole and (value is None or abs(value - part / whole) > _ROUNDING):
        yield "value", "andelen är inte täljaren delad med nämnaren"
    low, high = number(cells["ci_low"]), number(cells["ci_high"])
    given = [one for one in (low, value, high) if one is not None]
    if any(later < earlier - _ROUNDING for earlier, later in pairwise(given)):
        yield "value", "värdet ligger utanför sitt intervall"


def _protected(cells: Cells, _: Frame) -> Iterator[Wrong]:
    """A measure of a distribution of so few tells about single cases; a delivered value has no known number behind."""
    statistic, rows = Statistic(cells["statistic"]), number(cells["denominator"])
    tells_of_few = statistic.is_distribution and statistic is not Statistic.VALUE and bool(cells["value"])
    if tells_of_few and 0 < (rows or 0) < FEWEST_BEHIND_DISTRIBUTION:
        what = f"värdet bygger på färre än {FEWEST_BEHIND_DISTRIBUTION} och ska vara skyddat"
        yield "value", f"{what}; filen kan vara kommunens interna"


_Rule = Callable[[Cells, Frame], Iterator[Wrong]]
# A later rule may rely on what the earlier ones have found to be so.
_RULES: tuple[_Rule, ...] = (
    _same_file, _known_key, _names, _states, _hidden, _numbers, _whole, _in_range, _agrees, _says_what_is_missing,
    _protected,
)  # fmt: skip
