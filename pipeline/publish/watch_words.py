"""What is said of a unit's cases to act on, the same on its page and in its workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipeline.model import EXTRACT_NAMES, swedish_order
from pipeline.model.cases import Watch, WatchRow
from pipeline.publish import forms

_OLD = "Utdraget med {name} är från {day}: det som hänt därefter syns inte."
_UNFLAGGED = (
    "Utdraget med {names} visar inte vilka som har skyddade personuppgifter. Kontrollera det innan listan lämnas"
    " vidare."
)


class Urgency(StrEnum):
    """How near its limit a case is."""

    OVER = "over"
    NEAR = "near"
    NO_DAY = "no-day"


@dataclass(frozen=True)
class Tally:
    """How many rows have passed a limit, are near one, or are to be looked at for another reason."""

    over: int
    near: int
    rest: int


def units(found: Watch) -> list[str]:
    """Every unit that has anything to look at, in Swedish order."""
    return sorted(set(found.rows) | {unit for unit, count in found.left_out.items() if count}, key=swedish_order)


def head(unit: str, found: Watch) -> list[tuple[str, bool]]:
    """What stands above a unit's cases: a text, and whether it warns."""
    tally = counted(found.rows.get(unit, ()))
    told = [
        (
            f"Läget enligt utdragen {forms.day(found.as_of)}: {forms.counted(tally.over, 'rad', 'rader')} över en"
            f" gräns, {forms.number(tally.near)} nära en gräns, {forms.number(tally.rest)} att granska av andra skäl."
            " Samma ärende kan stå på flera rader.",
            False,
        ),
        ("Endast för enhetens chef: listan omfattas av sekretess. Personen hittar du i verksamhetssystemet.", False),
    ]
    return [*told, *((text, True) for text in warnings(unit, found))]


def warnings(unit: str, found: Watch) -> Iterator[str]:
    """What the list does not tell: persons with protected identity, old extracts, lists that could not be made."""
    left_out = found.left_out.get(unit, 0)
    if left_out:
        rest = "visas inte här. Bevaka dem i verksamhetssystemet."
        yield f"{forms.counted(left_out, 'rad', 'rader')} om personer med skyddade uppgifter {rest}"
    if found.unflagged:
        yield _UNFLAGGED.format(names=forms.listed([EXTRACT_NAMES[name] for name in found.unflagged]))
    for name, day in (found.old or {}).items():
        yield _OLD.format(name=EXTRACT_NAMES[name], day=forms.day(day))
    yield from (f"Listan saknas – {text}" for text in found.lacking)


def counted(rows: Sequence[WatchRow]) -> Tally:
    """The rows by how near their limit they are."""
    kinds = [urgency(row) for row in rows]
    return Tally(*(kinds.count(kind) for kind in (Urgency.OVER, Urgency.NEAR, Urgency.NO_DAY)))


def urgency(row: WatchRow) -> Urgency:
    """Whether a row has passed its limit, comes near it, or has none."""
    if row.days_left is None:
        return Urgency.NO_DAY
    return Urgency.OVER if row.days_left < 0 else Urgency.NEAR


def state(row: WatchRow) -> str:
    """`12 dagar över`, `5 dagar kvar`, `sista dagen`, `att granska`."""
    if row.days_left is None:
        return "att granska"
    if row.days_left == 0:
        return "sista dagen"
    amount = forms.days(abs(row.days_left), forms.number(abs(row.days_left)))
    return f"{amount} {'över' if row.days_left < 0 else 'kvar'}"


def provisions(rows: Iterable[WatchRow]) -> list[str]:
    """The provisions that rows are held against, each once, in the rows' order."""
    return list(dict.fromkeys(one.text for row in rows for one in row.law))
