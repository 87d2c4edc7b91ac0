"""The lists of single cases: the headers of sql/lists/*.sql, read strictly.

A header is TOML in the file's leading comment. A new list is one file: its SELECT gives `case_id` (of the extract that
the header needs first), `person_id` (null where no person stands), `unit`, `area` (null: the unit's in the register),
`subject`, `since`, `limit_day` (the last day within the rule; null = listed without one), `act` (SoL, LSS or null) and
`note`, a row a case that is open on the last day of the window `watch`, which begins on the report's first day. How
near the limit a row must be is the reader's matter.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline import config_faults
from pipeline.config import Watch
from pipeline.errors import WrongUse
from pipeline.places import ROOT

FOLDER = ROOT / "sql" / "lists"
_FILE = re.compile(r"\A/\* ---\n(?P<toml>.*?)^--- \*/\n(?P<sql>.*)\Z", re.DOTALL | re.MULTILINE)
Text = Annotated[str, Field(pattern=r"\S")]


class Header(BaseModel):
    """What a list's file says of itself.

    `title`: the rule, as the manager reads it. `law`: a rule of sql/law.toml, empty where no law demands it. `near`:
    the setting in [watch] that says how many days before the limit a case is listed; none for lists without limits.
    `todo`: what to do, in Swedish. `needs`: as in the headers of the metrics, columns without which there is no list.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    id: Annotated[str, Field(pattern=r"\S")]
    order: int
    title: Text
    law: str = ""
    near: str = ""
    todo: Text
    needs: dict[Text, list[Text]] = {}


class CaseList(Header):
    """A list: its header, and its SELECT."""

    sql: str


@cache
def read(folder: Path = FOLDER) -> tuple[CaseList, ...]:
    """All lists in their order. Raises WrongUse with the file of a header that is at fault."""
    return tuple(sorted(map(_read_file, sorted(folder.glob("*.sql"))), key=lambda one: one.order))


def _read_file(file: Path) -> CaseList:
    found = _FILE.match(file.read_text(encoding="utf-8").replace("\r\n", "\n"))
    if not found:
        raise WrongUse(f"{file.name}: filen ska börja med raden /* --- och huvudet sluta med raden --- */.")
    try:
        header = Header.model_validate(tomllib.loads(found["toml"]))
    except tomllib.TOMLDecodeError as fault:
        raise WrongUse(f"{file.name}: huvudet går inte att läsa som TOML ({fault}).") from None
    except ValidationError as fault:
        told = "; ".join(f"{'.'.join(map(str, one.path))} {one.text}" for one in config_faults.of(fault, Header))
        raise WrongUse(f"{file.name}: {told}.") from None
    if header.id != file.stem:
        raise WrongUse(f"{file.name}: id är {header.id}; ska vara filens namn, {file.stem}.")
    if header.near and header.near not in Watch.model_fields:
        known = config_faults.suggestion(header.near, Watch.model_fields)
        raise WrongUse(f"{file.name}: near är {header.near}, som inte finns under [watch]. {known}")
    return CaseList(**header.model_dump(), sql=found["sql"].strip().rstrip(";"))
