"""The rules for rows, each with its reason in Swedish and how severe a breach is. Source: the extract contract.

Words in braces are filled in with the failing row's own: `heading` and `other_heading` as they stand in the file,
`value` and `other_value` as read, `allowed`, `rows` and `limit` as the rule says.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """What a breach means for the row."""

    REJECT = "reject"
    WARN = "warn"


@dataclass(frozen=True)
class Rule:
    """A rule's short name, and the reason given for a row that breaks it.

    `summary` says the same of many rows at once, for rules that only warn.
    """

    name: str
    reason: str
    severity: Severity = Severity.REJECT
    summary: str = ""


MISSING = Rule("missing", "{heading} saknas.")
OPEN_END = Rule("open_end", "{heading} saknas: {value} betyder att dagen är öppen.")
ERROR_VALUE = Rule("error_value", "{heading} innehåller felvärdet {value}.")
UNREADABLE_DATE = Rule("unreadable_date", "{heading} ({value}) går inte att läsa som ett datum.")
UNKNOWN_CODE = Rule("unknown_code", "{heading} ({value}) är inte ett känt värde. Tillåtna värden: {allowed}.")
NOT_YES_NO = Rule("not_yes_no", "{heading} ({value}) ska vara ja eller nej.")
NOT_COUNT = Rule("not_count", "{heading} ({value}) ska vara ett helt tal, 0 eller större.")
TOO_EARLY = Rule("too_early", "{heading} ({value}) ligger före år 1900.")
TOO_LATE = Rule("too_late", "{heading} ({value}) ligger i framtiden, senare än {limit}.")
CONFLICT = Rule("conflict", "{heading} ({value}) finns på flera rader i filen med olika innehåll: {rows}.")
SURPLUS = Rule("surplus_cells", "Raden har fler fält än rubrikraden: {value}.")


@dataclass(frozen=True)
class Order:
    """Two columns of one row where `column` must not come before (dates) or exceed (counts) `bound`.

    An empty cell breaks nothing: what has not happened yet is in order.
    """

    column: str
    bound: str
    rule: Rule
    counts: bool = False


def not_before(column: str, bound: str, *, severity: Severity = Severity.REJECT, summary: str = "") -> Order:
    """A day that must not lie before another."""
    reason = "{heading} ({value}) ligger före {other_heading} ({other_value})."
    return Order(column, bound, Rule(f"{column}_before_{bound}", reason, severity, summary))


def at_most(column: str, bound: str) -> Order:
    """A count that must not exceed another."""
    reason = "{heading} ({value}) är större än {other_heading} ({other_value})."
    return Order(column, bound, Rule(f"{column}_over_{bound}", reason), counts=True)
