"""The benchmark runs at tiny sizes, tells what it found, and measures what it says; no time is demanded of anything."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bench import environments, measuring, parts, results
from bench.compared import METRICS, differences
from bench.measuring import Command, Failed, Run, Spread
from bench.parts import again, rivals, told
from bench.place import Place, python
from bench.results import Part, Ratio
from bench.rows import OF_CASES, Form, write
from pipeline import config
from pipeline.metrics import catalogue
from pipeline.places import ROOT
from pipeline.sources import files

TODAY = date(2026, 9, 10)


def process(code: str, **more) -> Command:
    return Command("x", [sys.executable, "-c", code], **more)


def test_a_process_is_measured_whole(tmp_path: Path):
    log = tmp_path / "log"
    found = measuring.run(process("x = bytearray(90_000_000); print(len(x))"), log, 60)
    assert found.memory > 90
    assert found.cpu > 0
    assert 0 < found.wall < 60
    assert log.read_text(encoding="utf-8").strip() == "90000000"


@pytest.mark.parametrize(
    ("code", "seconds", "told"),
    [("raise SystemExit('so')", 60, "code 1: so"), ("while True: pass", 0.2, "longer than")],
)
def test_a_process_that_does_not_end_well_is_told_of(tmp_path: Path, code: str, seconds: float, told: str):
    with pytest.raises(Failed, match=told):
        measuring.run(process(code), tmp_path / "log", seconds)


def test_commands_run_in_turn_and_are_prepared_each_time(tmp_path: Path):
    order: list[str] = []
    commands = [replace(process("", before=lambda name=name: order.append(name)), name=name) for name in "ab"]
    found = measuring.in_turn(commands, 2, tmp_path)
    assert order == ["a", "b", "a", "b"]
    assert {name: len(runs) for name, runs in found.items()} == {"a": 2, "b": 2}


def test_a_ratio_is_of_pairs():
    ours, theirs = ([Run(wall, 0, 0) for wall in walls] for walls in ((2, 8, 3), (1, 2, 3)))
    assert measuring.ratio(ours, theirs) == Spread(2, 1, 4)


@pytest.mark.parametrize("form", Form)
def test_rows_of_any_size_are_ones_that_the_program_knows(tmp_path: Path, form: Form, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("bench.rows._OF_A_BATCH", 2_000)  # several batches
    few, many = (write(tmp_path / str(rows), rows, form, TODAY) for rows in (3_000, 4_500))
    assert 1_500 < few < many < 6_000
    for rows in (3_000, 4_500):
        found = files.find(tmp_path / str(rows), config.DEFAULT_FILES)
        assert {file.extract for file in found} >= {*OF_CASES, "units", "goals"}
        assert len({file.path.suffix for file in found}) == (1 if form is Form.EXCEL else 2 if form is Form.CSV else 1)


def test_a_part_takes_the_place_of_what_was_known_of_it(tmp_path: Path):
    part = Part("title", [Ratio("a / b", Spread(3, 2, 4), 2.0), Ratio("c / d", Spread(6, 6, 6), 5.0, at_least=True)])
    for moment in ("then", "now"):
        results.keep(tmp_path, "small", part, "a machine", moment, parts.NAMES)
        results.keep(tmp_path, "floor", replace(part, ratios=[]), "a machine", "another time", parts.NAMES)
    page = (tmp_path / results.TOLD).read_text(encoding="utf-8")
    assert "| small | a / b | 3.00 (2.00–4.00) | ≤ 2 | **missed** |" in page
    assert "| small | c / d | 6.00 (6.00–6.00) | ≥ 5 | met |" in page
    assert page.index("## floor: title") < page.index("## small: title")
    assert (page.count("now. a machine."), page.count("then")) == (1, 0)
    assert list(json.loads((tmp_path / results.KEPT).read_text(encoding="utf-8"))) == ["floor", "small"]


def test_every_part_has_its_measurement_and_stands_in_the_readme():
    readme = (ROOT / "bench" / "README.md").read_text(encoding="utf-8")
    assert [callable(parts.of(name)) for name in parts.NAMES] == [True] * len(parts.NAMES)
    assert [name for name in parts.NAMES if f"| `{name}` |" not in readme] == []


def test_the_steps_of_a_run_are_read_as_it_tells_them(tmp_path: Path):
    log = tmp_path / "log"
    log.write_text("Läser målen … klart på 1,5 s\nLäser kraven … klart på 2,0 s\nLäser in raderna … klart på 0,1 s\n")
    assert told.steps(log) == {"Läser filerna": 3.5, "Läser in raderna": 0.1}


def test_what_is_compared_is_in_the_catalogue():
    known = catalogue.read()
    assert [name for name, statistics in METRICS.items() if not set(statistics) <= set(known[name].statistics)] == []
    assert differences({"a": 1.0, "b": 2.0}, {"a": 1.004, "c": 2.0}) == ["b", "c"]
    assert differences({"a": 1.0}, {"a": 1.01}) == ["a"]


def test_every_other_tool_has_a_locked_list_without_an_address():
    named = {rival.env for rival in rivals._RIVALS if rival.env}
    assert {file.stem for file in environments.LISTS.glob("*.txt")} == named
    for name in named:
        text = (environments.LISTS / f"{name}.txt").read_text(encoding="utf-8")
        assert text.count("--hash=sha256:") > 10
        assert "://" not in text


def test_those_that_need_nothing_else_find_what_the_program_finds(tmp_path: Path):
    raw, _ = Place(tmp_path).extracts("rivals", 2_000, Form.PLAIN_CSV, rivals._EXTRACTS)
    own = python("own", "bench.commands.own_figures", raw, Place(tmp_path).config(raw), "figures", tmp_path / "own")
    measuring.run(own, tmp_path / "log", 300)
    ours = rivals._found(tmp_path / "own")
    for rival in (rival for rival in rivals._RIVALS if not rival.env):
        other = Command(
            rival.name, [sys.executable, str(rivals._SCRIPTS / rival.script), str(raw), str(tmp_path / "x")]
        )
        measuring.run(other, tmp_path / "log", 300)
        theirs = rivals._found(tmp_path / "x")
        rivals._demand_same(ours, theirs, rival)
        assert min(theirs["rejected"].values()) > 0
        assert bool(theirs["figures"]) == (rival.does == "figures")
    spoilt = ours | {"figures": dict.fromkeys(ours["figures"], 0.5)}
    with pytest.raises(Failed, match="figures differ"):
        rivals._demand_same(spoilt, ours, rivals._RIVALS[0])


def test_the_floors_read_what_is_there(tmp_path: Path):
    import duckdb

    rows = write(tmp_path / "csv", 600, Form.CSV, TODAY)
    measuring.run(
        python("floor", "bench.commands.typed_by_engine", tmp_path / "csv", tmp_path / "floor.duckdb"),
        tmp_path / "log",
        120,
    )
    with duckdb.connect(tmp_path / "floor.duckdb") as database:
        tables = [table for (table,) in database.execute("select table_name from duckdb_tables()").fetchall()]
        read = sum(database.execute(f"select count(*) from {table}").fetchone()[0] for table in tables)
    assert rows <= read <= rows + 2 * len(tables)  # a line of empty cells in each file and batch

    write(tmp_path / "excel", 600, Form.EXCEL, TODAY)
    measuring.run(python("bare", "bench.commands.bare_calamine", tmp_path / "excel"), tmp_path / "log", 120)


def test_a_second_run_that_publishes_something_else_is_no_result(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The whole part, with a program that writes another figure each time."""
    monkeypatch.setattr(again, "_SAME", ("figures.csv",))
    published = tmp_path / "again" / "made" / "reports" / "2026T2"
    code = f"import os, pathlib; f = pathlib.Path({str(published)!r}); f.mkdir(parents=True, exist_ok=True)"
    code += "; (f / 'figures.csv').write_text(os.urandom(9).hex())"
    monkeypatch.setattr(Place, "report", lambda _, raw, name, fresh=True: replace(process(code), name=name))
    with pytest.raises(RuntimeError, match="published something else"):
        again.measure(Place(tmp_path, scale=0.001, repeat=1))
