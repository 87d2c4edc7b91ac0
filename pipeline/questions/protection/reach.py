"""Whose the rows of a question are: which columns of what it reads tell persons, or at least cases, apart."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline import database
from pipeline.database import Kind, QuestionFault
from pipeline.errors import WrongUse
from pipeline.questions.protection import shape
from pipeline.questions.protection.shape import Shape

PERSON = "person_id"
_CASES = ("case_id", "incident_id", "item_id")
COUNTED = (PERSON, *_CASES)
_PROTECTED = ("is_protected", "protected_identity")


@dataclass(frozen=True)
class Reach:
    """The columns that persons are counted by, one for each relation that has any, and those of protected identity.

    Of a relation without persons cases are counted; `cases`: the name of that column where no person is reached at all.
    """

    persons: tuple[shape.Path, ...]
    protected: tuple[shape.Path, ...]
    cases: str


def reach(folder: Path, asked: Shape, parameters: Mapping[str, Any], seconds: float) -> Reach:
    """What the question reaches. Raises WrongUse when an inner SELECT leaves out the persons of what it reads."""
    read = {name: _columns(folder, asked.all_of(name), parameters, seconds) for name in asked.relations()}
    by_person = _paths(read, PERSON)
    if not by_person and _any_has_persons(folder, asked.tables()):
        raise WrongUse(
            f"--protect: i frågan finns personer, men det syns inte vilka raderna gäller. Ta med {PERSON} bland"
            " kolumnerna i den inre SELECT-satsen."
        )
    others = {relation: columns for relation, columns in read.items() if PERSON not in columns}
    by_case = tuple((relation, name) for relation, columns in others.items() if (name := _case(columns)))
    protected = tuple(path for name in _PROTECTED for path in _paths(read, name))
    return Reach(by_person + by_case, protected, "" if by_person else next((name for _, name in by_case), ""))


def _case(columns: Collection[str]) -> str:
    """The column that tells cases apart, if any."""
    return next((name for name in _CASES if name in columns), "")


def _paths(read: Mapping[str, Collection[str]], column: str) -> tuple[shape.Path, ...]:
    return tuple((relation, column) for relation, columns in read.items() if column in columns)


def _any_has_persons(folder: Path, tables: Collection[str]) -> bool:
    known = database.contents(folder)
    return any(PERSON in columns for name, columns in known.items() if name.rpartition(".")[2].casefold() in tables)


def _columns(folder: Path, parsed: str, parameters: Mapping[str, Any], seconds: float) -> frozenset[str]:
    """The names of a relation's columns; none where they cannot be had."""
    with database.answering(folder, "select json_deserialize_sql($parsed::json)", {"parsed": parsed}, seconds) as found:
        ((sql,),) = next(found.chunks(1))
    try:
        with database.answering(folder, f"select * from ({sql}) limit 0", parameters, seconds) as found:
            return frozenset(column.name.casefold() for column in found.columns)
    except QuestionFault as fault:
        if fault.kind in (Kind.TIME, Kind.MEMORY, Kind.PARAMETERS):
            raise
        return frozenset()
