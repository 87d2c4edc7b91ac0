"""Saved questions: what can be chosen in them, and what a file must say of itself."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.errors import WrongUse
from pipeline.questions import saved, terminal

FILE = """/* ---
about = "Vad som hände."
parameters.unit = { about = "enheten", optional = true }
parameters.since = { about = "från och med", kind = "day" }
parameters.least = { about = "minst så många", kind = "number", default = 5 }
--- */
select $unit, $since, $least
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "happened.sql").write_text(FILE, encoding="utf-8")
    return tmp_path


def test_values_have_their_kinds_and_what_was_not_chosen_holds_otherwise(folder: Path) -> None:
    one = saved.read("happened", folder)
    assert one.values({"since": "2026-05-01"}) == {"unit": None, "since": date(2026, 5, 1), "least": Decimal(5)}
    assert one.values({"since": "2026-05-01", "unit": "Norr", "least": "0.5"})["least"] == Decimal("0.5")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, r"behöver --param since=… \(från och med\)"),
        ({"since": "maj"}, r"--param since=maj: ska vara en dag"),
        ({"since": "2026-05-01", "least": "många"}, "ska vara ett tal"),
        ({"since": "2026-05-01", "enhet": "x"}, "inget val som heter enhet. Frågan har unit, since, least."),
    ],
)
def test_what_cannot_be_chosen(given: dict[str, str], said: str, folder: Path) -> None:
    with pytest.raises(WrongUse, match=said):
        saved.read("happened", folder).values(given)


def test_the_nearest_is_named(folder: Path) -> None:
    with pytest.raises(WrongUse, match=r"heter hapened. Menade du happened\? Alla visas av: --list"):
        saved.read("hapened", folder)


@pytest.mark.parametrize(
    "text",
    [
        "select 1",
        FILE.replace('about = "Vad som hände."\n', ""),
        FILE.replace('"Vad som hände."', '""'),
        FILE.replace('about = "Vad', 'title = "x"\nabout = "Vad'),
        FILE.replace('kind = "day"', 'kind = "year"'),
        FILE.replace('about = "enheten", ', ""),
        FILE.replace("optional = true }", "optional = true"),
    ],
)
def test_a_file_that_does_not_say_what_it_must_is_named(text: str, folder: Path) -> None:
    (folder / "bad.sql").write_text(text, encoding="utf-8")
    with pytest.raises(WrongUse, match=r"^bad\.sql: "):
        saved.read_all(folder)


def test_the_list_tells_names_answers_and_choices(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    terminal.show_saved(saved.read_all(folder).values())
    assert capsys.readouterr().out.splitlines()[:3] == [
        "happened",
        "    Vad som hände.",
        "    --param unit=…  enheten",
    ]
