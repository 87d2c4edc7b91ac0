"""What stands in an answer's cells, as texts and as values that other programs take."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite
from typing import Any

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def text(value: Any) -> str:
    """A value as a text: empty for null, days as 2026-05-01, yes and no as true and false."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple | Mapping):
        return json.dumps(plain(value), ensure_ascii=False)
    return value.hex() if isinstance(value, bytes) else str(value)


def guarded(value: Any) -> str:
    """The same for a file that a spreadsheet opens: a text that begins as a formula does stays a text."""
    written = text(value)
    return f"'{written}" if isinstance(value, str) and written.startswith(_FORMULA_STARTS) else written


def plain(value: Any) -> Any:
    """A value as JSON has it: numbers as numbers, what it has no form for as text; null for what is no number."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float | Decimal):
        return float(value) if isfinite(value) else None
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, Mapping):
        return {str(name): plain(one) for name, one in value.items()}
    return str(value) if isinstance(value, timedelta) else text(value)
