"""One pandera schema an extract: typed, narrow columns in; which rows break which rule out.

A batch has the row's id as index, the columns of type date and count, and for every column `<name>__state`, where the
engine says what became of the text (see `State`). Whole texts never come here, nor numbers, which have no bounds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from functools import cached_property

import pandas as pd
import pandera.pandas as pa

from pipeline.schemas.extract import Column, Extract, Kind, Secrecy
from pipeline.schemas.rules import (
    ERROR_VALUE,
    MANGLED_PERSON,
    MISSING,
    MIXED_ORDER,
    NOT_COUNT,
    NOT_NUMBER,
    NOT_YES_NO,
    OPEN_END,
    OTHER_FORM,
    TOO_EARLY,
    TOO_LATE,
    UNCLEAR_ORDER,
    UNKNOWN_CODE,
    UNREADABLE_DATE,
    Order,
    Rule,
    out_of_range,
)

EARLIEST = date(1900, 1, 1)


class State(IntEnum):
    """What the engine made of a cell's text."""

    FINE = 0
    MISSING = 1
    ERROR_VALUE = 2
    UNTYPED = 3  # there is text, but no value of the column's type
    OPEN_END = 4  # a required day that the file leaves open
    OTHER_FORM = 5  # a day, but not written as the column's others
    UNCLEAR_ORDER = 6  # day and month in an order that the column does not tell
    MIXED_ORDER = 7  # day and month in an order that the column tells in two ways
    MANGLED = 8  # a personnummer that has lost digits


_UNTYPED = {
    Kind.DATE: UNREADABLE_DATE,
    Kind.CODE: UNKNOWN_CODE,
    Kind.YES_NO: NOT_YES_NO,
    Kind.COUNT: NOT_COUNT,
    Kind.NUMBER: NOT_NUMBER,
}
_EMPTYING = frozenset(
    rule.name for rule in (ERROR_VALUE, MISSING, OPEN_END, MANGLED_PERSON, OTHER_FORM, UNCLEAR_ORDER, MIXED_ORDER)
) | frozenset(rule.name for rule in _UNTYPED.values())
_FORMS = {State.OTHER_FORM: OTHER_FORM, State.UNCLEAR_ORDER: UNCLEAR_ORDER, State.MIXED_ORDER: MIXED_ORDER}


@dataclass(frozen=True)
class Failure:
    """A rule that some rows break in a column; `other` is the column it was compared with."""

    rule: Rule
    column: str
    other: str
    row_ids: list[int]


def state(column: str) -> str:
    """The name of the column that tells what became of another's text."""
    return f"{column}__state"


def last_day(today: date) -> date:
    """The last day that something that has happened may bear: tomorrow."""
    return today + timedelta(days=1)


class Judge:
    """Judges batches of one extract as of a day."""

    def __init__(self, extract: Extract, today: date) -> None:
        self._extract = extract
        self._today = today

    @cached_property
    def columns(self) -> dict[str, pa.Column]:
        """The extract's schema by column; of each batch the part that its rows may break is asked."""
        columns: dict[str, pa.Column] = {}
        for column in self._extract.columns:
            columns[state(column.name)] = pa.Column(checks=_state_checks(column), nullable=False)
            if column.kind is Kind.DATE:
                columns[column.name] = pa.Column("datetime64[us]", checks=self._day_checks(column), nullable=True)
            if column.is_bounded:
                columns[column.name] = pa.Column(checks=_bound_checks(column), nullable=True)
        for order in self._extract.orders:
            columns[order.rule.name] = pa.Column(bool, checks=pa.Check.eq(False, error=order.rule.name))
        return columns

    @staticmethod
    def empties(rule: Rule) -> bool:
        """Whether a cell that breaks the rule has no value to load."""
        return rule.name in _EMPTYING

    @property
    def rules(self) -> dict[str, Rule]:
        """Every rule that a row may break here, by name."""
        return {rule.name: rule for rule, _, _ in self._meanings.values()}

    def failures(self, batch: pd.DataFrame) -> Iterator[Failure]:
        """The rules that rows of the batch break, each with those rows' ids."""
        for order in self._extract.orders:
            batch[order.rule.name] = _breaks(batch, order)
        for name, column in self._asked(batch):
            for check in column.checks:
                # Asked by itself: a schema lays out every failure twice over in tables of its own.
                found = check(batch[name])
                if not found.check_passed:
                    rule, told, other = self._meanings[name, check.error]
                    yield Failure(rule, told, other, [int(row) for row in found.failure_cases.index])

    def _asked(self, batch: pd.DataFrame) -> Iterator[tuple[str, pa.Column]]:
        """What rows of the batch may break. Most columns have no state but fine, and most orders are kept."""
        marks = {*map(state, self._extract.names), *(order.rule.name for order in self._extract.orders)}
        return ((name, one) for name, one in self.columns.items() if name not in marks or batch[name].ne(0).any())

    def _day_checks(self, column: Column) -> list[pa.Check]:
        checks = [pa.Check.ge(pd.Timestamp(EARLIEST), error=TOO_EARLY.name)]
        if not column.future:
            checks.append(pa.Check.le(pd.Timestamp(last_day(self._today)), error=TOO_LATE.name))
        return checks

    @cached_property
    def _meanings(self) -> dict[tuple[str, str], tuple[Rule, str, str]]:
        """What a failed check means: the checked column and the check's name → rule, column, compared column."""
        found: dict[tuple[str, str], tuple[Rule, str, str]] = {}
        for column in self._extract.columns:
            for rule in _state_rules(column).values():
                found[state(column.name), rule.name] = (rule, column.name, "")
            for rule in (TOO_EARLY, TOO_LATE) if column.kind is Kind.DATE else ():
                found[column.name, rule.name] = (rule, column.name, "")
            if column.is_bounded:
                rule = out_of_range(column.least, column.most)
                found[column.name, rule.name] = (rule, column.name, "")
        for order in self._extract.orders:
            found[order.rule.name, order.rule.name] = (order.rule, order.column, order.bound)
        return found


def _state_rules(column: Column) -> dict[State, Rule]:
    rules = {State.ERROR_VALUE: ERROR_VALUE}
    if column.required:
        rules[State.MISSING] = MISSING
        if column.kind is Kind.DATE:
            rules[State.OPEN_END] = OPEN_END
    if column.kind in _UNTYPED:
        rules[State.UNTYPED] = _UNTYPED[column.kind]
    if column.kind is Kind.DATE:
        rules |= _FORMS
    if column.secrecy is Secrecy.PERSON:
        rules[State.MANGLED] = MANGLED_PERSON
    return rules


def _state_checks(column: Column) -> list[pa.Check]:
    return [pa.Check.ne(int(state), error=rule.name) for state, rule in _state_rules(column).items()]


def _bound_checks(column: Column) -> list[pa.Check]:
    name = out_of_range(column.least, column.most).name
    checks = []
    if column.least is not None:
        checks.append(pa.Check.ge(column.least, error=name))
    if column.most is not None:
        checks.append(pa.Check.le(column.most, error=name))
    return checks


def _breaks(batch: pd.DataFrame, order: Order) -> pd.Series[bool]:
    """Where the order is broken; a comparison with nothing is false, so what has not happened passes."""
    column, bound = batch[order.column], batch[order.bound]
    return (column > bound) if order.counts else (column < bound)
