"""Whether what an answer reckons with may tell a single case: by its weight, or by being joined to many rows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from enum import IntEnum

from sqlglot import exp
from sqlglot.optimizer.scope import Scope

from pipeline.lineage import parsing, reading
from pipeline.lineage.kinds import Kind


class _Grade(IntEnum):
    """How evenly a value weighs the cases."""

    FIXED = 0  # the same for all
    EVEN = 1  # a number of each case as it stands, moved or scaled alike for all
    CHOSEN = 2  # so for some, and nothing for the others
    UNEVEN = 3  # or not known here


_SAME = (exp.Paren, exp.Neg, exp.Abs, exp.Round, exp.Floor, exp.Ceil, exp.Trunc, exp.Ordered, exp.Order, exp.Alias)
_NO_COLUMNS = (exp.Literal, exp.Null, exp.Boolean, exp.Placeholder, exp.Parameter, exp.Interval, exp.Var, exp.DataType)
_OF_DAYS = (exp.DateDiff, exp.Extract, exp.Year, exp.Month, exp.Quarter, exp.Week, exp.TimestampTrunc, exp.DateTrunc)
_OF_A_WINDOW = "window_id"  # an id that many cases have
_DAY_NAMES = frozenset({"date_sub", "datesub", "datediff", "date_part", "datepart"})
_OF_MANY = (exp.Sum, exp.Count, exp.CountIf, exp.Avg, exp.Min, exp.Max, exp.Median)


class Grading:
    """How evenly the values of one question weigh the cases."""

    def __init__(self, root: Scope, aggregates: Collection[str], kind: Callable[[exp.Expr, Scope], Kind]) -> None:
        self._root, self._aggregates, self._kind = root, aggregates, kind
        self._under_way: set[tuple[int, str]] = set()

    def is_uneven(self, node: exp.Expr) -> bool:
        """Whether what an aggregate reckons with may give one case a weight of its own."""
        return self._grade(node, self._root) is _Grade.UNEVEN

    def is_chosen_within(self, node: exp.Expr, scope: Scope | None = None) -> bool:
        """Whether it is a column that an inner SELECT makes of the numbers of some cases, and noughts of the others."""
        bare, scope = node.unalias(), scope or self._root
        while isinstance(bare, exp.Cast | exp.Paren):
            bare = bare.this
        source = reading.source(bare.table, scope) if isinstance(bare, exp.Column) else None
        if not isinstance(source, Scope):
            is_chosen = scope is not self._root and self._grade(bare, scope) is _Grade.CHOSEN
            return is_chosen and self._fills_with_noughts(bare, scope)
        key = (id(source), f"chosen {bare.name.casefold()}")
        if key in self._under_way:
            return True
        self._under_way.add(key)
        try:
            return any(self.is_chosen_within(one, part) for one, part in reading.made_of(source, bare.name))
        finally:
            self._under_way.discard(key)

    def _fills_with_noughts(self, node: exp.Expr, scope: Scope) -> bool:
        """Of a chosen one whether it has numbers of cases, and noughts among them; those of ones tell a share only."""
        if isinstance(node, exp.Case | exp.If):
            results = list(reading.results(node))
            has_nought = any(isinstance(one, exp.Literal) and _is_nothing(one) for one in results)
            return has_nought and any(self._has_numbers(one, scope) for one in results)
        return self._has_numbers(node, scope)

    def _has_numbers(self, node: exp.Expr, scope: Scope) -> bool:
        if isinstance(node, reading.CONDITIONS) or self._is_category(node, scope):
            return False
        return isinstance(node, exp.Column) or any(self._has_numbers(one, scope) for one in node.iter_expressions())

    def _grade(self, node: exp.Expr, scope: Scope) -> _Grade:  # noqa: C901 - a list of what there is
        if isinstance(node, _NO_COLUMNS):
            return _Grade.FIXED
        if isinstance(node, exp.Column):
            return self._column(node, scope)
        if isinstance(node, reading.CONDITIONS):
            return _Grade.CHOSEN
        if isinstance(node, exp.Cast) and self._is_category(node.this.unnest(), scope):
            return _Grade.CHOSEN
        if isinstance(node, (*_SAME, exp.Cast)):
            return max((self._grade(one, scope) for one in node.iter_expressions()), default=_Grade.FIXED)
        if isinstance(node, exp.Add | exp.Sub):
            return _sum(self._grade(node.this, scope), self._grade(node.expression, scope))
        if isinstance(node, exp.Mul):
            return _product(self._grade(node.this, scope), self._grade(node.expression, scope))
        if isinstance(node, exp.Div):
            by = self._grade(node.expression, scope)
            return self._grade(node.this, scope) if by is _Grade.FIXED else _Grade.UNEVEN
        if isinstance(node, exp.Case | exp.If):
            return self._chosen(node, scope)
        if isinstance(node, exp.Coalesce | exp.Nullif | exp.Greatest):
            return self._mended(node, scope)
        if isinstance(node, _OF_DAYS) or node.name.casefold() in _DAY_NAMES:
            return max((self._grade(one, scope) for one in node.iter_expressions()), default=_Grade.FIXED)
        if isinstance(node, (*_OF_MANY, exp.Filter, exp.Window)) or reading.is_of_rows(node, self._aggregates):
            return self._of_many(node, scope)
        parts = [self._grade(one, scope) for one in node.iter_expressions()]
        return _Grade.FIXED if set(parts) <= {_Grade.FIXED} else _Grade.UNEVEN

    def _is_category(self, node: exp.Expr, scope: Scope) -> bool:
        """Whether a column says to which of a few groups a case belongs: as a number it chooses some."""
        return isinstance(node, exp.Column) and self._kind(node, scope) is Kind.CATEGORY

    def _column(self, node: exp.Column, scope: Scope) -> _Grade:
        source = reading.source(node.table, scope)
        if not isinstance(source, Scope):
            return _Grade.EVEN
        key = (id(source), node.name.casefold())
        made_of = [] if key in self._under_way else reading.made_of(source, node.name)
        self._under_way.add(key)
        try:
            return max((self._grade(one, part) for one, part in made_of), default=_Grade.UNEVEN)
        finally:
            self._under_way.discard(key)

    def _chosen(self, node: exp.Case | exp.If, scope: Scope) -> _Grade:
        """One branch for some, and nothing for all others."""
        counted = [one for one in reading.results(node) if not _is_nothing(one)]
        if len(counted) > 1:
            return _Grade.UNEVEN
        return _Grade.CHOSEN if all(self._grade(one, scope) <= _Grade.EVEN for one in counted) else _Grade.UNEVEN

    def _mended(self, node: exp.Expr, scope: Scope) -> _Grade:
        """A value in place of another, the same for all; of the greater ones only those that are more than nothing."""
        first, *others = [one for one in node.iter_expressions() if not _is_nothing(one)] or [exp.Null()]
        if isinstance(node, exp.Greatest) and others:
            return _Grade.UNEVEN
        grades = {self._grade(one, scope) for one in others}
        grade = self._grade(first, scope)
        if isinstance(node, exp.Coalesce) and grades <= {_Grade.FIXED, _Grade.EVEN}:
            return grade if grade <= _Grade.EVEN or not others else _Grade.UNEVEN
        return grade if grades <= {_Grade.FIXED} else _Grade.UNEVEN

    def _of_many(self, node: exp.Expr, scope: Scope) -> _Grade:
        """What an inner SELECT has reckoned of several rows of each case or person."""
        made = node.this if isinstance(node, exp.Filter | exp.Window) else node
        parts = [self._grade(one, scope) for one in made.iter_expressions()]
        return _Grade.UNEVEN if _Grade.UNEVEN in parts else _Grade.EVEN


def _is_nothing(node: exp.Expr) -> bool:
    bare = node.this if isinstance(node, exp.Cast) else node
    return isinstance(bare, exp.Null) or (isinstance(bare, exp.Literal) and bare.is_number and float(bare.name) == 0)


def _sum(one: _Grade, other: _Grade) -> _Grade:
    """What is chosen for some must not be added to what all have."""
    least, most = sorted((one, other))
    return _Grade.UNEVEN if most is _Grade.CHOSEN or least is _Grade.UNEVEN else most


def _product(one: _Grade, other: _Grade) -> _Grade:
    """Scaled alike for all, or counted where something holds."""
    least, most = sorted((one, other))
    if least is _Grade.FIXED:
        return most
    return _Grade.CHOSEN if (least, most) == (_Grade.EVEN, _Grade.CHOSEN) else _Grade.UNEVEN


class Owners:
    """Whose the values of one question are: the places in it where rows of cases are read."""

    def __init__(self, root: Scope, has_cases: Callable[[str], bool]) -> None:
        self._root, self._has_cases = root, has_cases
        self._same: list[tuple[frozenset[int], frozenset[int]]] = []
        self._under_way: set[tuple[int, str]] = set()

    def of(self, node: exp.Expr, scope: Scope | None = None) -> frozenset[int]:
        """The places that an expression reads cases of; what only decides which rows there are is left out."""
        scope = scope or self._root
        found: set[int] = set()
        for column in node.find_all(exp.Column):
            found |= self._column(column, scope)
        for query in node.find_all(exp.Query):
            inner = next((one for one in scope.subquery_scopes if one.expression is query), None)
            found |= set() if inner is None else self._all(reading.at(inner, 0))
        return frozenset(found)

    def counted(self, ids: Collection[str]) -> frozenset[int]:
        """The places whose cases or persons are counted: their ids can be had, or are the same as such ones."""
        found: set[int] = set()
        for _, source in self._root.selected_sources.values():  # what SEMI JOIN reads is none of them
            if isinstance(source, exp.Table):
                found.add(id(source))
            elif isinstance(source, Scope):
                bare = (one for name in ids for one in reading.made_of(source, name))
                found |= self._all((one, scope) for one, scope in bare if _is_as_read(one))
        return self._with_same(found)

    def strays(self, ids: Collection[str]) -> bool:
        """Whether other cases than those that are counted are read anywhere, also to choose rows by."""
        read = {
            id(source)
            for scope in self._root.traverse()
            for source in scope.sources.values()
            if isinstance(source, exp.Table) and self._has_cases(parsing.name_of(source))
        }
        return not read <= self.counted(ids)

    def _with_same(self, found: set[int]) -> frozenset[int]:
        pairs = [pair for scope in self._root.traverse() for pair in self._equal(scope)]
        before = -1
        while before != len(found):
            before = len(found)
            for one, other in pairs:
                if one & found or other & found:
                    found |= one | other
        return frozenset(found)

    def _equal(self, scope: Scope) -> Iterator[tuple[frozenset[int], frozenset[int]]]:
        """The places that are joined by an id: the same person's or case's rows."""
        conditions = [one.args.get("on") for one in scope.find_all(exp.Join)]
        where = scope.expression.args.get("where")
        for wrapped in (*conditions, where.this if where is not None else None):
            condition = wrapped.unnest() if wrapped is not None else None
            for one in condition.flatten() if isinstance(condition, exp.And) else (condition,):
                bare = one.unnest() if one is not None else None
                if isinstance(bare, exp.EQ) and all(self._is_id(side, scope) for side in (bare.this, bare.expression)):
                    yield self.of(bare.this, scope), self.of(bare.expression, scope)
                yield from self._among(bare, scope)

    def _among(self, node: exp.Expr | None, scope: Scope) -> Iterator[tuple[frozenset[int], frozenset[int]]]:
        """The same of an id that is, or is not, among those of a SELECT: IN, or as the engine writes it, = ANY."""
        if isinstance(node, exp.Not):
            node = node.this.unnest()
        if not isinstance(node, exp.In | exp.EQ):
            return
        query = node.args.get("query") or (
            node.expression.this if isinstance(node.args.get("expression"), exp.Any) else None
        )
        bare = query.unnest() if query is not None else None
        inner = next((one for one in scope.subquery_scopes if one.expression is bare), None)
        made_of = [] if inner is None else list(reading.at(inner, 0))
        if made_of and self._is_id(node.this, scope) and all(self._is_id(one, part) for one, part in made_of):
            yield self.of(node.this, scope), frozenset(self._all(made_of))

    def _is_id(self, node: exp.Expr, scope: Scope) -> bool:
        """Whether it is the id of a person or a case as it was read, whatever it is called on the way."""
        bare = node.unalias().unnest()
        if isinstance(bare, exp.Coalesce):
            return all(self._is_id(one, scope) for one in bare.iter_expressions())
        source = reading.source(bare.table, scope) if isinstance(bare, exp.Column) else None
        if isinstance(source, exp.Table):
            return bare.name.casefold().endswith("_id") and bare.name.casefold() != _OF_A_WINDOW
        key = (id(source), f"id {bare.name.casefold()}")
        if not isinstance(source, Scope) or key in self._under_way:
            return False
        self._under_way.add(key)
        try:
            made_of = reading.made_of(source, bare.name)
            return bool(made_of) and all(self._is_id(one, part) for one, part in made_of)
        finally:
            self._under_way.discard(key)

    def _column(self, node: exp.Column, scope: Scope) -> set[int]:
        source = reading.source(node.table, scope)
        if isinstance(source, exp.Table):
            return {id(source)} if self._has_cases(parsing.name_of(source)) else set()
        key = (id(source), node.name.casefold())
        if not isinstance(source, Scope) or key in self._under_way:
            return set()
        self._under_way.add(key)
        try:
            return self._all(reading.made_of(source, node.name))
        finally:
            self._under_way.discard(key)

    def _all(self, parts: Iterator[tuple[exp.Expr, Scope]] | list[tuple[exp.Expr, Scope]]) -> set[int]:
        return {place for one, scope in parts for place in self.of(one, scope)}


def _is_as_read(node: exp.Expr) -> bool:
    """Whether a column is one of a relation's, or of several that are joined by it."""
    bare = node.unalias()
    parts = list(bare.iter_expressions()) if isinstance(bare, exp.Coalesce) else [bare]
    return all(isinstance(one, exp.Column) for one in parts)
