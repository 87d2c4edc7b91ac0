"""Numbers, days and periods as they are written in the language spoken. No figure is computed here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_decimal

from pipeline.language import babel_locale, later, plural, say
from pipeline.periods import Period, PeriodKind, Window

NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
DASH = "\N{EN DASH}"
HIDDEN = "··"  # a figure that is protected; read out as "skyddad"

_WRITTEN_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_MOST_PERCENT_DECIMALS = 3
_NUMBERS_KEPT = 20_000  # as written, since most are small and stand in many places
_PERIOD_NAMES = {
    PeriodKind.TERTIAL: later("Tertial"),
    PeriodKind.HALF: later("Halvår"),
    PeriodKind.QUARTER: later("Kvartal"),
}
_SAME = {
    "tertial": later("samma tertial {year}"),
    "half": later("samma halvår {year}"),
    "quarter": later("samma kvartal {year}"),
    "ytd": later("samma period {year}"),
}


def number(value: float, decimals: int = 0) -> str:
    """`1 400`, `−2`, `3,9`: at most `decimals` decimals, rounded half up, no trailing zeros."""
    return _written(_rounded(value, decimals), babel_locale())


def signed(value: float, decimals: int = 0) -> str:
    """As `number`, with its sign: `+18,8`, `−2`, `0`."""
    text = number(value, decimals)
    return f"+{text}" if _rounded(value, decimals) > 0 else text


def percent(share: float, apart_from: Iterable[float] = ()) -> str:
    """A share 0–1 as `74 %`, with the decimals it needs: see `percent_decimals`."""
    return per_cent(number(share * 100, percent_decimals(share, apart_from)))


def per_cent(text: str) -> str:
    """A number as written, with its sign of per cent."""
    return say("{number}\N{NO-BREAK SPACE}%", number=text)


def percent_decimals(share: float, apart_from: Iterable[float] = ()) -> int:
    """How many decimals the per cent needs.

    One or two when the whole per cent would read as something it is not: 0, 1, or one of `apart_from` (a target that
    was missed by a hair must not look reached).
    """
    others = [other for other in (0.0, 1.0, *apart_from) if other != share]
    for decimals in range(_MOST_PERCENT_DECIMALS + 1):
        written = _rounded(share * 100, decimals)
        if all(written != _rounded(other * 100, decimals) for other in others):
            break
    return decimals


def signed_percent(share: float) -> str:
    """A relative change as `+18,8 %`."""
    return per_cent(signed(share * 100, 1))


def points(difference: float, *, sign: bool = True) -> str:
    """A difference between two shares: `+8,3 procentenheter`, `−1 procentenhet`."""
    value = difference * 100
    noun = plural("procentenhet", "procentenheter", float(abs(_rounded(value, 1))))
    return f"{signed(value, 1) if sign else number(abs(value), 1)}{NBSP}{noun}"


def counted(count: float, one: str, many: str) -> str:
    """`1 utredning`, `131 utredningar`."""
    return f"{number(count, 2)}{NBSP}{plural(one, many, count)}"


def part_of(part: float, whole: float) -> str:
    """`97 av 131`."""
    return say("{part}\N{NO-BREAK SPACE}av\N{NO-BREAK SPACE}{whole}", part=number(part, 2), whole=number(whole, 2))


def day(value: date) -> str:
    """`31 augusti 2026`."""
    return f"{value.day}{NBSP}{format_date(value, 'MMMM y', locale=babel_locale())}"


def with_days(text: str) -> str:
    """A text in which days are written 2026-08-31, with them as `31 augusti 2026`."""
    return _WRITTEN_DAY.sub(_day_of, str(text))


def days(amount: float, text: str) -> str:
    """An amount of days, `text` its number as written: `1 dag`, `97,4 dagar`, `−1 dag`."""
    return f"{text}{NBSP}{plural('dag', 'dagar', float(abs(_rounded(amount, 1))))}"


def span(first: int, last: int) -> str:
    """`1–4`; of one alone `1`."""
    return number(first) if first == last else f"{number(first)}{DASH}{number(last)}"


def month(value: date) -> str:
    """`augusti 2026`."""
    return format_date(value, "LLLL y", locale=babel_locale())


def period(value: Period) -> str:
    """`Tertial 2 2026, maj–augusti`; a whole year is `Helåret 2026`."""
    if value.kind is PeriodKind.YEAR:
        return say("Helåret\N{NO-BREAK SPACE}{year}", year=value.year)
    return f"{period_name(value)}, {_month_name(value.starts)}{DASH}{_month_name(value.ends)}"


def period_name(value: Period) -> str:
    """`Tertial 2 2026`; a whole year is `2026`."""
    if value.kind is PeriodKind.YEAR:
        return f"{value.year}"
    return f"{_PERIOD_NAMES[value.kind]}{NBSP}{value.number}{NBSP}{value.year}"


def period_inside(value: Period) -> str:
    """The period inside a sentence, its months between commas: `tertial 2 2026, maj–augusti,`; `helåret 2026`."""
    text = inside(period(value))
    return f"{text}," if "," in text else text


def window(value: Window) -> str:
    """The time a figure is for: `maj–augusti 2026`, `september 2025–augusti 2026`, `31 augusti 2026`."""
    if value.kind == "stock":
        return day(value.ends)
    if (value.starts.year, value.starts.month) == (value.ends.year, value.ends.month):
        return month(value.ends)
    if value.starts.year == value.ends.year:
        return f"{_month_name(value.starts)}{DASH}{month(value.ends)}"
    return f"{month(value.starts)}{DASH}{month(value.ends)}"


def window_label(value: Window) -> str:
    """What kind of time it is, for a row's heading: `Tertial 2`, `I år hittills`, `Senaste 12 månaderna`."""
    if value.kind == "ytd":
        return say("Helåret") if value.ends.month == 12 else say("I år hittills")
    if value.kind == "r12":
        return say("Senaste 12 månaderna")
    if value.kind == "stock":
        return say("Läget")
    months = value.ends.month - value.starts.month + 1
    kind = {4: PeriodKind.TERTIAL, 6: PeriodKind.HALF, 3: PeriodKind.QUARTER}.get(months)
    return f"{_PERIOD_NAMES[kind]}{NBSP}{value.ends.month // months}" if kind else capital(month(value.ends))


def earlier(since: Window) -> str:
    """The time compared with: `samma tertial 2025`, `31 augusti 2025`, `de tolv månaderna dessförinnan`."""
    if since.kind == "stock":
        return day(since.ends)
    if since.kind == "r12":
        return say("de tolv månaderna dessförinnan")
    return say(_SAME[since.kind], year=since.ends.year)


def listed(items: Sequence[str], most: int | None = None) -> str:
    """`a, b och c`; with more than `most` items the rest are counted: `a, b och 4 till`."""
    shown = list(map(str, items))
    if most is not None and len(shown) > most:
        shown = [*shown[:most], say("{number}\N{NO-BREAK SPACE}till", number=number(len(items) - most))]
    if len(shown) < 2:
        return "".join(shown)
    return say("{several} och {last}", several=", ".join(shown[:-1]), last=shown[-1])


def quoted(text: str) -> str:
    """`”Är beslutet motiverat?”`."""
    return say("”{text}”", text=text)


def capital(text: str) -> str:
    """The text with a capital first letter, the rest as it stands: `SoL-beslut` keeps its L."""
    said = str(text)
    return said[:1].upper() + said[1:]


def inside(title: str) -> str:
    """A title as it stands inside a sentence: first letter small, unless the word has capitals of its own."""
    said = str(title)
    first_word = said.partition(" ")[0]
    has_capitals = any(letter.isupper() for letter in first_word[1:])
    return said if has_capitals else said[:1].lower() + said[1:]


def _day_of(found: re.Match[str]) -> str:
    try:
        return day(date.fromisoformat(found[0]))
    except ValueError:
        return found[0]


def _month_name(value: date) -> str:
    return format_date(value, "LLLL", locale=babel_locale())


@lru_cache(maxsize=_NUMBERS_KEPT)
def _written(number: Decimal, locale: str) -> str:
    # A pattern of our own gives a hyphen; the minus sign is as wide as the plus.
    written: str = format_decimal(number, format="#,##0.####", locale=locale)
    return written.replace("-", MINUS)


def _rounded(value: float, decimals: int) -> Decimal:
    # By way of the shortest decimal text: 0.285 × 100 must not become 28.499999.
    exact = Decimal(repr(round(value, 9)))
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return abs(rounded) if rounded == 0 else rounded
