"""The library of relations: read from sql/tables, sql/prepared and, where there are any, sql/views."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.scope import Scope

from pipeline.errors import WrongUse
from pipeline.lineage import parsing
from pipeline.lineage.parsing import Macros
from pipeline.lineage.relations import Origin, Relation
from pipeline.places import ROOT

SQL = ROOT / "sql"
SETTINGS = ("limits", "limit_values", "plan_months")  # what [limits] of config.toml becomes
_FILLED, _MADE, _VIEWS = "tables", "prepared", "views"


@dataclass(frozen=True)
class Library:
    """All relations by name, and the macros that their statements call."""

    relations: Mapping[str, Relation]
    macros: Macros

    @property
    def columns(self) -> dict[str, list[str]]:
        """The columns of every relation."""
        return {name: list(one.columns) for name, one in self.relations.items()}

    @property
    def views(self) -> list[Relation]:
        """What analysts query: the relations of sql/views."""
        return [one for one in self.relations.values() if one.file.parent.name == _VIEWS]

    def scope(self, query: str, named: str) -> Scope:
        """A query, resolved. Raises WrongUse where it cannot be read; `named` says what it is (Swedish)."""
        try:
            return parsing.resolved(query, self.columns)
        except SqlglotError as fault:
            said = str(fault).splitlines()[0]
            raise WrongUse(
                f"{named}: SQL-satsen kan inte läsas ({said}). Pröva den med: python -m pipeline sql"
            ) from None

    def read_by(self, query: str, named: str) -> dict[str, set[str]]:
        """The relations that a query reads, in the order of the library, and the columns that it reads of each."""
        scope = self.scope(query, named)
        read = parsing.read_directly(scope) | set(parsing.of_macros(scope.expression, self.macros))
        found: dict[str, set[str]] = {name: set() for name in parsing.relations(scope.expression)}
        for origin in read:
            found.setdefault(origin.relation, set()).add(origin.column)
        return {name: found[name] for name in self.relations if name in found}

    def sources(self, read: Iterable[Origin]) -> set[Origin]:
        """The columns of filled tables that lie behind, also those that decide which rows there are."""
        found: set[Origin] = set()
        waiting, seen = list(read), set[Origin]()
        while waiting:
            origin = waiting.pop()
            if origin in seen or origin.relation not in self.relations:
                continue
            seen.add(origin)
            relation = self.relations[origin.relation]
            if relation.is_filled:
                found.add(origin)
            else:
                waiting += [*relation.columns.get(origin.column, ()), *relation.choosing]
        return found

    def extracts_behind(self, read: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
        """The extracts, with their columns, that lie behind what a query reads (relation → columns)."""
        found: dict[str, list[str]] = {}
        behind = self.sources(Origin(relation, column) for relation, columns in read.items() for column in columns)
        for name, relation in self.relations.items():
            columns = [column for column in relation.columns if Origin(name, column) in behind]
            if relation.extract and columns:
                found[relation.extract] = columns
        return found

    def settings_behind(self, read: Mapping[str, Iterable[str]]) -> list[str]:
        """The tables of settings that lie behind what a query reads; windows of time are none."""
        behind = self.sources(Origin(relation, column) for relation, columns in read.items() for column in columns)
        tables = {origin.relation for origin in behind}
        return [name for name in self.relations if name in tables and name in SETTINGS]

    def values(self, origin: Origin) -> frozenset[Origin]:
        """The columns of filled tables that a column's value is made of."""
        relation = self.relations[origin.relation]
        if relation.is_filled:
            return frozenset({origin})
        made_of = relation.columns.get(origin.column, frozenset())
        return frozenset().union(*(self.values(one) for one in made_of if one.relation in self.relations))

    def copied_from(self, origin: Origin) -> Origin | None:
        """The column of a filled table that a column repeats under its own name; None for one that is worked out.

        What is blanked where it has not happened yet is repeated; what has words of its own is another thing.
        """
        relation = self.relations[origin.relation]
        if relation.is_filled:
            return origin
        same = [one for one in relation.columns.get(origin.column, ()) if one.column == origin.column]
        if len(same) != 1 or origin.column in relation.words:
            return None
        return self.copied_from(same[0])

    def words(self, origin: Origin) -> str:
        """The Swedish comment of a column: its own, or that of the column that it repeats; empty without any."""
        own = self.relations[origin.relation].words.get(origin.column, "")
        copied = self.copied_from(origin)
        if own or copied in (None, origin):
            return own
        return self.words(copied)


@cache
def read(folder: Path = SQL) -> Library:
    """The library of the project. Raises WrongUse for a file that cannot be read."""
    found: dict[str, Relation] = {}
    macros: dict[str, frozenset[Origin]] = {}
    waiting: list[tuple[Path, exp.Create]] = []
    words: dict[str, dict[str, str]] = {}
    for file in (one for part in (_FILLED, _MADE, _VIEWS) for one in sorted((folder / part).glob("*.sql"))):
        for statement in _statements(file):
            if isinstance(statement, exp.Comment):
                name, column = _commented(statement)
                words.setdefault(name, {})[column] = statement.expression.name
            elif isinstance(statement, exp.Create) and statement.kind == "MACRO":
                macros.update([parsing.macro(statement)])
            elif isinstance(statement, exp.Create):
                waiting.append((file, statement))
    while waiting:
        ready = [(file, one) for file, one in waiting if _read_by(one) <= set(found)]
        if not ready:
            file, one = waiting[0]
            missing = ", ".join(sorted(_read_by(one) - set(found)))
            raise WrongUse(f"{file.name}: läser {missing}, som ingen fil i {folder.name} skapar.")
        for file, one in ready:
            relation = _relation(file, one, Library(found, macros), words)
            found[relation.name] = relation
        waiting = [pair for pair in waiting if pair not in ready]
    return Library(found, macros)


def _statements(file: Path) -> list[exp.Expr]:
    try:
        return parsing.statements(file)
    except SqlglotError as fault:
        raise WrongUse(f"{file.name}: filen kan inte läsas som SQL ({str(fault).splitlines()[0]}).") from None


def _commented(statement: exp.Comment) -> tuple[str, str]:
    """The relation and column that a comment is on; no column for the relation itself."""
    on = statement.this
    if isinstance(on, exp.Column):
        return (f"{on.db}.{on.table}" if on.db else on.table), on.name
    return parsing.name_of(on), ""


def _table(statement: exp.Create) -> exp.Table:
    named = statement.this
    return named.this if isinstance(named, exp.Schema) else named


def _read_by(statement: exp.Create) -> set[str]:
    return parsing.relations(statement.expression) if statement.expression is not None else set()


def _relation(file: Path, statement: exp.Create, known: Library, words: Mapping[str, Mapping[str, str]]) -> Relation:
    name = parsing.name_of(_table(statement))
    said = words.get(name, {})
    if statement.expression is None:
        columns = {column.name: frozenset[Origin]() for column in statement.this.find_all(exp.ColumnDef)}
        return Relation(name, file, True, columns, frozenset(), said)
    scope = parsing.resolved(statement.expression, known.columns)
    tracing = parsing.Tracing(scope, known.macros)
    return Relation(name, file, False, tracing.outputs(), tracing.choosing(), said)
