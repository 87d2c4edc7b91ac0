"""What an answer may be divided by: nothing that points out somebody, no single days, no windows that overlap."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from pipeline import database
from pipeline.database import Column
from pipeline.errors import WrongUse
from pipeline.questions.protection import secrets
from pipeline.questions.protection.shape import Role, Shape

# Days and numbers that are no single case's: the figure's own day, and scales of a few steps.
_COARSE = frozenset({"as_of", "starts", "ends", "level", "earlier_level", "severity", "recurrence", "scale"})
_DAYS = ("DATE", "TIMESTAMP")
_FINE_TYPES = (*_DAYS, "TIME", "INTERVAL", "DECIMAL", "DOUBLE", "FLOAT", "UUID", "BLOB")
_INTEGERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT")
_SEVERAL = ("STRUCT", "MAP", "UNION", "JSON", "VARIANT")
_A_DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[ T].*)?")
_OF_WINDOWS = frozenset({"window_kind", "is_report", "starts", "ends"})
_OVERLAPPING = """
    select 1 from windows as one join windows as other
        on one.window_id < other.window_id and one.starts <= other.ends and other.starts <= one.ends
    where list_contains($names, one.window_id) and list_contains($names, other.window_id) limit 1
"""
_SECONDS = 60.0
Row = tuple[Any, ...]


def demand_allowed(folder: Path, shape: Shape, columns: Sequence[Column], rows: Sequence[Row]) -> None:
    """Raises WrongUse for a column that may not divide the answer. `rows`: the answer's own columns first."""
    texts: set[str] = set()
    for place, role in enumerate(shape.roles):
        if role is Role.MEASURE:
            continue
        name, of = columns[place].name, set(shape.key_columns(place))
        secret = [one for one in (name.casefold(), *sorted(of)) if one in secrets.NAMES]
        if secret:
            raise WrongUse(
                f"--protect: kolumnen {name} kan peka ut en person, ett ärende eller en handläggare ({secret[0]}). Ta"
                " bort den."
            )
        if columns[place].type.endswith("]") or columns[place].type.startswith(_SEVERAL):
            raise WrongUse(f"--protect: kolumnen {name} har flera värden i varje cell. Skriv dem i var sin kolumn.")
        found = {row[place] for row in rows if row[place].__hash__}
        if role is Role.KEY and not of & _COARSE:
            is_fine = columns[place].type.startswith((*_FINE_TYPES, *_INTEGERS)) and shape.is_bare(place)
            if is_fine or _are_single_days(found, columns[place].type):
                raise WrongUse(
                    f"--protect: kolumnen {name} delar upp svaret på enskilda dagar eller tal, som kan kännas igen. Slå"
                    " ihop dem, till exempel till månader med date_trunc('month', …) eller till grupper med CASE."
                )
        if len(found) > 1 and (of & _OF_WINDOWS or _overlap(folder, found)):
            raise WrongUse(
                f"--protect: fönstren i kolumnen {name} går över varandra, så att det som döljs i ett kan räknas fram"
                " ur ett annat. Fråga om ett fönster i taget, eller om månaderna."
            )
        texts.update(one for one in found if isinstance(one, str))
    if secrets.stands_among(folder, texts):
        raise WrongUse(
            "--protect: i svaret står id eller fri text ur enskilda ärenden, fast kolumnen heter något annat. Ta bort"
            " den kolumnen."
        )


def _are_single_days(values: Collection[object], kind: str) -> bool:
    """Whether a column that is reckoned holds days other than the first of months, or Mondays."""
    days = [day for one in values if (day := _day(one, is_day=kind.startswith(_DAYS))) is not None]
    return any(day.day != 1 for day in days) and any(day.weekday() for day in days)


def _day(value: object, *, is_day: bool) -> date | None:
    found = _A_DAY.fullmatch(str(value)) if is_day or isinstance(value, str) else None
    try:
        return date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        return None


def _overlap(folder: Path, values: Collection[object]) -> bool:
    names = [one for one in values if isinstance(one, str)]
    if "windows" not in database.contents(folder):
        return False
    with database.answering(folder, _OVERLAPPING, {"names": names}, _SECONDS) as found:
        return any(found.chunks(1))
