"""The settings of the unit managers' lists and of the quarter's report."""

from pathlib import Path

import pytest

from pipeline import config
from pipeline.config import Ivo, Watch
from pipeline.errors import WrongUse

BASE = '[municipality]\nname = "A"\ncode = "0000"\n[committee]\nname = "N"\n'


def load(folder: Path, text: str) -> config.Config:
    (folder / "config.toml").write_text(BASE + text, encoding="utf-8")
    return config.load(folder / "config.toml", {})


def test_the_file_shows_what_holds_unless_said():
    assert (config.load().watch, config.load().ivo) == (Watch(), Ivo())


def test_settings_are_read(tmp_path: Path):
    found = load(tmp_path, '[watch]\nplan_days = 0\n[ivo]\nQ2 = ["07-01", "09-15"]\nbands = [100]\n')
    assert (found.watch.plan_days, found.ivo.Q2, found.ivo.bands) == (0, ("07-01", "09-15"), (100,))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[ivo]\nQ1 = ["04-31", "05-01"]\n', "04-31"),
        ('[ivo]\nQ1 = ["1 april", "30 april"]\n', "1 april"),
        ('[ivo]\nQ1 = ["04-30", "04-01"]\n', "första och sista"),
        ('[ivo]\nQ1 = ["04-30"]\n', "första och sista"),
        ("[ivo]\nbands = []\n", "minst en dag"),
        ("[ivo]\nbands = [181, 91]\n", "senare än den förra"),
        ("[watch]\nplan_days = -1\n", "minst 0"),
        ("[watch]\nplans = 3\n", "okänd nyckel"),
    ],
)
def test_a_fault_is_told(tmp_path: Path, text: str, said: str):
    with pytest.raises(WrongUse, match=said):
        load(tmp_path, text)
