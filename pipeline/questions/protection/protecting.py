"""An answer that may leave the house: small groups hidden, and told what the protection can and cannot do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import database
from pipeline.config import Disclosure
from pipeline.database import Answer, Column, QuestionFault
from pipeline.errors import WrongUse
from pipeline.questions.protection import following, groups, keys
from pipeline.questions.protection.reach import Reach, reach
from pipeline.questions.protection.shape import Extra, Role, Shape

if TYPE_CHECKING:
    import pyarrow as pa

MOST_ROWS = 2_000
HIDDEN = "skyddad"  # the column that says so
_FEWEST_FOR_ALL_OR_NONE = 10  # rule "strict": a share of 0 or 1 on fewer
_LIMITS = (
    "Skyddet vet inte vad andra svar och rapporter har visat, och inte vad kolumnerna betyder: pröva svaret innan det"
    " lämnas ut."
)
_CALLED = re.compile(r"(\w+)\"?\(")
Row = tuple[Any, ...]


class Protected(Answer):
    """An answer in which small groups are hidden: their rows keep what they are of, and stand last.

    The last column says which they are, `sentences` tell what was done (Swedish).
    """

    def __init__(self, columns: Sequence[Column], rows: Sequence[Row], sentences: Sequence[str]) -> None:
        self._all_columns, self._all_rows = tuple(columns), rows
        self.sentences = tuple(sentences)
        self.is_cut = False

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The answer's columns in order, and the one that says what is hidden."""
        return (*self._all_columns, Column(HIDDEN, "BOOLEAN"))

    def chunks(self, most: int) -> Iterator[list[Row]]:
        """All rows at once."""
        self.is_cut = len(self._all_rows) > most
        if self._all_rows:
            yield list(self._all_rows[:most])

    def arrow(self, most: int) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
        """The same as a table, of the types that its values have."""
        import pyarrow as pa

        rows = [row for chunk in self.chunks(most) for row in chunk]
        arrays = [pa.array([row[place] for row in rows]) for place in range(len(self.columns))]
        table = pa.Table.from_arrays(arrays, names=[column.name for column in self.columns])
        return table.schema, iter(table.to_batches())


def protected(
    folder: Path, question: str, parameters: Mapping[str, Any], seconds: float, rule: Disclosure
) -> Protected:
    """The answer to a question with its small groups hidden.

    Raises WrongUse where it cannot be protected, and QuestionFault as `database.answering` does.
    """
    aggregates = _aggregates(folder, seconds)
    parsed = _parsed(folder, question, parameters, seconds)
    shape = Shape(parsed, aggregates.__contains__)
    shape.demand_inner(parameters)
    with _asked_as_it_is(folder, question, parameters, seconds):
        found = reach(folder, shape, parameters, seconds)
        columns, rows, extra = _widened(folder, shape, found, parameters, seconds)
    given = len(shape.roles)
    uses = following.demand_uses(folder, _written(folder, parsed, seconds), shape, aggregates)
    keys.demand_allowed(folder, shape, uses, columns, rows)
    table = _Table(shape, extra, rows)
    must = {place for place in range(len(rows)) if table.is_small(place, rule)}
    try:
        hidden = groups.hidden(table.names(), table.counts(), must, rule.smallest) if rows else frozenset()
    except groups.CannotProtect:
        raise WrongUse(
            "--protect: hur mycket som än döljs kan någon liten grupp räknas fram. Slå ihop grupper, eller ta bort"
            " någon av kolumnerna."
        ) from None
    shown = [_covered(row[:given], shape, is_hidden=place in hidden) for place, row in enumerate(rows)]
    small = must | {place for place in hidden if table.has_small_count(place, rule.smallest)}
    return Protected(
        columns[:given], _hidden_last(shown, shape), tuple(_sentences(len(rows), len(hidden), len(small), rule, found))
    )


@dataclass(frozen=True)
class _Table:
    """The rows of the widened answer, and what their columns tell."""

    shape: Shape
    extra: Extra
    rows: Sequence[Row]

    def names(self) -> list[groups.Name]:
        """Each row by its keys. Raises WrongUse where two are alike."""
        keys = [place for place, role in enumerate(self.shape.roles) if role is Role.KEY]
        names = [tuple(self._key(row, place, number) for number, place in enumerate(keys)) for row in self.rows]
        if len(set(names)) < len(names):
            raise WrongUse(
                "--protect: flera rader gäller samma sak, så att det inte syns vad som är delar av vad. Visa alla"
                " kolumner i GROUP BY."
            )
        return names

    def counts(self) -> list[list[int]]:
        """The columns of counts: those shown, those behind means and shares, and the others of a group."""
        given = len(self.shape.roles)
        shown = [place for place in range(given) if self._is_count(place)]
        behind = range(self._first_behind, self._first_behind + len(self.extra.figures))
        found = {tuple(int(row[place] or 0) for row in self.rows) for place in (*shown, given, *behind)}
        found |= {tuple(row[given] - row[behind[number]] for row in self.rows) for number in self.extra.leaving}
        return [list(column) for column in sorted(found)]

    def has_small_count(self, place: int, smallest: int) -> bool:
        """Whether any count of a row is small."""
        return any(0 < column[place] < smallest for column in self.counts())

    def is_small(self, place: int, rule: Disclosure) -> bool:
        """Whether a row must be hidden for what its counts alone do not tell."""
        row, given = self.rows[place], len(self.shape.roles)
        behind = int(row[given])
        # Nobody by one way to count persons are rows without one.
        people = min((behind, *(one for one in row[given + 1 : given + 1 + self.extra.persons] if one)))
        after, figures = self._first_behind + len(self.extra.figures), len(self.extra.figures)
        groups_of_persons = row[after : after + figures * self.extra.persons]
        if any(0 < one < rule.smallest for one in (people, *groups_of_persons)):
            return True
        if (
            any(row[self._first_behind - self.extra.protected : self._first_behind])
            and people < rule.smallest_with_protected
        ):
            return True
        return rule.rule == "strict" and self._is_telling(row, behind, rule.smallest)

    def _is_telling(self, row: Row, behind: int, smallest: int) -> bool:
        """The rule "strict": what is left of the rows is few, or all or none of not so many."""
        places = [place for place in range(len(self.shape.roles)) if self.shape.roles[place] is Role.MEASURE]
        parts = [int(row[place] or 0) for place in places if self._is_count(place) and self.shape.is_part(place)]
        shares = [row[place] for place in places if not self._is_count(place)]
        return any(0 < behind - part < smallest for part in parts) or (
            behind < _FEWEST_FOR_ALL_OR_NONE and any(one in (0, 1) for one in (*shares, *(n / behind for n in parts)))
        )

    @property
    def _first_behind(self) -> int:
        return len(self.shape.roles) + 1 + self.extra.persons + self.extra.protected

    def _is_count(self, place: int) -> bool:
        """Whether a column is reckoned and has whole numbers ≥ 0 only."""
        if self.shape.roles[place] is not Role.MEASURE:
            return False
        return all(_is_whole(row[place]) for row in self.rows)

    def _key(self, row: Row, place: int, number: int) -> object:
        is_summed = self.extra.keys and row[len(row) - self.extra.keys + number]
        return groups.ALL if is_summed else row[place]


def _is_whole(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return value is None
    return value >= 0 and value == value // 1


def _hidden_last(rows: Sequence[Row], shape: Shape) -> list[Row]:
    """What is hidden comes last, by what it is of: where it stood among the others would tell how much it was."""
    keys = [place for place, role in enumerate(shape.roles) if role is not Role.MEASURE]
    shown, hidden = [row for row in rows if not row[-1]], [row for row in rows if row[-1]]
    return [*shown, *sorted(hidden, key=lambda row: [str(row[place]) for place in keys])]


def _covered(row: Row, shape: Shape, *, is_hidden: bool) -> Row:
    cells = zip(row, shape.roles, strict=True)
    return (*(None if is_hidden and role is Role.MEASURE else cell for cell, role in cells), is_hidden)


def _parsed(folder: Path, question: str, parameters: Mapping[str, Any], seconds: float) -> str:
    """The engine's parse of a question; a fault in it is told as without protection."""
    ((parsed,),) = _rows(folder, "select json_serialize_sql($question::varchar)", {"question": question}, seconds)
    if '"error":true' in parsed[:20]:
        with database.answering(folder, question, parameters, seconds) as found:
            found.columns  # noqa: B018 - asked for the fault that it tells, when there is one
    return str(parsed)


def _written(folder: Path, parsed: str, seconds: float) -> str:
    """The question of a parse, as the engine writes it."""
    ((sql,),) = _rows(folder, "select json_deserialize_sql($parsed::json)", {"parsed": parsed}, seconds)
    return str(sql)


def _aggregates(folder: Path, seconds: float) -> set[str]:
    """Every function that makes one value of many rows, also those that are written with others (geomean)."""
    listed = "select distinct function_name, function_type, coalesce(macro_definition, '') from duckdb_functions()"
    known = _rows(folder, f"{listed} where function_type in ('aggregate', 'macro')", {}, seconds)
    names = {str(name) for name, kind, _ in known if kind == "aggregate"}
    while True:
        more = {str(name) for name, _, how in known if names.intersection(_CALLED.findall(how))} - names
        if not more:
            return names
        names |= more


@contextmanager
def _asked_as_it_is(folder: Path, question: str, parameters: Mapping[str, Any], seconds: float) -> Iterator[None]:
    """A fault is told of the question as it was written, where that has one; it is not shown what was added."""
    try:
        yield
    except QuestionFault:
        with database.answering(folder, question, parameters, seconds) as found:
            found.columns  # noqa: B018 - asked for the fault that it tells
        raise


def _widened(
    folder: Path, shape: Shape, found: Reach, parameters: Mapping[str, Any], seconds: float
) -> tuple[tuple[Column, ...], list[Row], Extra]:
    """The answer with the counts beside that can be had."""
    parsed, extra = shape.widened(found.persons, found.protected)
    sql = _written(folder, parsed, seconds)
    with database.answering(folder, sql, parameters, seconds) as answer:
        rows = [row for chunk in answer.chunks(MOST_ROWS) for row in chunk]
        if answer.is_cut:
            raise WrongUse(f"--protect: svaret har fler än {MOST_ROWS} rader. Dela upp det på färre kolumner.")
        if len(answer.columns) != len(shape.roles) + extra.width:
            raise WrongUse("--protect: skriv vilka kolumner som ska visas, en och en.")
        return answer.columns, rows, extra


def _rows(folder: Path, question: str, parameters: Mapping[str, Any], seconds: float) -> list[Row]:
    with database.answering(folder, question, parameters, seconds) as found:
        return [row for chunk in found.chunks(MOST_ROWS) for row in chunk]


def _sentences(rows: int, hidden: int, small: int, rule: Disclosure, found: Reach) -> Iterator[str]:
    if hidden:
        yield (
            f"Skyddat: {hidden} av {rows} rader är dolda (kolumnen {HIDDEN} är true). {small} av dem gäller eller"
            f" räknar färre än {rule.smallest}, eller färre än {rule.smallest_with_protected} där någon har skyddade"
            f" personuppgifter. {hidden - small} är dolda för att de andra annars kan räknas fram: summan av raderna"
            " antas vara känd."
        )
    else:
        yield f"Skyddat: ingen rad gäller färre än {rule.smallest}, så inget är dolt."
    if found.cases:
        yield f"Frågan når inte person_id: skyddet räknar ärenden ({found.cases}), och samma person kan ha flera."
    elif not found.persons:
        yield "Frågan når inte person_id: skyddet räknar rader, och samma person kan stå på flera."
    if not found.protected:
        yield "Frågan når inte is_protected: skyddet ser inte om någon har skyddade personuppgifter."
    yield _LIMITS
