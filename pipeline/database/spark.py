"""The other engine that can count: a Spark Connect server, for more rows than one machine takes."""

from __future__ import annotations

import socket
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipeline.database.engine import SqlFault
from pipeline.errors import WrongUse

if TYPE_CHECKING:
    import pandas as pd
    from pyspark.sql import DataFrame, SparkSession

_PORT = 15002  # Spark Connect's own, where an address names none
_SECONDS = 10  # that a server is waited for; the client itself would try for minutes


class Spark:
    """A session with the tables that it was told to read; it speaks the portable subset of SQL."""

    def __init__(self, session: SparkSession) -> None:
        self._session = session
        self._kept: dict[str, DataFrame] = {}

    def read(self, name: str, file: str) -> None:
        """Let a Parquet file (or a folder of them), by the name that the cluster has for it, be a table."""
        with _told():
            self._session.read.parquet(file).createOrReplaceTempView(name)

    def keep(self, name: str, select: str) -> None:
        """Keep the rows of a SELECT, computed once, under a name, in the place of those that had it before."""
        with _told():
            rows = self._session.sql(select).persist()
            rows.createOrReplaceTempView(name)
            before, self._kept[name] = self._kept.get(name), rows
            if before is not None:
                before.unpersist()

    def frame(self, sql: str) -> pd.DataFrame:
        """The result as a pandas frame, with decimals as floats, as the file's engine gives them."""
        import pyarrow as pa

        with _told():
            table = self._session.sql(sql).toArrow()
        frame = table.to_pandas()
        for field in table.schema:
            if pa.types.is_decimal(field.type):  # Arrow's own cast to floats does not give the nearest one
                frame[field.name] = [None if value is None else float(value) for value in frame[field.name]]
        return frame


@contextmanager
def spark(address: str) -> Iterator[Spark]:
    """A session of its own with the server at `address` (sc://…), ended afterwards.

    Raises WrongUse where no server answers; its messages never tell the address' parameters, which may be secret.
    """
    place = _reached(address)
    session = _session(address, place)
    try:
        yield Spark(session)
    finally:
        session.stop()


def _reached(address: str) -> str:
    """Where the server is (host:port); raises WrongUse when nothing listens there."""
    parts = urlsplit(address)
    host, port = parts.hostname or "", parts.port or _PORT
    try:
        socket.create_connection((host, port), _SECONDS).close()
    except OSError as fault:
        raise WrongUse(
            f"Spark på {host}:{port} svarar inte ({fault.strerror or fault}). Starta servern eller rätta address under"
            ' [engine] i config.toml, eller skriv kind = "duckdb" där för att räkna på den här datorn.'
        ) from None
    return f"{host}:{port}"


def _session(address: str, place: str) -> SparkSession:
    with warnings.catch_warnings():
        # Of pandas' newest major version it warns; nothing but Arrow tables is exchanged here.
        warnings.filterwarnings("ignore", message="PySpark does not yet fully support pandas", category=FutureWarning)
        try:
            from pyspark.errors import PySparkException
            from pyspark.sql import SparkSession
        except ImportError:
            raise WrongUse(
                "För att räkna på Spark behövs biblioteket pyspark-client, som inte är installerat. Bygg om miljön:"
                " ta bort mappen .venv och kör kommandot igen."
            ) from None
        try:
            return SparkSession.builder.remote(address).create()
        except PySparkException as fault:
            raise WrongUse(
                f"Spark på {place} tar inte emot ({_first_line(fault)}). Rätta address under [engine] i config.toml."
            ) from None


@contextmanager
def _told() -> Iterator[None]:
    """Raise SqlFault, with the server's own first words, where it refuses something."""
    from pyspark.errors import PySparkException

    try:
        yield
    except PySparkException as fault:
        raise SqlFault(_first_line(fault)) from fault


def _first_line(fault: Exception) -> str:
    return str(fault).strip().partition("\n")[0]
