"""The council's files: hidden counts hold the mark, and the secret files beside them are not opened."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline import lastcheck
from pipeline.lastcheck import Kind
from pipeline.model.cases import CouncilStatistics, Counted, CountTable
from pipeline.periods import Period
from pipeline.publish import ivo_council
from tests.unit.lastcheck.conftest import CASE, secrets
from tests.unit.publish import fakes

_LAW = CountTable("Lag", "Lag", (Counted("SoL", 1400), Counted("LSS", 12)))


def statistics(women: int | None, men: int | None) -> CouncilStatistics:
    genders = CountTable("Kvinnor och män", "Kön", (Counted("Kvinnor", women), Counted("Män", men)))
    day = date(2026, 10, 1)
    return CouncilStatistics(Period.parse("2026Q3"), 1412, 3, (genders, _LAW), (), 5, day, is_final=True)


def written(folder: Path, told: CouncilStatistics) -> Path:
    ivo_council.write_page(folder / "fullmäktige.html", told, fakes.config(), fakes.run_info())
    ivo_council.write_workbook(folder / "fullmäktige.xlsx", told, fakes.config(), fakes.run_info())
    return folder


def test_hidden_counts_pass_and_the_secret_files_are_left(tmp_path: Path) -> None:
    (tmp_path / "revisorer.xlsx").write_text(CASE)
    told = statistics(None, None)
    assert lastcheck.council(written(tmp_path, told), told, secrets()) == ()


def test_a_count_that_should_be_hidden_is_found_in_both(tmp_path: Path) -> None:
    findings = lastcheck.council(written(tmp_path, statistics(3, None)), statistics(None, None), secrets())
    assert [(one.file, one.kind) for one in findings] == [
        ("fullmäktige.html", Kind.HIDDEN), ("fullmäktige.xlsx", Kind.HIDDEN),
    ]  # fmt: skip


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_a_file_of_an_unknown_kind_does_not_pass(ending: str, tmp_path: Path) -> None:
    told = statistics(None, None)
    (written(tmp_path, told) / f"fullmäktige.{ending}").write_bytes(b"")
    assert [one.kind for one in lastcheck.council(tmp_path, told, secrets())] == [Kind.UNOPENED]


def test_a_case_is_found_in_a_label(tmp_path: Path) -> None:
    told = statistics(None, None)
    other = replace(told, tables=(CountTable(CASE, "Kön", told.tables[0].rows), _LAW))
    found = lastcheck.council(written(tmp_path, other), told, secrets())
    assert {one.kind for one in found} == {Kind.CASE}
    assert CASE not in str(found)
