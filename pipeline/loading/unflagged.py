"""Extracts about persons that do not tell, or not of all, who has a protected identity: then nobody can keep them out.

Told of loaded rows. A column with nothing but ja tells of everybody: a blank cell there means no.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.database import Database
from pipeline.loading.protected import FLAG
from pipeline.loading.snapshots import Words, heading
from pipeline.model import Warned
from pipeline.schemas import EXTRACTS
from pipeline.schemas.extract import Extract

RULE = "protected_identity_unknown"
_MEANS = (
    "de som har det skyddas bara om ett annat utdrag visar det, och kan annars stå i bevakningslistor och synas i små"
    " grupper."
)


def warnings(database: Database, words: Words, columns: Mapping[str, frozenset[str]]) -> list[Warned]:
    """A warning for each such extract; `columns`: which columns of which extracts some file has."""
    return [
        warned
        for extract in EXTRACTS.values()
        if extract.name in columns and FLAG in extract.names
        for warned in _of(database, extract, heading(words, extract, FLAG), FLAG in columns[extract.name])
    ]


def _of(database: Database, extract: Extract, column: str, is_delivered: bool) -> Iterator[Warned]:
    ((rows, told, unprotected),) = database.rows(
        f"select count(*), count({FLAG}), count(*) filter (where not {FLAG}) from loaded.{extract.name}"
    )
    if not rows:
        return
    blank = rows - told
    if not is_delivered:
        what = f"Kolumnen {column} finns inte i utdraget, så ingen vet vilka personer som har skyddade personuppgifter"
        yield Warned(extract.name, RULE, f"{what}: {_MEANS}", 1)
    elif not told:
        what = f"Kolumnen {column} är tom på alla rader, så ingen vet vilka personer som har skyddade personuppgifter"
        yield Warned(extract.name, RULE, f"{what}: {_MEANS}", 1)
    elif blank and unprotected:
        what = f"Kolumnen {column} är tom på en del rader, så ingen vet om personerna har skyddade personuppgifter"
        yield Warned(extract.name, RULE, f"{what}: {_MEANS}", blank)
