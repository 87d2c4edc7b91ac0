"""Several deliveries after one another: what stops a run is told everywhere, and softer rules mend nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline import config as configuration
from pipeline import run
from pipeline.config import Config, SeverityRule
from pipeline.errors import DataBelowLimits
from pipeline.periods import Period
from pipeline.progress import Progress
from pipeline.starting import Request

TODAY = date(2026, 9, 8)
HEADING = "Utrednings-ID;Person-ID;Enhet;Verksamhetsområde;Inledd;Avslutad"


@pytest.fixture
def settings(tmp_path: Path) -> Config:
    (tmp_path / "raw").mkdir()
    loaded = configuration.load()
    paths = {name: tmp_path / name for name in ("raw", "processed", "reports")} | {"key": tmp_path / "key"}
    return loaded.model_copy(
        update={
            "paths": loaded.paths.model_copy(update=paths),
            "committee": loaded.committee.model_copy(update={"areas": ()}),
        }
    )


def deliver(config: Config, day: str, rows: int, wrong: int = 0) -> None:
    for file in config.paths.raw.iterdir():
        file.unlink()
    lines = [
        f"U{n};p{n};Norr;Barn och unga;2026-05-02;{'2026-05-01' if n < wrong else '2026-06-01'}" for n in range(rows)
    ]
    (config.paths.raw / f"utredningar_{day}.csv").write_text("\n".join([HEADING, *lines, ""]), encoding="utf-8")


def saying(config: Config, rule: str, severity: str) -> Config:
    one = SeverityRule(rule=rule, severity=severity, reason="Ses över.", until=TODAY)  # type: ignore[arg-type]
    return config.model_copy(update={"severity": (one,)})


def report(config: Config) -> run.Outcome:
    return run.report(_request(config), Progress())


def check(config: Config) -> run.Outcome:
    return run.check(_request(config), Progress())


def page(config: Config) -> str:
    return (config.paths.reports / "check" / "datakvalitet.html").read_text(encoding="utf-8")


def _request(config: Config) -> Request:
    return Request(config, TODAY, Period.parse("2026T2"), raw_given=True)


def test_a_fall_since_the_last_delivery_stops_the_same_everywhere(settings: Config) -> None:
    stopping = saying(settings, "rows_halved", "stop")
    deliver(settings, "2026-05-31", rows=100)
    assert check(stopping).quality.stops == ()
    deliver(settings, "2026-09-05", rows=40)
    (stop,) = check(stopping).quality.stops
    assert stop.startswith("Utredningar: Utdraget har 40 inlästa rader, mot 100 i det förra")
    for _ in range(2):
        assert "Inget publiceras" in page(stopping)
        with pytest.raises(DataBelowLimits) as told:
            report(stopping)
        assert stop in str(told.value)
        assert "vilka rader" not in str(told.value)


def test_rows_that_stop_a_run_are_told_by_extract_and_number(settings: Config) -> None:
    stopping = saying(settings, "closed_before_opened", "stop")
    deliver(settings, "2026-09-05", rows=300, wrong=12)
    with pytest.raises(
        DataBelowLimits, match=r"Utredningar: Avslutad ligger före Inledd \(12 rader\)\. Se .*rader det"
    ):
        report(stopping)
    assert "Utredningar: Avslutad ligger före Inledd (12 rader)." in page(stopping)


def test_a_rule_that_only_warns_now_mends_nothing(settings: Config) -> None:
    deliver(settings, "2026-05-31", rows=300, wrong=2)
    check(settings)
    softer = saying(settings, "closed_before_opened", "warn")
    deliver(settings, "2026-09-05", rows=301, wrong=2)
    assert check(softer).quality.rejections == ()
    assert 'id="rattat"' not in page(softer)
    deliver(settings, "2026-09-06", rows=302)
    check(settings)
    assert page(settings).split('id="rattat"')[1].count("<tr data-unit") == 2
