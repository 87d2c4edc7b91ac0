"""What the cells of a column hold: days and in which form, answers, whole numbers, few or many different texts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pipeline.inspection.days import DayForm, day_form, day_shape
from pipeline.inspection.meanings import bare
from pipeline.sources.sheet import ERROR_VALUES, NOT_COMPUTED
from pipeline.sources.wording import fold

_YES, _NO = ("ja", "j", "1", "true", "x"), ("nej", "n", "0", "false")
ANSWERS = frozenset((*_YES, *_NO))  # what the loading reads
_MEANT = dict.fromkeys((*_YES, "yes", "y", "kyllä", "k"), "ja") | dict.fromkeys((*_NO, "no", "ei", "e"), "nej")
FEW = 30  # different texts: so many codes or categories a column may have
MOSTLY = 0.8
_WHOLE = re.compile(r"\d{1,9}(?:[.,]0+)?")
_NUMBER = re.compile(r"[-+−]?\d{1,15}(?:[.,]\d+)?")
_EMPTY = frozenset(("", NOT_COMPUTED, *ERROR_VALUES))


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
        return self._share(lambda text: answer(text) != "")

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
        return day_form(self.texts)

    def _share(self, holds: Callable[[str], bool]) -> float:
        return sum(times for text, times in self.texts.items() if holds(text)) / self.filled if self.filled else 0.0


def count(texts: Iterable[str]) -> Cells:
    """Count a column's cells; blanks around a text and faults of a spreadsheet do not count."""
    tidied = [" ".join(text.split()) for text in texts]
    return Cells(len(tidied), Counter(text for text in tidied if text not in _EMPTY))


def answer(text: str) -> str:
    """The answer that a text means, `ja` or `nej`, in any language; empty for what is none."""
    return _MEANT.get(fold(text)) or _MEANT.get(fold(bare(text)), "")
