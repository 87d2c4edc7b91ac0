"""What a column holds that is taken for none of the contract's, told without telling who anybody is."""

from __future__ import annotations

import re

from pipeline.inspection.cells import MOSTLY, Cells
from pipeline.inspection.masking import LONGEST_SHOWN, tells_identity
from pipeline.inspection.vocabulary import Vocabulary

_OFTEN = 5  # rows: a text that stands in fewer may be somebody's
_MANY_NUMBERS = 6  # different ones: no codes
_SHORT_CODE = re.compile(r"[^\W\d_]?\d{1,2}|[^\W\d_]|[^\W\d_]{2}\d{1,2}")
_ABOUT_PEOPLE = frozenset(("person", "id", "name", "staff", "birth"))


def told(heading: str, cells: Cells, vocabulary: Vocabulary) -> str:
    """The type of a column's cells in Swedish, with the values where they are few and name nobody."""
    if not cells.filled:
        return "tom"
    if cells.loose_days >= MOSTLY:
        return f"datum ({cells.day_form()})"
    if cells.answers >= MOSTLY and not cells.counts:
        return "ja/nej"
    if cells.numbers >= MOSTLY and len(cells.texts) > _MANY_NUMBERS:
        return "tal"
    return _few(heading, cells, vocabulary) if cells.has_few and not cells.is_unique else "text"


def _few(heading: str, cells: Cells, vocabulary: Vocabulary) -> str:
    is_about_people = bool(vocabulary.concepts.phrase(heading).concepts & _ABOUT_PEOPLE)
    shown = [
        text
        for text, times in cells.texts.most_common()
        if not is_about_people and times >= _OFTEN and _names_nobody(text, vocabulary)
    ]
    hidden = len(cells.texts) - len(shown)
    if not shown:
        return f"få värden ({hidden} olika)" if hidden > 1 else "samma värde i alla"
    return f"få värden: {', '.join(shown)}{f' och {hidden} till' if hidden else ''}"


def _names_nobody(text: str, vocabulary: Vocabulary) -> bool:
    if len(text) > LONGEST_SHOWN or (tells_identity(text) and not vocabulary.knows_text(text)):
        return False
    return _SHORT_CODE.fullmatch(text) is not None or vocabulary.knows_text(text)
