"""Files → text rows in the engine: tidy, with persons and staff already pseudonyms and no personnummer in texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice

import pyarrow as pa

from pipeline.config import Reading
from pipeline.database import Database
from pipeline.loading.identities import DOUBTFUL, MANGLED, Identities, Noted
from pipeline.model import Warned
from pipeline.privacy import mask
from pipeline.schemas.extract import Column, Extract, Secrecy
from pipeline.sources import Batch, SourceFile, Table, Texts, read
from pipeline.sources.wording import Wording, fold

EXAMPLES = 5
_APPENDED_ROWS = 200_000


@dataclass(frozen=True)
class StagedSheet:
    """A sheet's headings (column → heading as it stands in the file), and the wording that it was read in.

    `is_1904`: plain numbers that are days are counted from 1904, as some workbooks do.
    """

    headings: Mapping[str, str]
    wording: Wording
    is_1904: bool = False


@dataclass(frozen=True)
class StagedFile:
    """A file whose rows stand in the stage; `sheets` are those that hold a table.

    `columns`: the contract's columns that some sheet has, or is given by its profile.
    """

    file_id: int
    source: SourceFile
    encoding: str
    sheets: Mapping[str, StagedSheet]
    columns: frozenset[str]
    read: int
    skipped: tuple[str, ...]
    ignored: tuple[str, ...]
    notes: tuple[str, ...]


_SENTENCES = {
    Noted.WRONG_CHECK_DIGIT: "Kontrollsiffran i personnumret stämmer inte; raden läses in ändå.",
    Noted.PERSON_NUMBER_MASKED: (
        "Kolumnen {heading} innehöll något som ser ut som ett personnummer; det har maskerats."
    ),
}


@dataclass
class _Places:
    """Cells of a column that there is something to say about, with the first places (row_id → where)."""

    heading: str
    count: int = 0
    places: dict[int, str] = field(default_factory=dict)


def stage_table(extract: Extract) -> str:
    """Where an extract's rows stand as text; a column that a file lacks is null, an empty cell is ''."""
    return f"memory.main.stage_{extract.name}"


class Staging:
    """Puts files in the stage. Rows are numbered through, in the order of files, sheets and rows."""

    def __init__(self, database: Database, identities: Identities, limits: Reading) -> None:
        self._database = database
        self._identities = identities
        self._limits = limits
        self._next_file = 0
        self._next_row = 0
        self._waiting: list[pa.Table] = []
        self._places: dict[tuple[str, Noted, str], _Places] = {}

    def stage(self, extract: Extract, files: Iterable[tuple[SourceFile, Sequence[Wording]]]) -> list[StagedFile]:
        """Stage an extract's files, each with the wordings it may have. Raises WrongUse when one cannot be read."""
        columns = ", ".join(f"{name} varchar" for name in extract.names)
        self._database.run(
            f"create table {stage_table(extract)}"
            f" (row_id bigint, file_id integer, sheet varchar, row_number integer, surplus varchar, {columns})"
        )
        return [self._stage_file(extract, file, wordings) for file, wordings in files]

    def warnings(self, extract: Extract, secret: frozenset[int] = frozenset()) -> list[Warned]:
        """Per column: person numbers whose check digit does not fit, and such as stood in texts and were masked.

        Rows that are `secret`, by their ids, are counted but not pointed out.
        """
        return [
            Warned(
                name,
                noted.value,
                _SENTENCES[noted].format(heading=found.heading),
                found.count,
                tuple(place for row_id, place in found.places.items() if row_id not in secret),
            )
            for (name, noted, _), found in self._places.items()
            if name == extract.name
        ]

    def _stage_file(self, extract: Extract, file: SourceFile, wordings: Sequence[Wording]) -> StagedFile:
        reading = read(file, wordings, self._limits)
        self._identities.begin_file()
        staged: list[Table] = []
        for table in reading.tables:
            for batch in table.batches:
                self._append(extract, file, table, batch)
            table.prove_whole()
            staged.append(table)
        self._flush(extract)
        self._settle_doubtful(extract)
        file.demand_same_content()
        self._next_file += 1
        return StagedFile(
            file_id=self._next_file - 1,
            source=file,
            encoding=reading.encoding,
            sheets={
                table.sheet.name: StagedSheet(table.headings, table.header.wording, table.sheet.is_1904)
                for table in staged
                if table.header
            },
            columns=frozenset().union(*(table.columns for table in staged)),
            read=sum(table.tally.data for table in staged),
            skipped=tuple(note for table in staged for note in table.tally.notes(table.sheet.name)),
            ignored=tuple(dict.fromkeys(mask(heading) for table in staged for heading in table.ignored)),
            notes=(*reading.notes, *(note for table in staged for note in table.notes())),
        )

    def _settle_doubtful(self, extract: Extract) -> None:
        """Nine digits that may be a personnummer without its zero: they are, in a file that has whole ones."""
        if not self._identities.has_doubtful:
            return
        settled = f"'{MANGLED}'" if self._identities.has_numbers else "substr({name}, 2)"
        for column in extract.columns:
            if column.secrecy is Secrecy.PERSON:
                self._database.run(
                    f"update {stage_table(extract)} set {column.name} = {settled.format(name=column.name)}"
                    f" where file_id = {self._next_file} and starts_with({column.name}, '{DOUBTFUL}')"
                )

    def _append(self, extract: Extract, file: SourceFile, table: Table, batch: Batch) -> None:
        size = len(batch.numbers)
        columns: dict[str, pa.Array] = {
            "row_id": pa.array(range(self._next_row, self._next_row + size), pa.int64()),
            "file_id": pa.repeat(pa.scalar(self._next_file, pa.int32()), size),
            "sheet": pa.repeat(table.sheet.name, size),
            "row_number": pa.array(batch.numbers, pa.int32()),
            "surplus": pa.array([batch.surplus.get(number) for number in batch.numbers], pa.string())
            if batch.surplus
            else pa.nulls(size, pa.string()),
        }
        made_of_person = _made_of_person(extract, table)
        for name, texts in batch.columns.items():
            column = extract[name]
            meanings = table.header.wording.codes.get(name, {}) if table.header and column.is_told else {}
            columns[name], noted = self._treated(column, texts, meanings, made_of_person=name in made_of_person)
            for what, rows in noted.items():
                numbers = {self._next_row + row: batch.numbers[row] for row in rows}
                self._note(extract, column, what, file, table, numbers)
        self._waiting.append(pa.table(columns))
        self._next_row += size
        if sum(table.num_rows for table in self._waiting) >= _APPENDED_ROWS:
            self._flush(extract)

    def _flush(self, extract: Extract) -> None:
        # Batches are small for Python's sake and appended many at a time for the engine's.
        for same_columns in _runs(self._waiting):
            self._database.append(stage_table(extract), pa.concat_tables(same_columns))
        self._waiting.clear()

    def _treated(
        self, column: Column, texts: Sequence[str], meanings: Mapping[str, str], *, made_of_person: bool
    ) -> tuple[pa.Array, dict[Noted, list[int]]]:
        """The texts as they are stored, and which rows there is something to warn of. Each text is handled once.

        `meanings`: folded text → what the profile says that it stands for.
        """
        encoded = Texts.of(texts)
        different = encoded.different
        if meanings:
            different = [meanings.get(fold(text), text) for text in different]
        treated, remarks = self._identities.treated(column, different, made_of_person=made_of_person)
        values = pa.array(treated, pa.string()).take(encoded.places)
        noted: dict[Noted, list[int]] = {}
        if remarks:
            for row, place in enumerate(encoded.places.to_pylist()):
                if what := remarks.get(place):
                    noted.setdefault(what, []).append(row)
        return values, noted

    def _note(
        self,
        extract: Extract,
        column: Column,
        what: Noted,
        file: SourceFile,
        table: Table,
        numbers: Mapping[int, int],
    ) -> None:
        """`numbers`: row_id → the row's number in its sheet."""
        heading = table.headings.get(column.name) or column.name
        noted = self._places.setdefault((extract.name, what, column.name), _Places(heading))
        noted.count += len(numbers)
        where = f"{file.name}{f', blad {table.sheet.name}' if table.sheet.name else ''}"
        room = EXAMPLES - len(noted.places)
        noted.places |= {row_id: f"{where}, rad {number}" for row_id, number in islice(numbers.items(), room)}


def _made_of_person(extract: Extract, table: Table) -> frozenset[str]:
    """The columns that are made of cells that tell who somebody is: their values must not stand as they are."""
    header = table.header
    if header is None:
        return frozenset()
    places = {column: {place} for column, place in header.positions.items()}
    places |= {column: set(made) for column, made in header.makings.items()}
    secret = set[int]().union(*(places[name] for name in places if extract[name].secrecy))
    return frozenset(
        column
        for column, made in header.makings.items()
        if header.wording.derived[column].making.keeps_value and secret.intersection(made)
    )


def _runs(tables: Iterable[pa.Table]) -> Iterable[list[pa.Table]]:
    """Tables in a row that have the same columns: sheets of one file may differ."""
    return (list(run) for _, run in groupby(tables, key=lambda table: table.schema.names))
