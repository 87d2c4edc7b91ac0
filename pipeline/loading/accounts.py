"""Rule 1: every row that was read is loaded, rejected, a duplicate or superseded; proved file by file and in total."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.database import Database
from pipeline.loading.keys import DUPLICATE, SUPERSEDED, fate_table
from pipeline.loading.quarantine import rejected_table
from pipeline.loading.staging import StagedFile, stage_table
from pipeline.loading.typing import typed_table
from pipeline.model import FileAccount
from pipeline.privacy import mask
from pipeline.schemas.extract import Extract


def balanced(database: Database, extracts: Sequence[Extract], staged: Sequence[StagedFile]) -> tuple[FileAccount, ...]:
    """Each file's account. A row that is not accounted for is a fault in the program: RuntimeError."""
    accounts = []
    for extract in extracts:
        counts = _Counts(database, extract)
        own = [_account(file, counts) for file in staged if file.source.extract == extract.name]
        _prove(database, extract, own)
        accounts += own
    return tuple(accounts)


class _Counts:
    """An extract's rows by file and by what became of them, counted in the engine."""

    def __init__(self, database: Database, extract: Extract) -> None:
        stage, fate, rejected = stage_table(extract), fate_table(extract), rejected_table(extract)
        marked = (
            f"select file_id, count(*) from {stage} inner join {fate} using (row_id) where fate = ? group by file_id"
        )
        self.duplicates = dict(database.rows(marked, [DUPLICATE]))
        self.superseded = dict(database.rows(marked, [SUPERSEDED]))
        self.rejected = dict(
            database.rows(f"select file_id, count(*) from {stage} semi join {rejected} using (row_id) group by file_id")
        )
        self.loaded = dict(
            database.rows(
                f"select file_id, count(*) from {typed_table(extract)} anti join {rejected} using (row_id)"
                " group by file_id"
            )
        )


def _account(file: StagedFile, counts: _Counts) -> FileAccount:
    return FileAccount(
        file=mask(file.source.name),
        extract=file.source.extract,
        sha256=file.source.sha256,
        delivered=file.source.delivered,
        encoding=file.encoding,
        sheets=tuple(mask(sheet) for sheet in file.sheets if sheet),
        read=file.read,
        loaded=counts.loaded.get(file.file_id, 0),
        rejected=counts.rejected.get(file.file_id, 0),
        duplicates=counts.duplicates.get(file.file_id, 0),
        superseded=counts.superseded.get(file.file_id, 0),
        skipped=file.skipped,
        ignored_columns=file.ignored,
        notes=file.notes,
    )


def _prove(database: Database, extract: Extract, accounts: Sequence[FileAccount]) -> None:
    for account in accounts:
        if not account.balanced:
            raise RuntimeError(f"{account.file}: rows read and rows accounted for differ: {account}")
    loaded = database.value(f"select count(*) from loaded.{extract.name}")
    if loaded != sum(account.loaded for account in accounts):
        raise RuntimeError(f"{extract.name}: {loaded} rows in the table differ from those accounted for")
