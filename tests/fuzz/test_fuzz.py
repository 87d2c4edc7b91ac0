"""A few hundred damaged files; `make fuzz` reads thousands."""

from __future__ import annotations

import pytest

from tests.fuzz.__main__ import some
from tests.fuzz.harness import Fallen, run, seeds
from tests.fuzz.seeds import make

SEED = 2026


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return make(tmp_path_factory.mktemp("hela"))


@pytest.mark.parametrize("part", range(4))
def test_no_damaged_file_makes_a_reader_fall_hang_or_lose_a_row(made, part):
    outcome = some(range(part * 75, part * 75 + 75), SEED, made)
    assert outcome.fallen == []
    assert outcome.read > 10
    assert outcome.refused > 10


def test_whole_files_can_be_read(made, tmp_path, monkeypatch):
    monkeypatch.setattr("tests.fuzz.harness.mutated", lambda chance, content, other: content)
    for number, seed in enumerate(seeds(made)):
        assert run(number, SEED, [seed], tmp_path), seed.path.name


def test_a_reader_that_loses_rows_is_found_out(made, tmp_path, monkeypatch):
    def all_but_one(text):
        rows = own(text)
        next(rows)
        yield from rows

    monkeypatch.setattr("tests.fuzz.harness.mutated", lambda chance, content, other: content)
    from pipeline.sources import csv

    own = csv._Text.rows
    monkeypatch.setattr(csv._Text, "rows", all_but_one)
    (seed,) = (seed for seed in seeds(made) if seed.path.name == "utredningar utf-8 0.csv")
    with pytest.raises(Fallen, match="54 lines, 53 read"):
        run(1, SEED, [seed], tmp_path)


def test_a_reader_that_falls_is_told_with_its_run(made, tmp_path, monkeypatch):
    def falling(*_):
        raise ZeroDivisionError

    monkeypatch.setattr("tests.fuzz.harness.read", falling)
    with pytest.raises(Fallen, match=r"run 1 of seed 2026, .*ZeroDivisionError"):
        run(1, SEED, seeds(made), tmp_path)
