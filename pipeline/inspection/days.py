"""Days as texts write them: which of year, month and day stands where."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum

_TIME = r"(?:[ T]\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?(?: ?[ap]m)?(?:z|[+-]\d{2}:?\d{2})?)?"


class DayForm(StrEnum):
    """A form of days, as readers are told of it."""

    YEAR_FIRST = "ÅÅÅÅ-MM-DD"
    SHORT = "ÅÅMMDD"
    DAY_FIRST = "DD/MM/ÅÅÅÅ"
    MONTH_FIRST = "MM/DD/ÅÅÅÅ"
    SHORT_DAY_FIRST = "DD/MM/ÅÅ"
    SHORT_MONTH_FIRST = "MM/DD/ÅÅ"
    SERIAL = "löpnummer från Excel"
    UNCLEAR = "dag och månad i oklar ordning"
    SHORT_UNCLEAR = "dag, månad och år med två siffror i oklar ordning"
    MIXED = "dag och månad i blandad ordning"


# Each with its first, second and third number.
_ORDERED = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})" + _TIME, re.IGNORECASE)
_SHORT_ORDERED = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{2})")
_SHAPES = (
    (DayForm.YEAR_FIRST, re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})" + _TIME, re.IGNORECASE)),
    (DayForm.YEAR_FIRST, re.compile(r"(\d{4})(\d{2})(\d{2})" + _TIME, re.IGNORECASE)),
    (DayForm.SHORT, re.compile(r"(\d{2})(\d{2})(\d{2})")),
    (DayForm.UNCLEAR, _ORDERED),
    (DayForm.SHORT_UNCLEAR, _SHORT_ORDERED),
)
_SERIAL = re.compile(r"[2-7]\d{4}(?:[.,]\d+)?")


def day_shape(text: str) -> DayForm | None:
    """The form that a text has the shape of; UNCLEAR where day and month stand first. None for what is no day."""
    for form, shape in _SHAPES:
        match = shape.fullmatch(text)
        if match and _is_day(form, match[1], match[2], match[3]):
            return form
    return DayForm.SERIAL if _SERIAL.fullmatch(text) else None


def day_form(texts: Mapping[str, int]) -> DayForm | None:
    """The form of most of the days, with the order of day and month as the days themselves tell it.

    `texts`: text → how often it stands there; those that are no days do not count.
    """
    shapes = Counter[DayForm]()
    for text, times in texts.items():
        if shape := day_shape(text):
            shapes[shape] += times
    if not shapes:
        return None
    form = shapes.most_common(1)[0][0]
    match form:
        case DayForm.UNCLEAR:
            return _order(texts)
        case DayForm.SHORT_UNCLEAR:
            return _short_order(texts)
    return form


def _order(texts: Iterable[str]) -> DayForm:
    leads = set()
    for text in texts:
        if match := _ORDERED.fullmatch(text):
            first, second = int(match[1]), int(match[2])
            leads |= {DayForm.DAY_FIRST} if first > 12 else set()
            leads |= {DayForm.MONTH_FIRST} if second > 12 else set()
    if len(leads) > 1:
        return DayForm.MIXED
    return leads.pop() if leads else DayForm.UNCLEAR


def _short_order(texts: Iterable[str]) -> DayForm:
    """Told by a day above 12, unless the years may stand first: then the first numbers are no more different."""
    parts = [match.groups() for text in texts if (match := _SHORT_ORDERED.fullmatch(text))]
    days_first = all(_exists(f"20{year}", month, day) for day, month, year in parts)
    months_first = all(_exists(f"20{year}", month, day) for month, day, year in parts)
    years_first = all(_exists(f"20{year}", month, day) for year, month, day in parts)
    if days_first == months_first or (years_first and _differ(parts, 0) <= _differ(parts, 2)):
        return DayForm.SHORT_UNCLEAR
    return DayForm.SHORT_DAY_FIRST if days_first else DayForm.SHORT_MONTH_FIRST


def _differ(parts: Sequence[Sequence[str]], place: int) -> int:
    return len({several[place] for several in parts})


def _is_day(form: DayForm, first: str, second: str, third: str) -> bool:
    match form:
        case DayForm.UNCLEAR:
            return _exists(third, second, first) or _exists(third, first, second)
        case DayForm.SHORT_UNCLEAR:
            year_last = _is_day(DayForm.UNCLEAR, first, second, f"20{third}")
            return year_last or _exists(f"20{first}", second, third)
        case DayForm.SHORT:
            return _exists(f"20{first}", second, third)
    return _exists(first, second, third)


def _exists(year: str, month: str, day: str) -> bool:
    try:
        return date(int(year), int(month), int(day)).year >= 1800
    except ValueError:
        return False
