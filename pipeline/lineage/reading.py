"""Where the columns of a query are read from: one SELECT further in at a time, and what its expressions are made of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from sqlglot import exp
from sqlglot.optimizer.scope import Scope

from pipeline.lineage import parsing

# What is true or not.
CONDITIONS = (exp.Predicate, exp.Not, exp.And, exp.Or, exp.StartsWith, exp.Contains)
_COUNT_NAMES = ("count_star", "countif")


def source(table: str, scope: Scope) -> exp.Expr | Scope | None:
    """What a column is read of, also by a SELECT further in than that."""
    here: Scope | None = scope
    while here is not None:
        if table in here.sources:
            return here.sources[table]
        here = here.parent
    return None


def made_of(scope: Scope, name: str) -> list[tuple[exp.Expr, Scope]]:
    """What a column of an inner SELECT is made of, with the SELECT that says so; several where UNION joins them."""
    first = scope
    while first.set_operation_scopes:
        first = first.set_operation_scopes[0]
    names = [one.alias_or_name.casefold() for one in parsing.selects(first)]
    return list(at(scope, names.index(name.casefold()))) if name.casefold() in names else []


def at(scope: Scope, place: int) -> Iterator[tuple[exp.Expr, Scope]]:
    """The same by its place."""
    if scope.set_operation_scopes:
        for part in scope.set_operation_scopes:
            yield from at(part, place)
        return
    items = parsing.selects(scope)
    if place < len(items):
        yield items[place], scope


def is_of_rows(node: exp.Expr, aggregates: Collection[str]) -> bool:
    """Whether an expression makes one value of many rows; `aggregates`: the names of functions that do."""
    if isinstance(node, exp.Anonymous):
        return str(node.this).casefold() in aggregates
    return isinstance(node, exp.AggFunc | exp.Filter | exp.WithinGroup) and not isinstance(node, exp.Grouping)


def of_rows(node: exp.Expr, aggregates: Collection[str]) -> Iterator[exp.Expr]:
    """The aggregates of an expression, with their filters."""
    if is_of_rows(node, aggregates):
        yield node
        return
    for one in node.iter_expressions():
        yield from of_rows(one, aggregates)


def reckons_with(node: exp.Expr) -> Iterable[exp.Expr] | None:
    """What an aggregate takes its value from; None for one that counts."""
    if isinstance(node, exp.Filter):
        return reckons_with(node.this)
    if isinstance(node, exp.Count | exp.CountIf) or node.name.casefold() in _COUNT_NAMES:
        return None
    return list(node.iter_expressions())


def results(node: exp.Case | exp.If) -> Iterator[exp.Expr]:
    """What a CASE or if may give."""
    choices = node.args["ifs"] if isinstance(node, exp.Case) else [node]
    yield from (one.args["true"] for one in choices)
    other = node.args.get("default") if isinstance(node, exp.Case) else node.args.get("false")
    if other is not None:
        yield other


def compared(node: exp.Case | exp.If) -> Iterator[exp.Expr]:
    """What it chooses by."""
    if isinstance(node, exp.Case) and node.this is not None:
        yield node.this
    yield from (one.this for one in (node.args["ifs"] if isinstance(node, exp.Case) else [node]))
