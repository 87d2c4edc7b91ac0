"""Questions of an analyst's own: one SELECT at a time, on a connection that can do nothing else.

What holds, besides that the file is opened read-only: no file, network, extension, secret or variable of Python's can
be reached; nothing is written aside when memory runs out; and no setting can be changed. What the engine says of it:
its pages on securing it. Tried on every kind of statement in the tests.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing, contextmanager
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, Any, TypeVar

import duckdb

from pipeline.database.engine import FILE_NAME, NEVER_ONLINE, SqlFault
from pipeline.errors import WrongUse

if TYPE_CHECKING:
    import pyarrow as pa

MEMORY_LIMIT = "2GB"
_CHUNK = 10_000
_HEARKEN_SECONDS = 0.2
_T = TypeVar("_T")
_LOCKED = {
    **NEVER_ONLINE,
    "memory_limit": MEMORY_LIMIT,
    "enable_external_access": "false",
    "allow_community_extensions": "false",
    "allow_persistent_secrets": "false",
    "python_enable_replacements": "false",  # else a name that is no table's may be a variable's
    "temp_directory": "",  # what memory has no room for would lie aside, readable by others
    "lock_configuration": "true",
}
_QUESTIONS = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN)
_QUOTED = re.compile(r'"([^"]+)"')
_NAMED = re.compile(r'(?:with name|column named) "?([^\s"]+)"? ?|argument types \'([^\']+)\'|Macro ([^\s(]+)\(')
_SAID_BETTER = re.compile(r"'([^']+)'")  # an ambiguous column with its table
_ORDER = "order by table_name, column_index"


class Kind(Enum):
    """Why a question was not answered."""

    EMPTY = auto()
    SEVERAL = auto()  # statements
    NO_QUESTION = auto()  # a statement that does something else than ask
    PIVOT = auto()  # one that is made of several, since its columns depend on the data
    SYNTAX = auto()
    TABLE = auto()  # no such table; `name` is what was asked for
    COLUMN = auto()
    FUNCTION = auto()
    GROUPING = auto()  # a column that is neither grouped by nor summed up
    PARAMETERS = auto()  # `name`: those that lack a value
    SHUT_IN = auto()  # it would reach a file, the network or a setting
    VALUE = auto()  # a value that cannot be what it would have to be
    ARGUMENTS = auto()  # values that a function does not take; `name` is how it was called, with their types
    TYPE = auto()  # no such type
    AMBIGUOUS = auto()  # a column that several tables have; `near`: how to say which
    ZERO = auto()  # divided by nought
    AGGREGATE_IN_WHERE = auto()
    AGGREGATE_IN_GROUP = auto()
    TWICE = auto()  # a table that is read twice by one name
    NO_FROM = auto()
    NO_COLUMNS = auto()
    DATE_PART = auto()  # a part of days that there is not
    OVERFLOW = auto()
    OVER_IN_WHERE = auto()
    NESTED = auto()  # an aggregate of an aggregate
    NO_OVER = auto()  # a function that needs OVER
    PLACE = auto()  # ORDER BY or GROUP BY a column by a number that there is no column for
    WIDTH = auto()  # what UNION joins, or IN compares, has different numbers of columns
    ROWS = auto()  # several rows where one value is asked for
    NEGATIVE_LIMIT = auto()
    TIME_ZONE = auto()
    MEMORY = auto()
    TIME = auto()
    OTHER = auto()


class QuestionFault(SqlFault):
    """A question that was not answered: `kind` says why, `name` what it is about, `near` what it might have meant.

    Its text is the engine's own, in English.
    """

    def __init__(self, kind: Kind, told: str = "", name: str = "", near: Sequence[str] = ()) -> None:
        super().__init__(told)
        self.kind, self.told, self.name, self.near = kind, told, name, tuple(near)


@dataclass(frozen=True)
class Column:
    """A column of an answer, with the engine's name of its type."""

    name: str
    type: str


class Answer:
    """The answer to a question, read once and as it comes, so that memory stays bounded; usable in `answering` alone.

    `is_cut` says, when it has been read, whether there was more than was asked for; `sentences` what to tell besides.
    """

    sentences: tuple[str, ...] = ()

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, question: str, parameters: Mapping[str, Any], timer: _Timer
    ) -> None:
        self._connection, self._question, self._parameters = connection, question, parameters
        self._timer, self._aside = timer, _Aside(connection)
        self.is_cut = False

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The answer's columns in order; the question is put by whoever asks for them first."""
        with _explained(self._timer):
            self._aside.run(lambda: self._connection.execute(self._question, self._parameters or None))
        return tuple(Column(str(name), str(kind)) for name, kind, *_ in self._connection.description or ())

    def chunks(self, most: int) -> Iterator[list[tuple[Any, ...]]]:
        """The first `most` rows, some thousand at a time. Raises QuestionFault where the engine stops on the way."""
        left = most if self.columns else 0
        while left > 0 and (rows := self._rows(min(left, _CHUNK))):
            left -= len(rows)
            yield rows
        self.is_cut = left <= 0 and bool(self.columns) and bool(self._rows(1))

    def arrow(self, most: int) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
        """The same with the engine's own types: their schema, and the rows in batches."""
        with _explained(self._timer):
            relation = self._connection.sql(self._question, params=self._parameters or None)
            reader: pa.RecordBatchReader = self._aside.run(lambda: relation.to_arrow_reader(_CHUNK))
        return reader.schema, self._batches(reader, most)

    def close(self) -> None:
        """Nothing more is read."""
        self._aside.end()

    def _batches(self, reader: pa.RecordBatchReader, most: int) -> Iterator[pa.RecordBatch]:
        left = most
        while (batch := self._batch(reader)) is not None:
            if left < batch.num_rows:
                self.is_cut = True
                yield batch.slice(0, left)
                return
            left -= batch.num_rows
            yield batch

    def _rows(self, most: int) -> list[tuple[Any, ...]]:
        with _explained(self._timer):
            return self._aside.run(lambda: self._connection.fetchmany(most))

    def _batch(self, reader: pa.RecordBatchReader) -> pa.RecordBatch | None:
        with _explained(self._timer):
            return self._aside.run(lambda: next(reader, None))


class _Aside:
    """Has the engine work on a thread of its own, so that Ctrl-C is heard at once whatever the engine is about."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection, self._pool = connection, ThreadPoolExecutor(1)

    def run(self, work: Callable[[], _T]) -> _T:
        """What the work gives or raises; KeyboardInterrupt when Ctrl-C is pressed, once the engine has stopped."""
        done = self._pool.submit(work)
        try:
            # On Windows nobody who waits without an end hears Ctrl-C.
            while not wait((done,), _HEARKEN_SECONDS).done:
                pass
        except KeyboardInterrupt:
            self._connection.interrupt()
            wait((done,))
            raise
        return done.result()

    def end(self) -> None:
        """Let go of the thread."""
        self._pool.shutdown()


class _Timer:
    """Breaks a question off when its time is out, and knows that it did."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, seconds: float) -> None:
        self._connection, self._timer = connection, Timer(seconds, self._stop)
        self._timer.daemon = True
        self.is_out = False

    def start(self) -> None:
        self._timer.start()

    def cancel(self) -> None:
        """Wait for the thread too: it knows the connection, which the engine wants let go before the program ends."""
        self._timer.cancel()
        if self._timer.is_alive():
            self._timer.join()

    def _stop(self) -> None:
        self.is_out = True
        self._connection.interrupt()


@contextmanager
def answering(folder: Path, question: str, parameters: Mapping[str, Any], seconds: float) -> Iterator[Answer]:
    """The answer to one question to the database in `folder`; values of `$name` are bound, never pasted.

    Raises WrongUse when the file cannot be opened as a database, and QuestionFault when the question is none, is
    refused, or takes longer than `seconds`, the reading of the answer counted in.
    """
    connection = _open(folder)
    timer = _Timer(connection, seconds)
    try:
        with _explained(timer):
            statement = _single(connection, question)
            names = statement.named_parameters
        if lacking := sorted(names - parameters.keys()):
            raise QuestionFault(Kind.PARAMETERS, name=", ".join(lacking))
        timer.start()
        with closing(Answer(connection, question, {name: parameters[name] for name in names}, timer)) as answer:
            yield answer
    finally:
        timer.cancel()
        connection.close()


def contents(folder: Path) -> dict[str, list[str]]:
    """Every table and view in the database, by the name that a question calls it by, with its columns in order."""
    return {name: list(columns) for name, columns in types(folder).items()}


def types(folder: Path) -> dict[str, dict[str, str]]:
    """The same with the engine's name of each column's type."""
    connection = _open(folder)
    try:
        found: dict[str, dict[str, str]] = {}
        own = "select schema_name, table_name, column_name, data_type from duckdb_columns() where not internal"
        for schema, table, column, kind in connection.execute(f"{own} {_ORDER}").fetchall():
            found.setdefault(table if schema == "main" else f"{schema}.{table}", {})[column] = kind
        return found
    finally:
        connection.close()


def _open(folder: Path) -> duckdb.DuckDBPyConnection:
    file = folder / FILE_NAME
    try:
        return duckdb.connect(str(file), read_only=True, config=dict(_LOCKED))
    except duckdb.Error:
        raise WrongUse(f"Databasen {file} kan inte öppnas. Den byggs om av: python -m pipeline report") from None


def _single(connection: duckdb.DuckDBPyConnection, question: str) -> duckdb.Statement:
    """The one statement of a question, if it only asks."""
    statements = connection.extract_statements(question)
    if not statements:
        raise QuestionFault(Kind.EMPTY)
    if len(statements) > 1:
        raise QuestionFault(Kind.SEVERAL)
    (statement,) = statements
    try:
        kind = statement.type
    except ValueError:  # one that the engine has no name for here
        raise QuestionFault(Kind.NO_QUESTION) from None
    if kind == duckdb.StatementType.MULTI:
        raise QuestionFault(Kind.PIVOT)
    if kind not in _QUESTIONS:
        raise QuestionFault(Kind.NO_QUESTION)
    return statement


@contextmanager
def _explained(timer: _Timer) -> Iterator[None]:
    try:
        yield
    except duckdb.Error as fault:
        if timer.is_out:
            raise QuestionFault(Kind.TIME) from None
        raise _fault(fault) from None
    except MemoryError:
        raise QuestionFault(Kind.MEMORY) from None


def _fault(fault: duckdb.Error) -> QuestionFault:
    """The engine's fault, sorted by its class where that tells, else by what stands first in it."""
    # What follows the first paragraph only points into the question.
    told = str(fault).partition("\n\n")[0]
    first, _, then = told.partition("\n")
    found = _NAMED.search(first) or _QUOTED.search(first)
    kind = _kind(fault, first)
    near = _QUOTED.findall(then) if then.startswith(("Candidate bindings", "Candidate tables", "Did you mean")) else ()
    if kind is Kind.AMBIGUOUS:
        near = _SAID_BETTER.findall(first)
    return QuestionFault(kind, told, next(filter(None, found.groups()), "") if found else "", near)


# What tells more than the class does.
_FIRST_BY_WORDS = (
    ("without selection list", Kind.NO_COLUMNS),
    ("extract specifier", Kind.DATE_PART),
    ("Overflow in", Kind.OVERFLOW),
)
_BY_CLASS: tuple[tuple[type[duckdb.Error], Kind], ...] = (
    (duckdb.ParserException, Kind.SYNTAX),
    (duckdb.PermissionException, Kind.SHUT_IN),
    (duckdb.OutOfMemoryException, Kind.MEMORY),
    (duckdb.ConversionException, Kind.VALUE),
    (duckdb.OutOfRangeException, Kind.VALUE),
)
_BY_WORDS = (
    ("term out of range", Kind.PLACE),
    ("duplicate alias", Kind.TWICE),
    ("Ambiguous reference", Kind.AMBIGUOUS),
    ("does not support the supplied arguments", Kind.ARGUMENTS),
    ("expression without FROM clause", Kind.NO_FROM),
    ("GROUP BY clause cannot contain aggregates", Kind.AGGREGATE_IN_GROUP),
    ("in REPLACE list not found", Kind.COLUMN),
    ("No function matches", Kind.ARGUMENTS),
    ("Type with name", Kind.TYPE),
    ("Division by zero", Kind.ZERO),
    ("cannot contain aggregates", Kind.AGGREGATE_IN_WHERE),
    ("cannot contain window functions", Kind.OVER_IN_WHERE),
    ("calls cannot be nested", Kind.NESTED),
    ("Window functions are not supported here", Kind.NO_OVER),
    ("same number of result columns", Kind.WIDTH),
    ("Subquery returns", Kind.WIDTH),
    ("More than one row returned by a subquery", Kind.ROWS),
    ("cannot be negative", Kind.NEGATIVE_LIMIT),
    ("EXCLUDE list not found", Kind.COLUMN),
    ("side of join", Kind.COLUMN),
    ("Table with name", Kind.TABLE),
    ("Referenced table", Kind.TABLE),
    ("Referenced column", Kind.COLUMN),
    ("does not have a column named", Kind.COLUMN),
    ("it exists in the", Kind.SHUT_IN),
    ("Function with name", Kind.FUNCTION),
    ("GROUP BY", Kind.GROUPING),
    ("attached in read-only mode", Kind.NO_QUESTION),
    ("configuration has been locked", Kind.SHUT_IN),
    ("'pytz'", Kind.TIME_ZONE),
    ("add explicit type casts", Kind.VALUE),
    ("explicit cast is required", Kind.VALUE),
)


def _kind(fault: duckdb.Error, first: str) -> Kind:
    for words, kind in _FIRST_BY_WORDS:
        if words in first:
            return kind
    for kind_of_fault, kind in _BY_CLASS:
        if isinstance(fault, kind_of_fault):
            return kind
    return next((kind for words, kind in _BY_WORDS if words in first), Kind.OTHER)
