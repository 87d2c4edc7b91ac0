"""What the cells of a column hold: days and in which form, answers, whole numbers, few or many different texts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pipeline.sources.sheet import ERROR_VALUES, NOT_COMPUTED
from pipeline.sources.wording import fold

ANSWERS = frozenset(("ja", "nej", "j", "n", "1", "0", "true", "false", "x"))
FOREIGN_ANSWERS = {"yes": "ja", "y": "ja", "no": "nej", "kyllä": "ja", "k": "ja", "ei": "nej", "e": "nej"}
FEW = 30  # different texts: so many codes or categories a column may have
MOSTLY = 0.8
_TIME = r"(?:[ T]\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?(?: ?[ap]m)?(?:z|[+-]\d{2}:?\d{2})?)?"
_WHOLE = re.compile(r"\d{1,9}(?:[.,]0+)?")
_NUMBER = re.compile(r"[-+−]?\d{1,15}(?:[.,]\d+)?")
_EMPTY = frozenset(("", NOT_COMPUTED, *ERROR_VALUES))


class DayForm(StrEnum):
    """A form of days, as readers are told of it."""

    YEAR_FIRST = "ÅÅÅÅ-MM-DD"
    SHORT = "ÅÅMMDD"
    DAY_FIRST = "DD/MM/ÅÅÅÅ"
    MONTH_FIRST = "MM/DD/ÅÅÅÅ"
    SERIAL = "löpnummer från Excel"
    UNCLEAR = "dag och månad i oklar ordning"
    MIXED = "dag och månad i blandad ordning"


# Each with its first, second and third number.
_ORDERED = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})" + _TIME, re.IGNORECASE)
_SHAPES = (
    (DayForm.YEAR_FIRST, re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})" + _TIME, re.IGNORECASE)),
    (DayForm.YEAR_FIRST, re.compile(r"(\d{4})(\d{2})(\d{2})" + _TIME, re.IGNORECASE)),
    (DayForm.SHORT, re.compile(r"(\d{2})(\d{2})(\d{2})")),
    (DayForm.UNCLEAR, _ORDERED),
)
_SERIAL = re.compile(r"[2-7]\d{4}(?:[.,]\d+)?")


@dataclass(frozen=True)
class Cells:
    """A column's cells in the sample, counted. `texts`: each different filled text and how often it stands there."""

    rows: int
    texts: Counter[str]

    @property
    def filled(self) -> int:
        """How many cells hold something."""
        return self.texts.total()

    @property
    def has_few(self) -> bool:
        """Whether the same few texts repeat themselves, as codes and categories do."""
        return 0 < len(self.texts) <= FEW and len(self.texts) <= max(12, self.filled // 2)

    @property
    def is_unique(self) -> bool:
        """Whether every row has a text of its own."""
        return bool(self.rows) and len(self.texts) == self.filled == self.rows

    @property
    def days(self) -> float:
        """The share of the filled cells that are days in one of the forms that need no guess."""
        return self._share(lambda text: day_shape(text) not in (None, DayForm.SHORT, DayForm.SERIAL))

    @property
    def loose_days(self) -> float:
        """The share that may be days, also such as look like other numbers."""
        return self._share(lambda text: day_shape(text) is not None)

    @property
    def answers(self) -> float:
        """The share that answers yes or no."""
        return self._share(lambda text: fold(text) in ANSWERS or fold(text) in FOREIGN_ANSWERS)

    @property
    def counts(self) -> float:
        """The share of whole numbers."""
        return self._share(lambda text: _WHOLE.fullmatch(text) is not None)

    @property
    def numbers(self) -> float:
        """The share of numbers, also with decimals."""
        return self._share(lambda text: _NUMBER.fullmatch(text) is not None)

    def day_form(self) -> DayForm | None:
        """The form of most of the days, with the order of day and month as the days themselves tell it."""
        shapes = Counter[DayForm]()
        for text, times in self.texts.items():
            if shape := day_shape(text):
                shapes[shape] += times
        if not shapes:
            return None
        form = shapes.most_common(1)[0][0]
        return self._order() if form is DayForm.UNCLEAR else form

    def _order(self) -> DayForm:
        leads = set()
        for text in self.texts:
            if match := _ORDERED.fullmatch(text):
                first, second = int(match[1]), int(match[2])
                leads |= {DayForm.DAY_FIRST} if first > 12 else set()
                leads |= {DayForm.MONTH_FIRST} if second > 12 else set()
        if len(leads) > 1:
            return DayForm.MIXED
        return leads.pop() if leads else DayForm.UNCLEAR

    def _share(self, holds: Callable[[str], bool]) -> float:
        return sum(times for text, times in self.texts.items() if holds(text)) / self.filled if self.filled else 0.0


def count(texts: Iterable[str]) -> Cells:
    """Count a column's cells; blanks around a text and faults of a spreadsheet do not count."""
    tidied = [" ".join(text.split()) for text in texts]
    return Cells(len(tidied), Counter(text for text in tidied if text not in _EMPTY))


def day_shape(text: str) -> DayForm | None:
    """The form that a text has the shape of; UNCLEAR where day and month stand first. None for what is no day."""
    for form, shape in _SHAPES:
        match = shape.fullmatch(text)
        if match and _is_day(form, match[1], match[2], match[3]):
            return form
    return DayForm.SERIAL if _SERIAL.fullmatch(text) else None


def _is_day(form: DayForm, first: str, second: str, third: str) -> bool:
    if form is DayForm.UNCLEAR:
        return _exists(third, second, first) or _exists(third, first, second)
    return _exists(first if form is DayForm.YEAR_FIRST else f"20{first}", second, third)


def _exists(year: str, month: str, day: str) -> bool:
    try:
        return date(int(year), int(month), int(day)).year >= 1800
    except ValueError:
        return False
