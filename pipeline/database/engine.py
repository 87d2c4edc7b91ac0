"""A new database file is built aside and swapped in whole; the program reads the published one read-only."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import duckdb

from pipeline import access, swapping
from pipeline.errors import WrongUse

if TYPE_CHECKING:  # whoever only asks need not wait for them
    import pandas as pd
    import pyarrow as pa

FILE_NAME = "kvalitet.duckdb"
_TRIES = 60  # how often it is tried to take the place of an open file
# The oldest storage version is one that other tools, and older engines, can open.
# A file that is not finished is never read, so nothing of it need be through to the disk before it is.
_NEW_FILE = "storage_version 'v1.0.0', recovery_mode 'no_wal_writes'"
# What the engine may keep in memory; the rest lies aside. Python's own share comes on top.
MEMORY = {"memory_limit": "2GB"}
_ANOTHER_FOLDER = "--processed, eller processed under [paths] i config.toml."
NEVER_ONLINE = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}


class SqlFault(Exception):
    """A query that the engine refused, with its reason."""


class Database:
    """A connection that speaks SQL and exchanges whole tables; values are always bound, never pasted."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def run(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> None:
        """Execute one or more statements and forget what they return."""
        self._connection.execute(sql, parameters or None)

    def rows(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> list[tuple[Any, ...]]:
        """The result as Python tuples."""
        return self._connection.execute(sql, parameters or None).fetchall()

    def keep(self, name: str, select: str) -> None:
        """Keep the rows of a SELECT in a table that never reaches the file, in the place of those it had before."""
        self.run(f"create or replace temp table {name} as {select}")

    def drop(self, name: str) -> None:
        """Forget what was kept under a name."""
        self.run(f"drop table temp.main.{name}")

    def named_rows(self, sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Column names and rows of a query; raises SqlFault when the engine refuses it."""
        try:
            result = self._connection.execute(sql)
            if result is None:
                raise SqlFault("frågan är tom")
            return [column[0] for column in result.description or ()], result.fetchall()
        except duckdb.Error as fault:
            # What follows the first paragraph only points into the query.
            raise SqlFault(str(fault).partition("\n\n")[0]) from fault

    def value(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> Any:
        """The first column of the first row; None when there is no row."""
        rows = self.rows(sql, parameters)
        return rows[0][0] if rows else None

    def frame(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> pd.DataFrame:
        """The result as a pandas frame."""
        return self._connection.execute(sql, parameters or None).df()

    def frames(self, sql: str, rows: int) -> Iterator[pd.DataFrame]:
        """The result as pandas frames of at most `rows` rows, so that memory stays bounded."""
        reader = self._connection.sql(sql).to_arrow_reader(rows)
        for batch in reader:
            yield batch.to_pandas()

    def table(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> pa.Table:
        """The result as an Arrow table."""
        return self._connection.sql(sql, params=parameters or None).to_arrow_table()

    def export(self, select: str, file: Path) -> None:
        """Write the result to a Parquet file."""
        self.run(f"copy ({select}) to '{_quoted(file)}' (format parquet)")

    def append(self, table: str, rows: pa.Table | pd.DataFrame) -> None:
        """Add rows to an existing table, matched by column name."""
        self._connection.register("appended_rows", rows)
        self._connection.execute(f"insert into {table} by name select * from appended_rows")
        self._connection.unregister("appended_rows")

    def take_over(self, file: Path, tables: Iterable[str]) -> bool:
        """Add all rows of another database's tables to those of the same names, in the same order; all of it or none.

        False where they cannot be had.
        """
        try:
            self._connection.execute(f"attach '{_quoted(file)}' as before (read_only)")
        except duckdb.Error:
            return False
        try:
            self._connection.execute("begin")
            for table in tables:
                self._connection.execute(f"insert into {table} by name select * from before.{_whole(table)}")
            self._connection.execute("commit")
        except duckdb.Error:
            self._connection.execute("rollback")
            return False
        finally:
            self._connection.execute("detach before")
        return True

    def save(self) -> None:
        """Write what there is to the disk now, so that a full one is known of before anything is published."""
        self._connection.execute("checkpoint")

    @contextmanager
    def beside(self, folder: Path) -> Iterator[str]:
        """The finished database of another folder, to take rows from: the name that it goes by meanwhile."""
        self.run(f"attach '{_quoted(folder / FILE_NAME)}' as beside (read_only)")
        try:
            yield "beside"
        finally:
            self.run("detach beside")

    def columns(self, table: str) -> dict[str, str]:
        """Column name → engine type, in the table's order."""
        return {row[0]: row[1] for row in self.rows(f"describe {table}")}

    def script(self, file: Path) -> None:
        """Run a SQL file."""
        self.run(file.read_text(encoding="utf-8"))


@contextmanager
def explained(what: str) -> Iterator[None]:
    """Raise WrongUse, with `what` is wrong (Swedish) and the engine's own words, where an engine refuses something."""
    try:
        yield
    except (duckdb.Error, SqlFault) as fault:
        # What follows the first paragraph only points into the statement.
        raise WrongUse(f"{what} ({str(fault).partition(chr(10) * 2)[0]}).") from None


def prepare(folder: Path) -> None:
    """Make or close the database's folder; raises WrongUse where others can read it, or git would take it along."""
    access.own_folder(folder, _ANOTHER_FOLDER)
    access.demand_ignored(folder / FILE_NAME, _ANOTHER_FOLDER)


@contextmanager
def build(folder: Path) -> Iterator[Database]:
    """A new database for a run; it takes the old one's place in `folder` only when the block ends without a fault.

    Staging tables belong in the schema `memory.main`, which never reaches the file; everything else lands in it. The
    user alone can read any of it, also while it is made. Raises WrongUse as `prepare` does.
    """
    prepare(folder)
    file = folder / FILE_NAME
    aside = swapping.aside(file)
    shutil.rmtree(aside, ignore_errors=True)
    access.make_folder(aside)
    connection = duckdb.connect(config={**NEVER_ONLINE, **MEMORY, "temp_directory": str(aside / "spill")})
    try:
        connection.execute(f"attach '{_quoted(aside / FILE_NAME)}' as kvalitet ({_NEW_FILE})")
        connection.execute("use kvalitet")
        yield Database(connection)
        # Detaching writes too, but says nothing where it cannot.
        connection.execute("use memory; checkpoint kvalitet; detach kvalitet")
        connection.close()
        access.shut(aside)
        _swap_in(aside / FILE_NAME, file)
    except duckdb.Error as fault:
        if not _is_of_disk(fault):
            raise
        raise WrongUse(
            f"Databasen kan inte skrivas i {folder}. Kontrollera att disken inte är full och att du får skriva i"
            " mappen, och kör igen."
        ) from None
    finally:
        connection.close()
        shutil.rmtree(aside, ignore_errors=True)


@contextmanager
def rewriting(folder: Path) -> Iterator[Database]:
    """The database of the last run, to take rows from; when the block ends without a fault, the rest is its new file.

    The rows are taken out in memory, so that the new file has never held them, and it is not compressed, so that
    whoever searches its bytes for what was taken out would find it.
    """
    with build(folder) as new:
        new.run(f"attach '{_quoted(folder / FILE_NAME)}' as before (read_only)")
        new.run("attach ':memory:' as remaining; copy from database before to remaining; detach before; use remaining")
        yield new
        new.run("use kvalitet; set force_compression = 'uncompressed'; copy from database remaining to kvalitet")
        new.run("detach remaining")


def leftovers(folder: Path) -> list[Path]:
    """What a run that was cut off has left beside the database."""
    return sorted(folder.glob(f".{FILE_NAME}.*"))


@contextmanager
def in_memory() -> Iterator[Database]:
    """A database that leaves nothing on disk, laid out as in `build`; what memory has no room for lies aside."""
    with TemporaryDirectory(prefix="spill-") as aside:
        connection = duckdb.connect(config={**NEVER_ONLINE, **MEMORY, "temp_directory": aside})
        try:
            connection.execute("attach ':memory:' as kvalitet")
            connection.execute("use kvalitet")
            yield Database(connection)
        finally:
            connection.close()


@contextmanager
def read_only(folder: Path) -> Iterator[Database]:
    """The published database, for questions: nothing can be written and no file or network reached.

    Raises WrongUse when the file cannot be opened as a database.
    """
    try:
        connection = duckdb.connect(
            str(folder / FILE_NAME), read_only=True, config={**NEVER_ONLINE, "enable_external_access": "false"}
        )
    except duckdb.Error:
        raise WrongUse(
            f"Databasen {folder / FILE_NAME} kan inte öppnas. Den byggs om av: python -m pipeline report"
        ) from None
    connection.execute("set lock_configuration = true")
    try:
        yield Database(connection)
    finally:
        connection.close()


def _is_of_disk(fault: duckdb.Error) -> bool:
    """Whether the engine could not write; after such a fault it refuses everything, with the first one's words."""
    return isinstance(fault, duckdb.IOException | duckdb.OutOfMemoryException) or "IO Error" in str(fault)


def _swap_in(new: Path, file: Path) -> None:
    """Let a finished database take the old one's place; who has that one open keeps it.

    Questions are short, so they are waited for where an open file cannot be replaced.
    """
    try:
        swapping.put_file(new, file, _TRIES)
    except PermissionError:
        raise WrongUse(
            f"Databasen {file} kunde inte bytas mot den nya: den är öppen i ett annat program, eller går inte"
            " att skriva till. Stäng det som har den öppen och kör kommandot igen."
        ) from None


def _whole(table: str) -> str:
    return table if "." in table else f"main.{table}"


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
