"""Numbers in workbooks as text: what is a day, a time or a share is decided by the cell's format, as Excel does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from math import ceil, isfinite, nextafter

_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.')
_BRACKETED = re.compile(r"\[([^\]]*)\]")
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_ZEROS = re.compile(r"(0{2,30})(?:;.*)?", re.DOTALL)
_MILLISECONDS = 86_400_000  # of a day
# Days from 1989 to 2079 are held in steps of 0.63 µs (earlier ones in finer). One step before midnight is what a sum
# leaves of midnight itself; 23:59:59.999999, the last time that programs write, lies further off: it is of its own day.
_NOISE = 0.75 / 86_400_000_000
_LAST_SERIAL = 2_958_466  # 10000-01-01, a day that Excel does not have
_DAY_THAT_NEVER_WAS = 60  # 29 February 1900
# Before it Excel is a day ahead, since it counts that day.
_EPOCH_BEFORE_IT = datetime.fromisoformat("1899-12-31")
_EPOCH = {False: datetime.fromisoformat("1899-12-30"), True: datetime.fromisoformat("1904-01-01")}


class Form(Enum):
    """What a number stands for in a cell."""

    NUMBER = 0
    DAY = 1
    ELAPSED = 2
    PERCENT = 3


@dataclass(frozen=True)
class Zeros:
    """A number that is shown with this many digits, zeros before it: `00001`."""

    digits: int


Format = Form | Zeros

# The formats that every workbook has without naming them (ECMA-376, part 1, 18.8.30).
_BUILT_IN = {
    **dict.fromkeys((9, 10), Form.PERCENT),
    **dict.fromkeys((*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)), Form.DAY),
    46: Form.ELAPSED,
}


def form(number: int, codes: Mapping[int, str]) -> Format:
    """The form of a numbered format; `codes` are those that the workbook defines itself."""
    return form_of_code(codes[number]) if number in codes else _BUILT_IN.get(number, Form.NUMBER)


def form_of_code(code: str) -> Format:
    """The form that a format code (`yyyy-mm-dd`) gives; its first section counts."""
    if zeros := _ZEROS.fullmatch(code):
        return Zeros(len(zeros[1]))
    signs = _LITERAL.sub("", code).partition(";")[0]
    if _ELAPSED.search(signs):
        return Form.ELAPSED
    signs = _BRACKETED.sub("", signs).lower().replace("general", "")
    if any(sign in signs for sign in "dmyhs"):
        return Form.DAY
    return Form.PERCENT if "%" in signs else Form.NUMBER


def text_of(value: float, form: Format = Form.NUMBER, *, is_1904: bool = False) -> str:
    """A number as text, a share in per cent: 0.9 shown as `90 %` is `90`.

    One that its format cannot show (a day before 1900) stays a number, so that nothing is lost.
    """
    shown = None
    if form is Form.DAY:
        shown = _day(value, is_1904)
    elif form is Form.ELAPSED:
        shown = _elapsed(value)
    elif form is Form.PERCENT:
        shown = _percent(value)
    elif isinstance(form, Zeros):
        shown = _with_zeros(value, form.digits)
    return _number(value) if shown is None else shown


def text_of_written(value: str, form: Format = Form.NUMBER, *, is_1904: bool = False) -> str:
    """The same for a number as it is written in a file; what is no number stays as it is written."""
    if form is Form.NUMBER and value.isascii() and value.isdigit() and len(value) < 16:  # what a float holds exactly
        return value.lstrip("0") or "0"
    try:
        number = float(value)
    except ValueError:
        return value
    if not isfinite(number) or "_" in value:
        return value
    if form is Form.DAY and 0 < ceil(number) - number < _NOISE <= ceil(number) - Decimal(value):
        number = nextafter(number, 0)  # 46144.99999999999 is 23:59:59.999999 to 16 digits, as many programs write it
    return text_of(number, form, is_1904=is_1904)


def text_of_datetime(value: datetime) -> str:
    """A moment; at midnight the day alone."""
    return value.date().isoformat() if value.time() == time.min else value.isoformat(sep=" ")


def text_of_iso(value: str) -> str:
    """A day or moment written as ISO 8601 (`2026-01-02T10:30:00`); what is none stays as it is written."""
    try:
        return text_of_datetime(datetime.fromisoformat(value).replace(tzinfo=None))
    except ValueError:
        return value


def text_of_timedelta(value: timedelta) -> str:
    """A time of day where it is one, else the length: `10:30:00`, `1 day, 12:00:00`."""
    if timedelta(0) <= value < timedelta(days=1):
        return (_EPOCH[True] + value).time().isoformat()
    return str(value)


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() else repr(value)


def _day(value: float, is_1904: bool) -> str | None:
    if not 0 <= value < _LAST_SERIAL - (1462 if is_1904 else 0):
        return None
    part = _time_of_day(value - int(value))
    if value < 1:
        return text_of_timedelta(part)
    if int(value) == _DAY_THAT_NEVER_WAS and not is_1904:
        return None
    start = _EPOCH[is_1904] if is_1904 or value > _DAY_THAT_NEVER_WAS else _EPOCH_BEFORE_IT
    return text_of_datetime(start + timedelta(days=int(value)) + part)


def _time_of_day(part: float) -> timedelta:
    """To a thousandth of a second, the finest that Excel shows; only noise before midnight is the next day."""
    rounded = round(part * _MILLISECONDS)
    return timedelta(milliseconds=rounded if 1 - part < _NOISE else min(rounded, _MILLISECONDS - 1))


def _percent(value: float) -> str | None:
    """Hundredfold, to the 15 digits that Excel holds: 0.285 is 28.5 and not 28.499999999999996."""
    share = float(f"{value * 100:.15g}")
    return _number(share) if isfinite(share) else None


def _with_zeros(value: float, digits: int) -> str | None:
    return f"{int(value):0{digits}d}" if value >= 0 and value.is_integer() else None


def _elapsed(value: float) -> str | None:
    try:
        return str(timedelta(milliseconds=round(value * 86_400_000)))
    except OverflowError:
        return None
