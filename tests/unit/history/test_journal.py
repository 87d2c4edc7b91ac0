"""What the journal keeps, and what the register of faults forgets."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from pipeline import history
from pipeline.errors import WrongUse
from pipeline.history import journal, storage
from pipeline.history.register import Delivery, Fault, Register

TODAY, LIMIT = date(2026, 9, 8), date(2025, 1, 1)


def test_the_latest_limit_is_remembered(tmp_path: Path):
    folder = tmp_path / "history"
    assert history.purged_before(folder) is None
    history.note_purge(folder, TODAY, LIMIT, {"rader om beslut": 3})
    history.note_rotation(folder, TODAY)
    history.note_purge(folder, TODAY, date(2024, 1, 1), {})
    assert history.purged_before(folder) == LIMIT
    assert (folder / journal.NAME).read_text(encoding="utf-8").splitlines()[0] == (
        '{"day": "2026-09-08", "what": "purge", "before": "2025-01-01", "removed": {"rader om beslut": 3}}'
    )


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_the_user_alone_can_read_it(tmp_path: Path):
    history.note_rotation(tmp_path / "history", TODAY)
    modes = [path.stat().st_mode & 0o777 for path in (tmp_path / "history", tmp_path / "history" / journal.NAME)]
    assert modes == [0o700, 0o600]


@pytest.mark.parametrize("line", ["{", "[]", '{"day": "2026-09-08"}', '{"what": "purge", "before": "i våras"}'])
def test_a_damaged_line_is_told_of(tmp_path: Path, line: str):
    (tmp_path / journal.NAME).write_text(f"{line}\n", encoding="utf-8")
    with pytest.raises(WrongUse, match=r"Rad 1 i .*journal\.jsonl kan inte läsas"):
        history.purged_before(tmp_path)


def delivery(number: int, delivered: date) -> Delivery:
    return Delivery("decisions", f"d{number}", delivered, delivered, 10, {})


def fault(number: int, first: str, last: str, mended: str = "") -> Fault:
    return Fault("decisions", f"f{number}", f"B{number}", "Norr", "Beslut", "missing", first, last, mended)


DELIVERIES = tuple(
    delivery(number, day)
    for number, day in enumerate([date(2023, 1, 5), date(2024, 1, 5), date(2024, 12, 31), LIMIT], 1)
)
MENDED_BEFORE, MENDED_ON, OPEN = fault(1, "d1", "d2", "d3"), fault(2, "d3", "d3", "d4"), fault(3, "d2", "d4")


@pytest.fixture
def register(tmp_path: Path) -> Path:
    storage.write(tmp_path, Register(DELIVERIES, (MENDED_BEFORE, MENDED_ON)))
    storage.write(tmp_path, Register(DELIVERIES, (MENDED_BEFORE, MENDED_ON, OPEN)))
    return tmp_path


def test_faults_mended_before_the_day_go_and_open_ones_stay(register: Path):
    assert history.past(register, LIMIT) == history.Forgotten(faults=1, deliveries=1, hidden=0)
    assert history.forget(register, LIMIT) == history.Forgotten(faults=1, deliveries=1, hidden=0)
    left = storage.read(register)
    assert set(left.faults) == {MENDED_ON, OPEN}
    assert [one.delivery_id for one in left.deliveries] == ["d2", "d3", "d4"]
    assert history.past(register, LIMIT) == history.Forgotten(0, 0, 0)


def test_the_copy_holds_nothing_that_is_gone(register: Path):
    history.forget(register, LIMIT)
    text = b"".join(file.read_bytes() for file in register.rglob("*") if file.is_file())
    assert b"B3" in text
    assert b"B1" not in text


def test_the_newest_delivery_stays_however_old(register: Path):
    history.forget(register, date(2027, 1, 1))
    assert [one.delivery_id for one in storage.read(register).deliveries] == ["d2", "d4"]


def test_with_the_key_all_is_forgotten(register: Path):
    history.forget_all(register)
    assert storage.read(register) == Register()
    assert list(register.iterdir()) == []
