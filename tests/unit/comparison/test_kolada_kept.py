"""What is kept of Kolada on disk: read as it was written, laid over, and seen when damaged."""

from __future__ import annotations

import os
import stat
from datetime import date
from pathlib import Path

import pytest

from pipeline.comparison.kolada import Content, Unfinished, keep, parse, stored
from pipeline.errors import WrongUse
from pipeline.model.comparison import Missing
from tests.unit.comparison.stub import group, kpi, value

MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 20)
ADDRESS = "https://kolada.invalid/v3/"


def values(*numbers: tuple[str, int, float | None]) -> Content:
    return parse([value(kpi_id, "0182", year, number) for kpi_id, year, number in numbers])


def numbers(folder: Path) -> dict[tuple[str, int], float | None]:
    return {(key[0], key[2]): number for key, (number, _) in stored(folder).content.values.items()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "comparisons" / "kolada"


def test_nothing_is_kept_at_first(folder):
    assert stored(folder).content.values == {}


def test_what_is_kept_is_read_as_it_was_written(folder):
    new = parse(
        [
            kpi("U33402", 'Utredningstid, "median" (- 2024)', None, "Rad ett\nrad två"),
            {"id": "0182", "title": "Nacka", "type": "K"},
            group("G36599", "Liknande kommuner IFO, Nacka, 2024", {"0126": "Huddinge", "0163": "Sollentuna"}),
            value("U33402", "0182", 2023, 1 / 3),
            value("U33402", "0182", 2024, None, ".."),
        ]
    )
    written = keep(folder, new, APRIL)
    assert stored(folder) == written
    assert written.content == new
    assert written.content.values["U33402", "0182", 2024, "T"] == (None, Missing.SECRET)
    assert written.fetched == {"U33402": APRIL}


def test_a_fetch_replaces_its_indicators_and_years_and_leaves_the_rest(folder):
    keep(folder, values(("U10000", 2019, 1), ("U10000", 2024, 2), ("U10000", 2025, 3), ("U20000", 2025, 4)), MARCH)
    # Kolada has taken back 2024, and revised 2025.
    keep(folder, values(("U10000", 2025, 3.5)), APRIL, (["U10000"], [2024, 2025]))
    assert numbers(folder) == {("U10000", 2019): 1, ("U10000", 2025): 3.5, ("U20000", 2025): 4}
    assert stored(folder).fetched == {"U10000": APRIL, "U20000": MARCH}


def test_an_older_file_adds_only_what_is_lacking(folder):
    keep(folder, values(("U10000", 2025, 3.5)), APRIL)
    keep(folder, values(("U10000", 2025, 3), ("U10000", 2024, 2)), MARCH)
    assert numbers(folder) == {("U10000", 2024): 2, ("U10000", 2025): 3.5}
    assert stored(folder).fetched == {"U10000": APRIL}


def test_an_indicator_that_was_asked_for_and_has_no_values_was_fetched_too(folder):
    keep(folder, values(), APRIL, (["U10000"], [2025]))
    assert stored(folder).fetched == {"U10000": APRIL}


@pytest.mark.parametrize("name", ["kpis.csv", "places.csv", "groups.csv", "values.csv.gz", "fetched.csv", "SHA256SUMS"])
@pytest.mark.parametrize("damage", [lambda file: file.unlink(), lambda file: file.write_bytes(file.read_bytes()[:-9])])
def test_damage_is_seen_and_told_with_the_cure(folder, name, damage):
    keep(folder, values(("U10000", 2025, 3.5)), APRIL)
    damage(folder / name)
    with pytest.raises(
        WrongUse, match=r"kan inte läsas.*Ta bort mappen och hämta igen: python -m pipeline compare fetch"
    ):
        stored(folder)


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no modes")
def test_the_user_alone_can_read_it(folder):
    keep(folder, values(("U10000", 2025, 3.5)), APRIL)
    unfinished = folder.with_name("kolada.unfinished")
    Unfinished(unfinished, ADDRESS, APRIL).put("kpi/U10000", [])
    for place in (folder, unfinished):
        assert stat.S_IMODE(place.stat().st_mode) == 0o700
        assert {stat.S_IMODE(file.stat().st_mode) for file in place.iterdir()} == {0o600}


def test_an_unfinished_fetch_remembers_the_days_answers_alone(folder):
    Unfinished(folder, ADDRESS, APRIL).put("kpi/U10000", [{"id": "U10000"}])
    assert Unfinished(folder, ADDRESS, APRIL).get("kpi/U10000") == [{"id": "U10000"}]
    assert Unfinished(folder, ADDRESS, APRIL).get("kpi/U20000") is None
    assert Unfinished(folder, ADDRESS, MARCH).get("kpi/U10000") is None
    assert Unfinished(folder, "https://other.invalid/", APRIL).get("kpi/U10000") is None


def test_an_answer_that_was_cut_short_is_asked_for_again(folder):
    unfinished = Unfinished(folder, ADDRESS, APRIL)
    unfinished.put("kpi/U10000", [{"id": "U10000"}])
    (file,) = folder.iterdir()
    file.write_bytes(file.read_bytes()[:20])
    assert unfinished.get("kpi/U10000") is None
    unfinished.clear()
    assert not folder.exists()
