"""Which of the reports' folders go, and which stay."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline.config import Config, Paths
from pipeline.retention import folders
from tests.unit import builders

LIMIT = date(2026, 1, 1)


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return builders.config(paths=Paths(reports=tmp_path / "reports"))


def write(config: Config, *names: str) -> None:
    for name in names:
        file = config.paths.reports / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x", encoding="utf-8")


def left(config: Config) -> set[str]:
    folders.remove(folders.past(config, LIMIT))
    return {path.relative_to(config.paths.reports).as_posix() for path in config.paths.reports.rglob("*.*")}


def test_internal_folders_of_earlier_periods_go_and_the_committees_stay(config: Config):
    write(
        config, "2025T3/internal/resultat.csv", "2025T3/internal/bevakning/Norr.xlsx",
        "2025T3/committee/rapport.html", "2025T3/manifest.json", "2026T1/internal/resultat.csv",
    )  # fmt: skip
    assert left(config) == {"2025T3/committee/rapport.html", "2025T3/manifest.json", "2026T1/internal/resultat.csv"}
    assert not (config.paths.reports / "2025T3" / "internal").exists()


def test_the_year_that_holds_the_day_is_no_earlier_period(config: Config):
    write(config, "2025/internal/a.csv", "2026/internal/a.csv")
    assert left(config) == {"2026/internal/a.csv"}


def test_of_a_quarters_report_the_councils_part_stays(config: Config):
    secret = ("individrapport.xlsx", "revisorer.xlsx", "individrapport-DEMODATA.xlsx")
    write(config, *(f"2025Q4/ivo/{name}" for name in (*secret, "fullmäktige.html", "fullmäktige.xlsx")))
    write(config, "2026Q1/ivo/revisorer.xlsx")
    assert left(config) == {
        "2025Q4/ivo/fullmäktige.html", "2025Q4/ivo/fullmäktige.xlsx", "2026Q1/ivo/revisorer.xlsx"
    }  # fmt: skip


def test_what_can_be_made_anew_goes(config: Config):
    write(config, "check/datakvalitet.html", ".2026T1.new-17/internal/a.csv", "2026Q1/.ivo.old-3/revisorer.xlsx")
    write(config, "comments/2025T3.md", "index.html")
    assert left(config) == {"comments/2025T3.md", "index.html"}


def test_without_reports_nothing_goes(config: Config):
    assert folders.past(config, LIMIT) == []
