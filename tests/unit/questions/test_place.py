"""The quick way to the database's folder is the configuration's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import config
from pipeline.errors import WrongUse
from pipeline.places import CONFIG_FILE
from pipeline.questions.place import database_folder, demand_outside


def test_it_is_the_folder_of_the_projects_own_configuration() -> None:
    assert database_folder(None, None) == config.load().paths.processed


@pytest.mark.parametrize("line", ["", 'processed = "annan/plats"', 'processed = "../plats"'])
def test_it_is_the_folder_of_any_configuration(line: str, tmp_path: Path) -> None:
    file, own = tmp_path / "config.toml", 'processed = "data/processed"'
    text = CONFIG_FILE.read_text(encoding="utf-8")
    assert text.count(own) == 1
    file.write_text(text.replace(own, line), encoding="utf-8")
    assert database_folder(file, None) == config.load(file).paths.processed


def test_the_folder_on_the_command_line_goes_first(tmp_path: Path) -> None:
    assert database_folder(None, tmp_path) == tmp_path


@pytest.mark.parametrize("text", ["[paths]\nprocessed = 3\n", "paths = 3\n", "[paths\n"])
def test_a_configuration_that_does_not_tell_is_a_fault(text: str, tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(WrongUse, match=r"config\.toml"):
        database_folder(file, None)
    with pytest.raises(WrongUse, match="finns inte"):
        database_folder(tmp_path / "annan.toml", None)


@pytest.mark.parametrize("name", ["raw/utredningar.csv", "raw/../raw/x/a.csv", "processed/a.csv", "reports/a.csv"])
def test_an_answer_takes_the_place_of_no_extract_and_no_report(name: str, tmp_path: Path) -> None:
    paths = config.Paths(raw=tmp_path / "raw", processed=tmp_path / "processed", reports=tmp_path / "reports")
    with pytest.raises(WrongUse, match="Välj en annan mapp efter --out"):
        demand_outside(tmp_path / name, paths)
    demand_outside(tmp_path / "rawer" / "a.csv", paths)
    demand_outside(tmp_path / "a.csv", paths)
