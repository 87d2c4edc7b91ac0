"""A metric's statement with more columns: the days and answers that decide how each of its rows counts.

The statement itself is parsed, and what its conditions and its `hit` or `value` are read from is added to what it
returns, through its common table expressions. Rows and the columns that were there are the same as before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlglot import exp
from sqlglot.optimizer.scope import Scope

from pipeline.lineage.library import Library
from pipeline.lineage.parsing import DIALECT, name_of, selects
from pipeline.lineage.relations import Origin

# What a row is counted by, see `metrics.aggregation`.
_COUNTED_BY = ("hit", "hits", "n", "value", "observed_days", "is_over", "wait_days")
# Who a row is about, and what only ties rows together, is never shown.
_NEVER_SHOWN = ("case_worker", "rater", "unit")
_TIES = ("_id", "_key", "_number")
_VIEW = "_on_day"  # views of what was so on a window's last day; they work days out themselves
_COMPARED = (exp.LT, exp.LTE, exp.GT, exp.GTE)

# Relation → column → the engine's type.
Types = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Shown:
    """A column that was added: its name in the result, the column that it is, its type in the engine's words.

    `is_operand`: the count itself reads it.
    """

    name: str
    origin: Origin
    kind: str
    is_operand: bool


@dataclass(frozen=True)
class Span:
    """Days that the count compares: from the first to the second; a window's last day has no column (None)."""

    begins: Origin
    ends: Origin | None


@dataclass(frozen=True)
class Widened:
    """The statement, the columns that it gives besides, in reading order, and the days that are compared."""

    sql: str
    shown: tuple[Shown, ...]
    spans: tuple[Span, ...]


def widen(sql: str, library: Library, types: Types, named: str) -> Widened:
    """The widened statement of a metric; `types`: what the database says of the relations that it reads.

    Raises WrongUse where the statement cannot be read; `named` says what it is (Swedish).
    """
    root = library.scope(sql, named)
    read = _Reading(root, library, types)
    operands = read.operands()
    wanted = read.wanted(operands)
    pushed = _Pushing(library, wanted, read).into(root)
    shown = tuple(Shown(name, origin, read.kind(origin), origin in operands) for name, origin in pushed)
    return Widened(root.expression.sql(dialect=DIALECT), shown, tuple(dict.fromkeys(read.spans())))


class _Reading:
    """What a statement reads, and which of it tells how a row counts."""

    def __init__(self, root: Scope, library: Library, types: Types) -> None:
        self._root, self._library, self._types = root, library, types

    def operands(self) -> set[Origin]:
        """The columns that the count itself is read from."""
        return {origin for tree, scope in self._counts() for origin in self._columns(tree, scope)}

    def wanted(self, operands: set[Origin]) -> set[Origin]:
        """The columns to show: operands, days in conditions, and the delivered days that these are made of."""
        conditions = {
            origin
            for scope in self._root.traverse()
            for clause in scope.find_all(exp.Where, exp.Join)
            for origin in self._columns(clause, scope)
        }
        found = operands | {one for one in conditions if self._is_day(one)}
        for origin in tuple(found):
            found |= set(self._made_of(origin, whole=origin in operands))
        for origin in conditions:
            if origin.relation.endswith(_VIEW):
                found |= set(self._made_of(origin))
        return {one for one in found if not _is_secret(one.column) and not self._is_of_windows(one)}

    def spans(self) -> Iterator[Span]:
        """Where the count compares a day with a limit: from the day that the limit is reckoned from to the other."""
        for tree, scope in self._counts():
            for compared in tree.find_all(*_COMPARED):
                sides = [compared.left, compared.right]
                if not all(isinstance(side, exp.Column) for side in sides):
                    continue
                first, second = (next(iter(self._columns(side, scope)), None) for side in sides)
                if first is None or second is None:
                    continue
                yield from self._span(first, second)
                yield from self._span(second, first)

    def days_given(self, scope: Scope) -> Iterator[tuple[str, Origin]]:
        """The days that a query of groups gives as they are, such as the first of several."""
        if not scope.set_operation_scopes:
            for one in selects(scope):
                for origin in self._columns(one, scope):
                    if self._is_day(origin):
                        yield one.alias_or_name, origin

    def _span(self, limit: Origin, day: Origin) -> Iterator[Span]:
        behind = [one for one in self._library.values(limit) if self._library.relations[one.relation].extract]
        if len(behind) != 1 or self._library.copied_from(limit):
            return
        begins = [one for one in self._made_of(limit) if one != limit]
        if len(begins) == 1 and begins[0] != day:
            yield Span(begins[0], None if self._is_of_windows(day) else day)

    def _counts(self) -> Iterator[tuple[exp.Expr, Scope]]:
        for one in selects(self._root):
            if one.alias_or_name in _COUNTED_BY:
                yield from self._defined(one, self._root)

    def _defined(self, tree: exp.Expr, scope: Scope) -> Iterator[tuple[exp.Expr, Scope]]:
        """An expression, and where it reads a common table expression also what stands there."""
        yield tree, scope
        for column in tree.find_all(exp.Column):
            source = scope.sources.get(column.table)
            if isinstance(source, Scope) and not source.set_operation_scopes:
                for one in selects(source):
                    if one.alias_or_name == column.name:
                        yield from self._defined(one, source)

    def _columns(self, tree: exp.Expr, scope: Scope) -> Iterator[Origin]:
        """The columns of relations in an expression; one of a common table expression is followed to its own."""
        for column in tree.find_all(exp.Column):
            source = scope.sources.get(column.table)
            if isinstance(source, exp.Table):
                yield Origin(name_of(source), column.name)
            elif isinstance(source, Scope) and not source.set_operation_scopes:
                for one in selects(source):
                    if one.alias_or_name == column.name:
                        yield from self._columns(one, source)

    def _made_of(self, origin: Origin, *, whole: bool = False) -> Iterator[Origin]:
        """The days of the same relation that a column rests on: delivered ones, and those that a view works out.

        `whole`: of a view, every day that it has from the same extracts.
        """
        library, values = self._library, self._library.values(origin)
        extracts = {one.relation for one in values}
        for column in library.relations[origin.relation].columns:
            other = Origin(origin.relation, column)
            if not self._is_day(other) or self._is_of_windows(other):
                continue
            behind = {one for one in library.values(other) if library.relations[one.relation].extract}
            is_view = origin.relation.endswith(_VIEW)
            if is_view and whole:
                is_part = {one.relation for one in behind} <= extracts
            else:
                is_part = behind <= values and (is_view or library.copied_from(other) is not None)
            if behind and is_part:
                yield other

    def kind(self, origin: Origin) -> str:
        """A column's type in the engine's words; empty where the database does not have it."""
        return self._types.get(origin.relation, {}).get(origin.column, "")

    def _is_day(self, origin: Origin) -> bool:
        return self.kind(origin) == "DATE"

    def _is_of_windows(self, origin: Origin) -> bool:
        """A window's own day, also where a view repeats it."""
        return {one.relation for one in self._library.values(origin)} == {"windows"}


class _Pushing:
    """Adds columns to a query and to the common table expressions that it reads row by row."""

    def __init__(self, library: Library, wanted: set[Origin], read: _Reading) -> None:
        self._library, self._wanted, self._read = library, wanted, read
        self._done: dict[int, list[tuple[str, Origin]]] = {}
        self._count = 0

    def into(self, scope: Scope) -> list[tuple[str, Origin]]:
        """Add what is wanted to a scope; the names and columns that it then gives. Each column is added once."""
        if id(scope) not in self._done:
            self._done[id(scope)] = list(self._added(scope))
        return self._done[id(scope)]

    def _added(self, scope: Scope) -> Iterator[tuple[str, Origin]]:
        select, seen = scope.expression, set[Origin]()
        if not isinstance(select, exp.Select) or not _is_row_by_row(scope):
            return
        for alias, (_, source) in list(scope.selected_sources.items()):
            for column, origin in self._given(source):
                if origin not in seen:
                    seen.add(origin)
                    self._count += 1
                    name = f"why_{self._count}_{origin.column}"
                    select.select(exp.alias_(exp.column(column, table=alias), name), copy=False)
                    yield name, origin

    def _given(self, source: exp.Table | Scope) -> list[tuple[str, Origin]]:
        if isinstance(source, Scope) and not _is_row_by_row(source):
            return [(name, one) for name, one in self._read.days_given(source) if one in self._wanted]
        if isinstance(source, Scope):
            return list(self.into(source))
        relation = name_of(source)
        columns = self._library.relations[relation].columns
        return [(column, one) for column in columns if (one := Origin(relation, column)) in self._wanted]


def _is_row_by_row(scope: Scope) -> bool:
    """Whether a query gives a row for each row that it reads, so that more of the row can be given."""
    select = scope.expression
    return isinstance(select, exp.Select) and not select.args.get("group") and not select.args.get("distinct")


def _is_secret(column: str) -> bool:
    return column in _NEVER_SHOWN or column.endswith(_TIES)
