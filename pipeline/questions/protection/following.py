"""What the columns of a question are, by what they are read from: nothing that points out somebody, no single days.

Names given on the way tell nothing: a column is followed through every inner SELECT to the tables and views.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from pipeline import database
from pipeline.errors import WrongUse
from pipeline.lineage import CALENDAR, WEEKDAY, CannotFollow, Following, Kind, Use
from pipeline.questions.protection import secrets
from pipeline.questions.protection.shape import Role, Shape

# Days and numbers that are no single case's: the figure's own day, and scales of a few steps.
COARSE = frozenset({"as_of", "starts", "ends", "level", "earlier_level", "severity", "recurrence", "scale"})
_DAYS = ("DATE", "TIMESTAMP")
_NUMBERS = (
    "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT",
    "DECIMAL", "DOUBLE", "FLOAT",
)  # fmt: skip
_WORDS = ("VARCHAR", "BOOLEAN", "ENUM")


def demand_uses(folder: Path, question: str, shape: Shape, aggregates: Collection[str]) -> list[Use]:
    """What each column of the answer is. Raises WrongUse for what may not be shown, or not be followed."""
    types = database.types(folder)
    columns = {name: list(those) for name, those in types.items()}

    def kind(relation: str, column: str) -> Kind | None:
        return _kind(types, relation.casefold(), column.casefold())

    try:
        found = Following(question, columns, kind, aggregates)
    except CannotFollow:
        raise _not_followed() from None
    if found.width != len(shape.roles):
        raise _not_followed()
    uses = [found.divided_by(place) for place in range(found.width)]
    for place, use in enumerate(uses):
        reckoned = found.reckoned_of(place)
        name = shape.name(place)
        if Kind.SECRET in (use.kind, reckoned.kind):
            secret = sorted((use if use.kind is Kind.SECRET else reckoned).names & secrets.NAMES)
            raise WrongUse(
                f"--protect: kolumnen {name} kan peka ut en person, ett ärende eller en handläggare ({secret[0]}). Ta"
                " bort den."
            )
        if use.kind is not Kind.CATEGORY:
            raise tells_days(name)
    shown = frozenset().union(*(use.parts for use, role in zip(uses, shape.roles, strict=True) if role is Role.KEY))
    if {CALENDAR, WEEKDAY} <= shown:
        raise WrongUse(
            "--protect: veckodagen visar tillsammans med veckan eller månaden enskilda dagar. Ta bort en av dem."
        )
    if found.order_tells():
        raise WrongUse("--protect: ordningen visar något som inte står i svaret. Sortera efter en kolumn som visas.")
    return uses


def tells_days(name: str) -> WrongUse:
    """The refusal of a column that divides the answer too finely."""
    return WrongUse(
        f"--protect: kolumnen {name} delar upp svaret på enskilda dagar eller tal, som kan kännas igen. Slå ihop dem,"
        " till exempel till månader med date_trunc('month', …) eller till grupper med CASE."
    )


def _not_followed() -> WrongUse:
    return WrongUse(
        "--protect: det går inte att följa varifrån svarets kolumner kommer. Skriv frågan enklare: kolumner ur tabeller"
        " och vyer, utan funktioner efter FROM."
    )


def _kind(types: Mapping[str, Mapping[str, str]], relation: str, column: str) -> Kind | None:
    known = {name.casefold(): those for name, those in types.items()}.get(relation, {})
    kind = {name.casefold(): one for name, one in known.items()}.get(column)
    if kind is None:
        return None
    if column in secrets.NAMES:
        return Kind.SECRET
    if column in COARSE or (kind.startswith(_WORDS) and not kind.endswith("]")):
        return Kind.CATEGORY
    if kind.startswith(_DAYS):
        return Kind.DAY
    return Kind.NUMBER if kind.startswith(_NUMBERS) and not kind.endswith("]") else Kind.RECKONED
