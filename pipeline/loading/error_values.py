"""Cells that tell of a fault in a workbook, as the engine knows them."""

from __future__ import annotations

import re

from pipeline.sources.sheet import ERROR_VALUES, NOT_COMPUTED

_ANY = "|".join(map(re.escape, (*ERROR_VALUES, NOT_COMPUTED)))


def is_error(text: str) -> str:
    """SQL for whether a text is such a cell; not null.

    One pattern, for the engine makes a join of a list, and looked at only where it can fit, which is nearly nowhere.
    """
    return f"case when starts_with({text}, '#') then regexp_full_match({text}, '{_ANY}') else false end"
