"""Files → text rows in the engine: tidy, with persons and staff already pseudonyms and no personnummer in texts."""

from __future__ import annotations

import gc
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby

import pyarrow as pa

from pipeline.database import Database
from pipeline.model import Warned
from pipeline.privacy import Pseudonyms, mask
from pipeline.schemas.extract import Column, Extract, Secrecy
from pipeline.sources import Batch, SourceFile, Table, read
from pipeline.sources.profiles import Profile
from pipeline.sources.sheet import ERROR_VALUES, NOT_COMPUTED
from pipeline.sources.table import BATCH_ROWS

EXAMPLES = 5
_APPENDED_ROWS = 200_000
_CACHE_LIMIT = 1_000_000
_NOT_HASHED = frozenset(("", *ERROR_VALUES, NOT_COMPUTED))


@dataclass(frozen=True)
class StagedFile:
    """A file whose rows stand in the stage. `headings`: sheet → column → heading as it stands in the file."""

    file_id: int
    source: SourceFile
    encoding: str
    headings: Mapping[str, Mapping[str, str]]
    read: int
    skipped: tuple[str, ...]
    ignored: tuple[str, ...]

    @property
    def columns(self) -> frozenset[str]:
        """The contract's columns that some sheet has."""
        return frozenset(column for headings in self.headings.values() for column in headings)


@dataclass
class _Noted:
    """Cells of a column that there is something to say about, with the first places."""

    count: int = 0
    places: list[str] = field(default_factory=list)


def stage_table(extract: Extract) -> str:
    """Where an extract's rows stand as text; a column that a file lacks is null, an empty cell is ''."""
    return f"memory.main.stage_{extract.name}"


class Staging:
    """Puts files in the stage. Rows are numbered through, in the order of files, sheets and rows."""

    def __init__(self, database: Database, profile: Profile, pseudonyms: Pseudonyms) -> None:
        self._database = database
        self._profile = profile
        self._identities = _Identities(pseudonyms)
        self._next_file = 0
        self._next_row = 0
        self._waiting: list[pa.Table] = []
        self._noted: dict[tuple[str, str], _Noted] = {}

    def stage(self, extract: Extract, files: Iterable[SourceFile]) -> list[StagedFile]:
        """Stage all files of an extract. Raises WrongUse when one cannot be read whole."""
        columns = ", ".join(f"{name} varchar" for name in extract.names)
        self._database.run(
            f"create table {stage_table(extract)}"
            f" (row_id bigint, file_id integer, sheet varchar, row_number integer, surplus varchar, {columns})"
        )
        with _no_search_for_cycles():
            return [self._stage_file(extract, file) for file in files]

    def warnings(self, extract: Extract) -> list[Warned]:
        """Per column: person numbers whose check digit does not fit, and such as stood in texts and were masked."""
        headings = self._profile.headings_of(extract.name, extract.names, extract.required)
        found = []
        for column in extract.columns:
            if noted := self._noted.get((extract.name, column.name)):
                rule, text = "wrong_check_digit", "Kontrollsiffran i personnumret stämmer inte; raden läses in ändå."
                if column.is_masked:
                    rule = f"{column.name}_masked"
                    text = (
                        f"Kolumnen {headings.standard(column.name)} innehöll något som ser ut som ett personnummer;"
                        " det har maskerats."
                    )
                found.append(Warned(extract.name, rule, text, noted.count, tuple(noted.places)))
        return found

    def _stage_file(self, extract: Extract, file: SourceFile) -> StagedFile:
        reading = read(file, self._profile.headings_of(extract.name, extract.names, extract.required))
        headings: dict[str, Mapping[str, str]] = {}
        rows, skipped, ignored = 0, list[str](), list[str]()
        for table in reading.tables:
            headings[table.sheet] = table.headings
            for batch in table.batches:
                self._append(extract, file, table, batch)
                rows += len(batch.numbers)
            skipped += table.tally.notes(table.sheet)
            ignored += table.ignored
        self._flush(extract)
        file.demand_unchanged()
        self._next_file += 1
        return StagedFile(
            file_id=self._next_file - 1,
            source=file,
            encoding=reading.encoding,
            headings={sheet: columns for sheet, columns in headings.items() if columns},
            read=rows,
            skipped=tuple(skipped),
            ignored=tuple(dict.fromkeys(ignored)),
        )

    def _append(self, extract: Extract, file: SourceFile, table: Table, batch: Batch) -> None:
        size = len(batch.numbers)
        columns: dict[str, pa.Array] = {
            "row_id": pa.array(range(self._next_row, self._next_row + size), pa.int64()),
            "file_id": pa.repeat(pa.scalar(self._next_file, pa.int32()), size),
            "sheet": pa.repeat(table.sheet, size),
            "row_number": pa.array(batch.numbers, pa.int32()),
            "surplus": pa.array([batch.surplus.get(number) for number in batch.numbers], pa.string()),
        }
        for name, texts in batch.columns.items():
            columns[name], noted = self._tidied(texts, extract[name])
            if noted:
                self._note(extract, name, file, table, [batch.numbers[place] for place in noted])
        self._waiting.append(pa.table(columns))
        self._next_row += size
        if len(self._waiting) * BATCH_ROWS >= _APPENDED_ROWS:
            self._flush(extract)

    def _flush(self, extract: Extract) -> None:
        # Batches are small for Python's sake and appended many at a time for the engine's.
        for same_columns in _runs(self._waiting):
            self._database.append(stage_table(extract), pa.concat_tables(same_columns))
        self._waiting.clear()

    def _tidied(self, texts: Iterable[str], column: Column) -> tuple[pa.Array, list[int]]:
        """The texts tidied, or as pseudonyms, and where there is something to warn of. Each is handled once."""
        encoded = pa.array(texts, pa.string()).dictionary_encode()
        treat = self._identities.treatment(column)
        treated = [treat(text) for text in encoded.dictionary.to_pylist()]
        values = pa.array([text for text, _ in treated], pa.string()).take(encoded.indices)
        noted = {place for place, (_, is_noted) in enumerate(treated) if is_noted}
        return values, [row for row, place in enumerate(encoded.indices.to_pylist()) if place in noted] if noted else []

    def _note(self, extract: Extract, column: str, file: SourceFile, table: Table, numbers: list[int]) -> None:
        noted = self._noted.setdefault((extract.name, column), _Noted())
        noted.count += len(numbers)
        where = f"{file.name}{f', blad {table.sheet}' if table.sheet else ''}"
        room = EXAMPLES - len(noted.places)
        noted.places += [f"{where}, rad {number}" for number in numbers[:room]]


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Millions of short-lived rows make Python look for reference cycles that are not there: 40 % of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _runs(tables: Iterable[pa.Table]) -> Iterable[list[pa.Table]]:
    """Tables in a row that have the same columns: sheets of one file may differ."""
    return (list(run) for _, run in groupby(tables, key=lambda table: table.schema.names))


class _Identities:
    """Tidies texts, and replaces identities; what has been hashed once is remembered."""

    def __init__(self, pseudonyms: Pseudonyms) -> None:
        self._pseudonyms = pseudonyms
        self._persons: dict[str, tuple[str, bool]] = {}
        self._staff: dict[str, tuple[str, bool]] = {}

    def treatment(self, column: Column) -> Callable[[str], tuple[str, bool]]:
        """The function that a column's texts pass through: text → what is stored, and whether it is to be warned of."""
        if column.secrecy is Secrecy.PERSON:
            return lambda text: self._remembered(self._persons, text, self._pseudonyms.person)
        if column.secrecy is Secrecy.STAFF:
            return lambda text: self._remembered(self._staff, text, lambda name: (self._pseudonyms.staff(name), False))
        return _masked if column.is_masked else lambda text: (tidy(text), False)

    @staticmethod
    def _remembered(
        known: dict[str, tuple[str, bool]], text: str, hashed: Callable[[str], tuple[str, bool]]
    ) -> tuple[str, bool]:
        if text not in known:
            if len(known) >= _CACHE_LIMIT:
                known.clear()
            tidied = tidy(text)
            known[text] = (tidied, False) if tidied in _NOT_HASHED else hashed(tidied)
        return known[text]


def _masked(text: str) -> tuple[str, bool]:
    tidied = tidy(text)
    masked = mask(tidied)
    return masked, masked != tidied


def tidy(text: str) -> str:
    """Composed (NFC), trimmed, and every run of blanks, non-breaking ones too, made one space (rule 7)."""
    return " ".join((text if text.isascii() else unicodedata.normalize("NFC", text)).split())
