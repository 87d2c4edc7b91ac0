"""What the columns of a question are, by what they are read from: nothing that points out somebody, no single days.

Names given on the way tell nothing: a column is followed through every inner SELECT to the tables and views.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from pipeline import database
from pipeline.errors import WrongUse
from pipeline.lineage import CALENDAR, WEEKDAY, CannotFollow, Following, Kind, Use
from pipeline.questions.protection import secrets
from pipeline.questions.protection.reach import COUNTED
from pipeline.questions.protection.shape import Role, Shape

# Days and numbers that are no single case's: the figure's own day, and scales of a few steps.
COARSE = frozenset({"as_of", "starts", "ends", "level", "earlier_level", "severity", "recurrence", "scale"})
_DAYS = ("DATE", "TIMESTAMP")
_NUMBERS = (
    "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT",
    "DECIMAL", "DOUBLE", "FLOAT",
)  # fmt: skip
_Types = dict[str, dict[str, str]]
_WORDS = ("VARCHAR", "BOOLEAN", "ENUM")


def demand_uses(folder: Path, question: str, shape: Shape, aggregates: Collection[str]) -> list[Use]:
    """What each column of the answer is. Raises WrongUse for what may not be shown, or not be followed."""
    types = _folded(database.types(folder))
    try:
        found = Following(question, {name: list(those) for name, those in types.items()}, _known(types), aggregates)
    except CannotFollow:
        raise _not_followed() from None
    if found.width != len(shape.roles):
        raise _not_followed()
    uses = [found.divided_by(place) for place in range(found.width)]
    for place, use in enumerate(uses):
        _demand_harmless(shape.name(place), use, found.reckoned_of(place))
        _demand_own(shape.name(place), found, place, types)
    if found.strays(_has_cases(types), COUNTED):
        raise WrongUse(
            "--protect: ett villkor bygger på andra ärenden än de som räknas. Sätt ihop dem med person_id eller"
            " ärendets id, eller ställ den inre frågan för sig och skriv svaret på den i villkoret."
        )
    shown = frozenset().union(*(use.parts for use, role in zip(uses, shape.roles, strict=True) if role is Role.KEY))
    if {CALENDAR, WEEKDAY} <= shown:
        raise WrongUse(
            "--protect: veckodagen visar tillsammans med veckan eller månaden enskilda dagar. Ta bort en av dem."
        )
    if found.order_tells():
        raise WrongUse("--protect: ordningen visar något som inte står i svaret. Sortera efter en kolumn som visas.")
    return uses


def _demand_harmless(name: str, use: Use, reckoned: Use) -> None:
    """What is shown, or reckoned with, must be nobody's id, and nobody's single day."""
    for one in (use, reckoned):
        if one.kind is Kind.SECRET:
            secret = min(one.names & secrets.NAMES)
            raise WrongUse(
                f"--protect: kolumnen {name} kan peka ut en person, ett ärende eller en handläggare ({secret}). Ta"
                " bort den."
            )
    if use.kind is not Kind.CATEGORY:
        raise tells_days(name)


def _demand_own(name: str, found: Following, place: int, types: _Types) -> None:
    """No case may weigh more than another, and none be set beside many others."""
    if found.weighs(place):
        raise WrongUse(
            f"--protect: kolumnen {name} räknar på ett sätt som kan visa en enskilds uppgift. Räkna på en kolumn som"
            " den är, och välj rader med FILTER (WHERE …)."
        )
    if found.carried(place, _has_cases(types), COUNTED):
        raise WrongUse(
            f"--protect: kolumnen {name} hämtas från andra ärenden än de som räknas. Sätt ihop tabellerna med"
            " person_id eller ärendets id, eller ta med det i den inre SELECT-satsen."
        )


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


def _folded(types: Mapping[str, Mapping[str, str]]) -> _Types:
    """All names in small letters: the engine takes no notice of them."""
    return {name.casefold(): {one.casefold(): kind for one, kind in those.items()} for name, those in types.items()}


def _has_cases(types: _Types) -> Callable[[str], bool]:
    return lambda relation: any(one in types.get(relation.casefold(), ()) for one in COUNTED)


def _known(types: _Types) -> Callable[[str, str], Kind | None]:
    def kind(relation: str, column: str) -> Kind | None:
        found = types.get(relation.casefold(), {}).get(column.casefold())
        return None if found is None else _kind(column.casefold(), found)

    return kind


def _kind(column: str, kind: str) -> Kind:
    if column in secrets.NAMES:
        return Kind.SECRET
    if column in COARSE or (kind.startswith(_WORDS) and not kind.endswith("]")):
        return Kind.CATEGORY
    if kind.startswith(_DAYS):
        return Kind.DAY
    return Kind.NUMBER if kind.startswith(_NUMBERS) and not kind.endswith("]") else Kind.RECKONED
