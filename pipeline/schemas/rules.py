"""The rules for rows, each with its reason in Swedish and how severe a breach is. Source: the extract contract.

Words in braces are filled in with the failing row's own: `heading` and `other_heading` as they stand in the file,
`value` and `other_value` as read, `allowed`, `rows` and `limit` as the rule says.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """What a breach means: nothing is published, the row is not loaded, or it is and the breach is told of."""

    STOP = "stop"
    REJECT = "reject"
    WARN = "warn"


@dataclass(frozen=True)
class Rule:
    """A rule's short name, and the reason given for a row that breaks it.

    `summary` says the same of many rows at once, without the values of any. `allowed`: what the configuration may
    make of it; a row without its key or a required value can never be loaded, and a file cannot be rejected by a rule.
    """

    name: str
    reason: str
    severity: Severity = Severity.REJECT
    summary: str = ""
    allowed: tuple[Severity, ...] = tuple(Severity)

    @property
    def told_of_many(self) -> str:
        """The breach in a sentence about many rows."""
        return self.summary or self.reason.replace(" ({value})", "").replace(" ({other_value})", "")


_NEVER_LOADED = (Severity.STOP, Severity.REJECT)
_OF_FILES = (Severity.STOP, Severity.WARN)


MISSING = Rule("missing", "{heading} saknas.", allowed=_NEVER_LOADED)
OPEN_END = Rule(
    "open_end",
    "{heading} saknas: {value} betyder att dagen är öppen.",
    summary="{heading} saknas: dagen är öppen.",
    allowed=_NEVER_LOADED,
)
ERROR_VALUE = Rule(
    "error_value", "{heading} innehåller felvärdet {value}.", summary="{heading} innehåller ett felvärde från Excel."
)
UNREADABLE_DATE = Rule("unreadable_date", "{heading} ({value}) går inte att läsa som ett datum.")
OTHER_FORM = Rule(
    "other_date_form",
    "{heading} ({value}) är skrivet på ett annat sätt än kolumnens övriga datum, så det går inte att läsa säkert.",
)
UNCLEAR_ORDER = Rule(
    "unclear_date",
    "{heading} ({value}) kan läsas på två sätt: inget datum i kolumnen visar om dagen eller månaden står först.",
)
MIXED_ORDER = Rule(
    "mixed_date",
    "{heading} ({value}) kan läsas på två sätt: kolumnen har både datum med dagen först och med månaden först.",
)
MANGLED_PERSON = Rule(
    "mangled_person",
    "{heading} är ett personnummer som Excel har gjort om till ett tal, så siffror har gått förlorade.",
    allowed=_NEVER_LOADED,
)
UNKNOWN_CODE = Rule("unknown_code", "{heading} ({value}) är inte ett känt värde. Tillåtna värden: {allowed}.")
NOT_YES_NO = Rule("not_yes_no", "{heading} ({value}) ska vara ja eller nej.")
NOT_COUNT = Rule("not_count", "{heading} ({value}) ska vara ett helt tal, 0 eller större.")
NOT_NUMBER = Rule("not_number", "{heading} ({value}) ska vara ett tal.")
TOO_EARLY = Rule("too_early", "{heading} ({value}) ligger före år 1900.")
TOO_LATE = Rule("too_late", "{heading} ({value}) ligger i framtiden, senare än {limit}.")
CONFLICT = Rule(
    "conflict",
    "{heading} ({value}) finns på flera rader i filen med olika innehåll: {rows}.",
    summary="{heading} finns på flera rader i samma fil med olika innehåll.",
    allowed=_NEVER_LOADED,
)
# What stands there is not told: in a row that has shifted it may be anything, also somebody's name.
SURPLUS = Rule("surplus_cells", "Raden har fler fält än rubrikraden.")


def out_of_range(least: int | None, most: int | None) -> Rule:
    """A count beyond its bounds; the reason tells them. At least one of them is given."""
    match least, most:
        case int(), None:
            bounds = f"{least} eller större"
        case None, int():
            bounds = f"högst {most}"
        case _:
            bounds = f"{least}–{most}"
    return Rule("out_of_range", f"{{heading}} ({{value}}) ska vara {bounds}.")


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


def dangling(column: str, noun: str) -> Rule:
    """A reference to a row that was not loaded; `noun` is what it refers to, in definite plural."""
    end = f"pekar på något som inte finns bland {noun}."
    return _warning(f"{column}_dangling", f"{{heading}} ({{value}}) {end}")


def not_in_register(column: str) -> Rule:
    """A unit that the register does not know."""
    return _warning(f"{column}_not_in_register", "{heading} ({value}) finns inte i enhetsregistret.")


def without_day(column: str, day: str) -> Rule:
    """An outcome whose day is missing."""
    return _warning(f"{column}_without_{day}", "{heading} är ifyllt men {other_heading} saknas.")


def lacking(column: str) -> Rule:
    """A column that a row stands without, although it should be there."""
    return _warning(f"{column}_missing", "{heading} saknas; raden läses in och saknaden redovisas.")


def _warning(name: str, reason: str) -> Rule:
    return Rule(name, reason, Severity.WARN)


def _of_file(name: str) -> Rule:
    return Rule(name, "", Severity.WARN, allowed=_OF_FILES)


# What is noticed of whole files, columns and deliveries; those who notice it word it.
OF_FILES = tuple(
    _of_file(name)
    for name in (
        "wrong_check_digit",
        "person_number_masked",
        "register_missing",
        "outside_register",
        "unknown_area",
        "not_final",
        "past_retention",
        "no_rows",
        "column_empty",
        "protected_identity_unknown",
        "dates_on_first",
        "rows_halved",
        "column_emptied",
    )
)
