"""The SQL of the project as trees: names resolved, stars written out, and what each column is read from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from sqlglot import exp, parse, parse_one
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import Scope, build_scope, traverse_scope
from sqlglot.schema import MappingSchema

from pipeline.lineage.relations import Origin

DIALECT = "duckdb"
_MAIN = "main"
_CHOOSING = (exp.Where, exp.Join, exp.Group, exp.Having, exp.Qualify)

# Macro → what it reads besides its arguments.
Macros = Mapping[str, frozenset[Origin]]


def statements(file: Path) -> list[exp.Expr]:
    """The statements of a file."""
    return [one for one in parse(file.read_text(encoding="utf-8"), dialect=DIALECT) if one is not None]


def name_of(table: exp.Table) -> str:
    """A relation as queries write it."""
    return f"{table.db}.{table.name}" if table.db and table.db != _MAIN else table.name


def resolved(query: str | exp.Expr, columns: Mapping[str, list[str]], *, wholly: bool = True) -> Scope:
    """The outermost scope of a query whose every column says which source it is read from.

    `columns`: the columns of every relation that it may read. Unless `wholly`, what is no column of theirs, but maybe a
    name given in the query itself, stays as it is. Raises sqlglot's own errors for what cannot be read.
    """
    schema = MappingSchema(dialect=DIALECT)
    for relation, names in columns.items():
        folder, _, table = relation.rpartition(".")
        schema.add_table(
            exp.table_(table, db=folder or _MAIN),
            dict.fromkeys(names, "unknown"),
            dialect=DIALECT,
            match_depth=False,
        )
    tree = parse_one(query, dialect=DIALECT) if isinstance(query, str) else query.copy()
    tree = qualify(
        tree, schema=schema, db=_MAIN, dialect=DIALECT,
        quote_identifiers=False, identify=False, expand_alias_refs=False, validate_qualify_columns=wholly,
    )  # fmt: skip
    scope = build_scope(tree)
    assert scope is not None, "a query has a scope"  # noqa: S101 (build_scope gives None for no query only)
    return scope


class Tracing:
    """What the columns of one query are made of, through its common table expressions to the relations themselves."""

    def __init__(self, root: Scope, macros: Macros) -> None:
        self._root, self._macros = root, macros
        self._known: dict[int, dict[str, frozenset[Origin]]] = {}

    def outputs(self, scope: Scope | None = None) -> dict[str, frozenset[Origin]]:
        """Each column that the query (or one scope of it) gives, with the columns of relations behind its value."""
        scope = scope or self._root
        if id(scope) not in self._known:
            self._known[id(scope)] = self._outputs(scope)
        return self._known[id(scope)]

    def origins(self, tree: exp.Expr, scope: Scope) -> frozenset[Origin]:
        """The columns of relations that an expression in a scope is made of."""
        found = set(of_macros(tree, self._macros))
        for column in tree.find_all(exp.Column):
            source = scope.sources.get(column.table)
            if isinstance(source, exp.Table):
                found.add(Origin(name_of(source), column.name))
            elif isinstance(source, Scope):
                found |= self.outputs(source).get(column.name, frozenset())
        for window in tree.find_all(exp.Window):
            # `over stratum`: what the named window divides and orders by.
            named = _named_window(window, scope)
            if named is not None:
                found |= self.origins(named, scope)
        return frozenset(found)

    def choosing(self) -> frozenset[Origin]:
        """The columns of relations that decide which rows the query gives, anywhere in it."""
        found: set[Origin] = set()
        for scope in self._root.traverse():
            for kind in _CHOOSING:
                for clause in scope.find_all(kind):
                    found |= self.origins(clause, scope)
        return frozenset(found)

    def _outputs(self, scope: Scope) -> dict[str, frozenset[Origin]]:
        if scope.set_operation_scopes:
            parts = [self.outputs(part) for part in scope.set_operation_scopes]
            every = zip(*(part.values() for part in parts), strict=True)
            return {name: frozenset().union(*found) for name, found in zip(parts[0], every, strict=True)}
        return {one.alias_or_name: self.origins(one, scope) for one in selects(scope)}


def read_directly(root: Scope) -> frozenset[Origin]:
    """Every column of a relation that a query reads anywhere."""
    return frozenset(
        Origin(name_of(source), column.name)
        for scope in root.traverse()
        for column in scope.columns
        if isinstance(source := scope.sources.get(column.table), exp.Table)
    )


def selects(scope: Scope) -> list[exp.Expr]:
    """What a query gives, an expression a column."""
    return list(scope.expression.selects) if isinstance(scope.expression, exp.Query) else []


def relations(tree: exp.Expr) -> set[str]:
    """The relations that a query reads; its own common table expressions are none."""
    return {
        name_of(source)
        for scope in traverse_scope(tree)
        for source in scope.sources.values()
        if isinstance(source, exp.Table)
    }


def macro(statement: exp.Create) -> tuple[str, frozenset[Origin]]:
    """A macro's name, and what it reads besides its arguments."""
    body = statement.expression
    aliased = {table.alias_or_name: name_of(table) for table in body.find_all(exp.Table)}
    read = {Origin(aliased[c.table], c.name) for c in body.find_all(exp.Column) if c.table in aliased}
    return statement.this.this.name.lower(), frozenset(read)


def of_macros(tree: exp.Expr, macros: Macros) -> Iterator[Origin]:
    """What the macros that an expression calls read."""
    for call in tree.find_all(exp.Anonymous):
        yield from macros.get(str(call.this).lower(), ())


def _named_window(window: exp.Window, scope: Scope) -> exp.Expr | None:
    alias = window.args.get("alias")
    if alias is None:
        return None
    named = scope.expression.args.get("windows") or []
    return next((one for one in named if one.this.name == alias.name), None)
