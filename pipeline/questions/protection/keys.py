"""What the values that an answer is divided by may be: no single days, no texts of cases, no windows that overlap.

What the columns may be is told beforehand, in `following`; here is looked at what came out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from pipeline import database
from pipeline.database import Column
from pipeline.errors import WrongUse
from pipeline.lineage import Use
from pipeline.questions.protection import following, secrets
from pipeline.questions.protection.shape import Role, Shape

_DAYS = ("DATE", "TIMESTAMP")
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


def demand_allowed(
    folder: Path, shape: Shape, uses: Sequence[Use], columns: Sequence[Column], rows: Sequence[Row]
) -> None:
    """Raises WrongUse for a column that may not divide the answer. `rows`: the answer's own columns first."""
    texts: set[str] = set()
    for place, role in enumerate(shape.roles):
        if role is Role.MEASURE:
            continue
        name, kind = columns[place].name, columns[place].type
        if kind.endswith("]") or kind.startswith(_SEVERAL):
            raise WrongUse(f"--protect: kolumnen {name} har flera värden i varje cell. Skriv dem i var sin kolumn.")
        found = {row[place] for row in rows if row[place].__hash__}
        if role is Role.KEY and not uses[place].names & following.COARSE and _are_single_days(found, kind):
            raise following.tells_days(name)
        if len(found) > 1 and (uses[place].names & _OF_WINDOWS or _overlap(folder, found)):
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
