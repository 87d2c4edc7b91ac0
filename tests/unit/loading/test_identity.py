"""Rule 1: whatever a delivery holds, every row read is loaded, rejected, a duplicate or superseded."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline import database, loading

ROW = st.fixed_dictionaries(
    {
        "investigation_id": st.sampled_from(["U1", "U2", "u2", "", " "]),
        "person_id": st.sampled_from(["19990101-1234", "9901011234", "k", ""]),
        "opened": st.sampled_from(["2026-03-01", "20260301", "x", "", "9999-12-31", "1899-01-01"]),
        "closed": st.sampled_from(["", "2026-02-28", "2026-04-01", "#N/A"]),
        "source_system": st.sampled_from(["", "Viva", "VIVA"]),
    }
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deliveries=st.lists(st.lists(ROW, max_size=6), min_size=1, max_size=3))
def test_every_row_is_accounted_for(raw, deliveries):
    for path in raw.folder.iterdir():
        path.unlink()
    for number, rows in enumerate(deliveries):
        raw.rows("investigations", *rows, file=f"utredningar {number}.csv")
    loaded = raw.load()
    for number, rows in enumerate(deliveries):
        account = loaded.account(f"utredningar {number}.csv")
        assert account.balanced
        assert account.read == len(rows)
    assert len(loaded["investigations"]) == sum(account.loaded for account in loaded.quality.files)
    rejected = {(rejection.file, rejection.row) for rejection in loaded.rejections}
    assert len(rejected) == sum(account.rejected for account in loaded.quality.files)


def test_a_row_that_vanishes_is_a_fault_in_the_program(raw, monkeypatch):
    raw.rows("units", {}, {"unit": "Öst"})
    append = database.Database.append

    def losing(self, table, rows):
        append(self, table, rows.slice(1) if table.endswith("stage_units") and isinstance(rows, pa.Table) else rows)

    monkeypatch.setattr(database.Database, "append", losing)
    with (
        database.in_memory() as db,
        pytest.raises(RuntimeError, match=r"enheter\.csv: rows read and rows accounted for"),
    ):
        loading.load(db, raw.config, date(2026, 9, 8), raw.folder)
