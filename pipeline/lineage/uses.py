"""What the columns of an answer are: categories, or told by single cases; followed to where they are read from.

A day or a number of a case becomes a category only in ways that are known to leave many cases in each: a month, a week,
a comparison, the bands of a CASE. Whatever else is done to it leaves it what it is, and so do names given on the way.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.scope import Scope

from pipeline.lineage import parsing, reading, values
from pipeline.lineage.kinds import Kind


@dataclass(frozen=True)
class Use:
    """What a column or an expression is, the columns that it is read from, and which parts of days it shows."""

    kind: Kind = Kind.CATEGORY
    names: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()

    def now(self, kind: Kind, part: str = "") -> Use:
        """The same columns, made into something else."""
        return Use(kind, self.names, self.parts | {part} if part else self.parts)


# The kind of a column of a table or view; None where there is no such column.
Known = Callable[[str, str], Kind | None]
CALENDAR, WEEKDAY = "calendar", "weekday"  # parts of days that together tell a single one
_SPANS = frozenset({"week", "month", "quarter", "year", "isoyear", "yearweek", "decade", "century", "millennium"})
_WEEKDAYS = frozenset({"dayofweek", "dow", "weekday", "isodow", "dayname"})
_SPAN_CALLS = (exp.Year, exp.Quarter, exp.Month, exp.Monthname, exp.Week, exp.WeekOfYear, exp.LastDay)
_SPAN_NAMES = _SPANS | {"monthname", "weekofyear"}
_WEEKDAY_CALLS = (exp.DayOfWeek, exp.DayOfWeekIso, exp.Dayname)
_PART_CALLS = frozenset({"date_part", "datepart"})
_SPAN_SIGNS, _WEEKDAY_SIGNS = frozenset("YyGmbBhVUWgq"), frozenset("aAuw")
_OF_ALIKE = (exp.Coalesce, exp.Nullif, exp.Least, exp.Greatest)
_ONE_OF_MANY = (exp.Min, exp.Max, exp.AnyValue, exp.First, exp.Last, exp.Mode, exp.Lag, exp.Lead)
_WHETHER = (exp.LogicalOr, exp.LogicalAnd)
_KEPT_AS_DAYS, _KEPT_AS_NUMBERS = (Kind.DAY, Kind.MOVED_DAY), (Kind.NUMBER,)


class CannotFollow(Exception):
    """A question whose columns cannot be followed to where they are read from."""


class Following:
    """The columns of one question's answer, and what it is ordered by."""

    def __init__(
        self, question: str, columns: Mapping[str, list[str]], known: Known, aggregates: Iterable[str]
    ) -> None:
        """`columns`: those of every relation; `aggregates`: the names of functions that make one value of many rows.

        Raises CannotFollow.
        """
        try:
            self._root = parsing.resolved(question, columns, wholly=False)
        except (SqlglotError, AssertionError) as fault:
            raise CannotFollow from fault
        self._known, self._aggregates = known, frozenset(aggregates)
        self._items = parsing.selects(self._root)
        self._under_way: set[tuple[int, str]] = set()

    @property
    def width(self) -> int:
        """How many columns the answer has."""
        return len(self._items)

    def divided_by(self, place: int) -> Use:
        """What a column is that the answer is divided by, or what one that is reckoned shows besides its aggregates."""
        return self._use(self._items[place], self._root)

    def reckoned_of(self, place: int) -> Use:
        """What the aggregates of a column are reckoned of, those that only count left out."""
        found = [self._reckoned(one) for one in reading.of_rows(self._items[place], self._aggregates)]
        return _together([one for one in found if one is not None])

    def weighs(self, place: int) -> bool:
        """Whether an aggregate of a column gives single cases more weight than others, so that it may tell them."""
        graded = values.Grading(self._root, self._aggregates, lambda node, scope: self._use(node, scope).kind)
        given = [reading.reckons_with(one) or () for one in reading.of_rows(self._items[place], self._aggregates)]
        means = [one for one in reading.of_rows(self._items[place], self._aggregates) if one.find(exp.Avg)]
        within = [one for mean in means for one in reading.reckons_with(mean) or ()]
        return any(graded.is_uneven(one) for each in given for one in each) or any(map(graded.is_chosen_within, within))

    def carried(self, place: int, has_cases: Callable[[str], bool], ids: Collection[str]) -> bool:
        """Whether a column has values of other cases than those that are counted: a row that is joined to many.

        `has_cases`: whether a relation has rows of cases; `ids`: the columns that those are counted by.
        """
        owners = values.Owners(self._root, has_cases)
        return not owners.of(self._items[place]) <= owners.counted(ids)

    def strays(self, has_cases: Callable[[str], bool], ids: Collection[str]) -> bool:
        """Whether rows are chosen by other cases than those that are counted; the parameters as those of `carried`."""
        return values.Owners(self._root, has_cases).strays(ids)

    def order_tells(self) -> bool:
        """Whether the order of the rows tells what none of their columns shows."""
        order = self._root.expression.args.get("order")
        shown = [one.unalias() for one in self._items]
        names = {one.alias_or_name.casefold() for one in self._items}
        return any(self._tells(one.this, shown, names) for one in (order.expressions if order else ()))

    def _tells(self, node: exp.Expr, shown: list[exp.Expr], names: set[str]) -> bool:
        if node in shown or isinstance(node, exp.Literal) or node.name.casefold() == "all":
            return False
        if isinstance(node, exp.Column) and not node.table and node.name.casefold() in names:
            return False
        if reading.is_of_rows(node, self._aggregates) or isinstance(node, exp.Column | exp.Query | exp.Window):
            return not isinstance(node, exp.Column) or self._use(node, self._root).kind is not Kind.CATEGORY
        return any(self._tells(one, shown, names) for one in node.iter_expressions())

    def _reckoned(self, node: exp.Expr) -> Use | None:
        """What an aggregate takes its value from; None for one that counts."""
        given = reading.reckons_with(node)
        return None if given is None else _together([self._value(one) for one in given])

    def _value(self, node: exp.Expr) -> Use:
        """What a value is whatever decides which it is: those that meet a condition are counted elsewhere."""
        if isinstance(node, exp.Case | exp.If):
            return _together([self._value(one) for one in reading.results(node)])
        if isinstance(node, reading.CONDITIONS):
            return Use()
        if isinstance(node, exp.Column | exp.Query):
            return self._use(node, self._root)
        return _together([self._value(one) for one in node.iter_expressions()])

    def _use(self, node: exp.Expr, scope: Scope) -> Use:  # noqa: C901 - a list of what there is
        if isinstance(node, exp.Alias | exp.Paren | exp.IgnoreNulls):
            return self._use(node.this, scope)
        if isinstance(node, exp.Column):
            return self._column(node, scope)
        if isinstance(node, exp.Query):
            return self._inner(node, scope)
        if isinstance(node, exp.Window):
            return self._over(node, scope)
        if isinstance(node, exp.Grouping) or (scope is self._root and reading.is_of_rows(node, self._aggregates)):
            return Use()
        if isinstance(node, exp.Is) and isinstance(node.expression, exp.Null):
            return self._each(node, scope).now(Kind.CATEGORY)
        if isinstance(node, (*reading.CONDITIONS, *_WHETHER)):
            found = self._each(node, scope)
            return found if found.kind is Kind.SECRET else found.now(Kind.CATEGORY)
        if isinstance(node, exp.Case | exp.If):
            return self._chosen(node, scope)
        if isinstance(node, _OF_ALIKE):
            return _alike([self._use(one, scope) for one in node.iter_expressions()])
        if isinstance(node, _ONE_OF_MANY):
            return self._use(node.this, scope)
        if isinstance(node, exp.AggFunc) or reading.is_of_rows(node, self._aggregates):
            return _told(self._each(node, scope))
        return self._of_day(node, scope) or self._each(node, scope)

    def _each(self, node: exp.Expr, scope: Scope) -> Use:
        return _together([self._use(one, scope) for one in node.iter_expressions()])

    def _over(self, node: exp.Window, scope: Scope) -> Use:
        """Places in an order are reckoned; what is carried from another row is what it was there."""
        if isinstance(node.this, exp.Lag | exp.Lead):
            return self._use(node.this.this, scope)
        return _told(self._each(node.this, scope))

    def _chosen(self, node: exp.Case | exp.If, scope: Scope) -> Use:
        """One of the results; conditions, and what stands after CASE, are compared only."""
        results = [self._use(one, scope) for one in reading.results(node)]
        compared = _together([self._use(one, scope) for one in reading.compared(node)])
        if compared.kind is Kind.SECRET:
            return compared
        return _alike([*results, compared.now(Kind.CATEGORY)])

    def _of_day(self, node: exp.Expr, scope: Scope) -> Use | None:
        """A day made coarser, moved, or written as one; None for anything else."""
        part, day = _part_of(node)
        if day is not None:
            found = self._use(day, scope)
            if part and found.kind in (Kind.DAY, Kind.MOVED_DAY):
                return found.now(Kind.CATEGORY, part)
            return None
        if isinstance(node, exp.Add | exp.Sub):
            return _moved(self._use(node.this, scope), self._use(node.expression, scope))
        if isinstance(node, exp.Cast):
            found = self._use(node.this, scope)
            kept = _KEPT_AS_DAYS if node.to.is_type(*exp.DataType.TEMPORAL_TYPES) else _KEPT_AS_NUMBERS
            return found if found.kind in kept and (kept is _KEPT_AS_DAYS or _is_whole(node.to)) else None
        return None

    def _column(self, node: exp.Column, scope: Scope) -> Use:
        source = reading.source(node.table, scope)
        if isinstance(source, Scope):
            return self._of_scope(source, node.name)
        if isinstance(source, exp.Table):
            kind = self._known(parsing.name_of(source), node.name)
            return Use(Kind.RECKONED if kind is None else kind, frozenset({node.name.casefold()}))
        # The engine takes a name for a column where there is one, and only then for what stands beside it.
        named = next((one for one in parsing.selects(scope) if one.alias.casefold() == node.name.casefold()), None)
        if named is None or node.table or self._is_under_way(scope, node.name):
            return Use(Kind.RECKONED)
        return self._guarded(scope, node.name, lambda: self._use(named, scope))

    def _of_scope(self, scope: Scope, name: str) -> Use:
        """A column of an inner SELECT, by its name; of several joined by UNION, by its place in the first."""
        if self._is_under_way(scope, name):
            return Use(Kind.RECKONED)
        return self._guarded(scope, name, lambda: self._named(scope, name))

    def _named(self, scope: Scope, name: str) -> Use:
        made_of = [self._use(one, part) for one, part in reading.made_of(scope, name)]
        return _alike(made_of) if made_of else Use(Kind.RECKONED)

    def _inner(self, node: exp.Query, scope: Scope) -> Use:
        """A SELECT among the columns or conditions."""
        bare = node.unnest() if isinstance(node, exp.Subquery) else node
        found = next((one for one in scope.subquery_scopes if one.expression is bare), None)
        made_of = [] if found is None else [self._use(one, part) for one, part in reading.at(found, 0)]
        return _together(made_of) if made_of else Use(Kind.RECKONED)

    def _is_under_way(self, scope: Scope, name: str) -> bool:
        """Whether a column is made of itself, as in a recursive SELECT."""
        return (id(scope), name) in self._under_way

    def _guarded(self, scope: Scope, name: str, act: Callable[[], Use]) -> Use:
        self._under_way.add((id(scope), name))
        try:
            return act()
        finally:
            self._under_way.discard((id(scope), name))


def _is_whole(kind: exp.DataType) -> bool:
    return kind.is_type(*exp.DataType.INTEGER_TYPES)


def _part_of(node: exp.Expr) -> tuple[str, exp.Expr | None]:
    """Which part of a day an expression shows, and the day; no part where it shows more than a week or month does."""
    if isinstance(node, _SPAN_CALLS):
        return CALENDAR, node.this
    if isinstance(node, _WEEKDAY_CALLS):
        return WEEKDAY, node.this
    if isinstance(node, exp.TimestampTrunc | exp.DateTrunc):
        return _part_named(node.args["unit"].name, only_spans=True), node.this
    if isinstance(node, exp.Extract):
        return _part_named(node.this.name), node.expression
    if isinstance(node, exp.TimeToStr):
        texts = [one for one in (node.args["format"], node.this) if isinstance(one, exp.Literal)]
        days = [one for one in (node.this, node.args["format"]) if not isinstance(one, exp.Literal)]
        return (_part_written(texts[0].name), days[0]) if len(texts) == len(days) == 1 else ("", None)
    if isinstance(node, exp.Anonymous):
        name, given = str(node.this).casefold(), node.expressions
        if name in _PART_CALLS and len(given) == 2:
            return (_part_named(given[0].name) if isinstance(given[0], exp.Literal) else ""), given[1]
        if name in _SPAN_NAMES | _WEEKDAYS and len(given) == 1:
            return _part_named(name), given[0]
    return "", None


def _part_named(name: str, *, only_spans: bool = False) -> str:
    named = name.casefold()
    if named in _SPAN_NAMES or named.rstrip("s") in _SPAN_NAMES:
        return CALENDAR
    return WEEKDAY if named in _WEEKDAYS and not only_spans else ""


def _part_written(pattern: str) -> str:
    """The part that a pattern of strftime writes; none for one that writes days, or what is not known here."""
    signs = {sign for before, sign in pairwise(pattern) if before == "%"}
    if signs and signs <= _SPAN_SIGNS:
        return CALENDAR
    return WEEKDAY if signs and signs <= _WEEKDAY_SIGNS else ""


def _moved(one: Use, other: Use) -> Use | None:
    """A day and a fixed time, or a day and as many days as the case has of something; None for what is no day."""
    kinds, names = {one.kind, other.kind}, Use(names=one.names | other.names, parts=one.parts | other.parts)
    if kinds == {Kind.DAY, Kind.CATEGORY} or kinds == {Kind.MOVED_DAY, Kind.CATEGORY}:
        return names.now(max(kinds))
    return names.now(Kind.MOVED_DAY) if kinds == {Kind.DAY, Kind.NUMBER} else None


def _told(use: Use) -> Use:
    return use if use.kind is Kind.SECRET else use.now(Kind.RECKONED)


def _together(parts: list[Use]) -> Use:
    """What is made of several: a category of categories only; what points out somebody still does."""
    kind = max((one.kind for one in parts), default=Kind.CATEGORY)
    return _merged(parts, kind if kind in (Kind.CATEGORY, Kind.SECRET) else Kind.RECKONED)


def _alike(parts: list[Use]) -> Use:
    """One of several: the same kind where all others are categories."""
    kinds = {one.kind for one in parts} - {Kind.CATEGORY}
    if len(kinds) > 1:
        return _merged(parts, max(*kinds, Kind.RECKONED))
    return _merged(parts, max(kinds, default=Kind.CATEGORY))


def _merged(parts: list[Use], kind: Kind) -> Use:
    names = frozenset(name for one in parts for name in one.names)
    return Use(kind, names, frozenset(part for one in parts for part in one.parts))
