"""What the project's SQL makes: tables that are loaded, and tables and views that are made of others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

LOADED = "loaded."


class Origin(NamedTuple):
    """A column of a relation."""

    relation: str
    column: str


@dataclass(frozen=True)
class Relation:
    """A table or view: `name` as queries write it (`loaded.investigations`, `investigations`).

    `columns` tells what each column is made of, directly; nothing for those of a table that is filled by the program.
    `choosing`: what decides which rows there are, in conditions, joins and groups. `words`: the Swedish comment of a
    column, or of the relation under "".
    """

    name: str
    file: Path
    is_filled: bool
    columns: Mapping[str, frozenset[Origin]]
    choosing: frozenset[Origin]
    words: Mapping[str, str]

    @property
    def extract(self) -> str:
        """The extract whose rows it holds; empty for any other."""
        return self.name.removeprefix(LOADED) if self.name.startswith(LOADED) else ""
