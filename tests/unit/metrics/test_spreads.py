"""Rows in bands of days, worked out by hand from an extract."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from pipeline.config import Paths
from pipeline.metrics import catalogue
from pipeline.metrics.spreads import FEWEST
from pipeline.model import Figures, Statistic
from pipeline.model.spreads import Band, band_of, bands
from pipeline.periods import Period
from pipeline.run import measure
from tests.unit import builders

HEADING = "Utrednings-ID;Person-ID;Enhet;Verksamhetsområde;Inledd;Avslutad;Kön;Skyddade personuppgifter"
CLOSED = date(2026, 7, 1)
METRIC = "investigation_days"
AREA = "Barn och unga"


def _measured(folder: Path, rows: Sequence[tuple[int, int | None]]) -> Figures:
    """Investigations by how many days before the first of July they began, and after how many they ended."""
    raw = folder / "raw"
    raw.mkdir()
    (raw / "enheter.csv").write_text(
        "Enhet;Verksamhetsuppdrag;Verksamhetsområde\nNorr;Barn;Barn och unga\n", encoding="utf-8"
    )
    lines = [HEADING]
    for number, (before, took) in enumerate(rows):
        opened = CLOSED - timedelta(days=before)
        ended = "" if took is None else (opened + timedelta(days=took)).isoformat()
        flag = "nej" if number else "ja"
        lines.append(f"U{number};p{number};Norr;{AREA};{opened.isoformat()};{ended};kvinna;{flag}")
    (raw / "utredningar.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    config = builders.config(paths=Paths(raw=raw, key=folder / "pseudonym.key"))
    return measure(raw, config, Period.parse("2026T2"), date(2026, 11, 1), only=(METRIC,))


def _numbers(figures: Figures, statistic: Statistic, window: str) -> list[float | None]:
    return [one.denominator for one in figures.spread(catalogue.read()[METRIC], statistic, window, AREA)]


def test_bands_are_whole_days_and_the_longest_is_open() -> None:
    metric = catalogue.read()[METRIC]
    assert [band.name for band in bands(metric, Statistic.BY_DAYS)] == [
        "0–30", "31–60", "61–90", "91–120", "121–180", "över 180",
    ]  # fmt: skip
    found = [band_of(metric, Statistic.BY_DAYS, days).first for days in (0, 30, 31, 120, 121, 180, 181, 900)]
    assert found == [0, 0, 31, 91, 121, 121, 181, 181]


def test_the_bands_of_a_cohort_are_no_shorter_than_a_month() -> None:
    wait = catalogue.read()["decision_wait_days"]
    assert bands(wait, Statistic.BY_DAYS)[0] == Band(0, 7)
    assert bands(wait, Statistic.COHORT)[0] == Band(0, 30)


def test_rows_are_counted_in_the_band_of_their_days(tmp_path: Path) -> None:
    # All closed on the first of July or after, the limit's own day within it.
    took = [10] * 6 + [30] * 3 + [31] * 4 + [120] * 5 + [121] * 2 + [200]
    found = _measured(tmp_path, [(days, days) for days in took])
    assert _numbers(found, Statistic.BY_DAYS, "ytd") == [9, 4, 0, 5, 2, 1]


def test_of_windows_that_are_not_drawn_there_is_only_what_is_small(tmp_path: Path) -> None:
    found = _measured(tmp_path, [(days, days) for days in [10] * 12 + [31] * 9 + [150] * 2])
    in_tertial = {k.category: f.denominator for k, f in found.spreads.items() if k.window == "tertial"}
    # Of somebody protected there are twelve in the same band: enough.
    assert in_tertial == {f"{AREA} × 121–180": 2}


def test_the_cohort_tells_those_that_ended_from_those_that_run(tmp_path: Path) -> None:
    # The last day is 31 August, 61 days after the first of July.
    found = _measured(tmp_path, [(0, 5)] * 8 + [(0, None)] * 7 + [(40, 100)] * 6)
    assert _numbers(found, Statistic.COHORT, "r12") == [8, 0, 0, 0, 0, 7, 6, 0, 0, 0, 0, 0]
    assert _numbers(found, Statistic.COHORT, "ytd") == []


def test_of_too_few_there_is_nothing(tmp_path: Path) -> None:
    found = _measured(tmp_path, [(10, 10)] * (FEWEST - 1))
    assert found.spreads == {}


def test_somebody_protected_is_counted_in_the_band(tmp_path: Path) -> None:
    found = _measured(tmp_path, [(10, 10)] * 20 + [(50, 50)] * 5)
    spread = found.spread(catalogue.read()[METRIC], Statistic.BY_DAYS, "ytd", AREA)
    assert [one.protected for one in spread][:2] == [1, 0]
