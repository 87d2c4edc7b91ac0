"""How many of the rows behind a figure are about persons with protected identity, worked out by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline.config import Paths
from pipeline.model import Figure, Figures, Key, Statistic
from pipeline.periods import Period
from pipeline.run import measure
from tests.unit import builders

TODAY = date(2026, 11, 1)
UNITS = "Enhet;Verksamhetsuppdrag;Verksamhetsområde\nNorr;Barn;Barn och unga\nSöder;Barn;Barn och unga\n"
REFERRALS = "Aktualiserings-ID;Person-ID;Enhet;Verksamhetsområde;Typ;Inkommen;Kön;Skyddade personuppgifter"
INVESTIGATIONS = "Utrednings-ID;Person-ID;Enhet;Verksamhetsområde;Inledd;Avslutad;Kön;Handläggare"
DECISIONS = "Beslut-ID;Person-ID;Enhet;Verksamhetsområde;Lag;Insats;Beslutsdatum;Beslut;Verkställighetsdatum"
PLANS = "Plan-ID;Beslut-ID;Enhet;Upprättad"
INCIDENTS = "Ärende-ID;Enhet;Typ;Inkommen;Utrednings-ID"


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """One person, p0, is flagged, in a referral; the other extracts know nothing of it."""
    folder = tmp_path / "raw"
    folder.mkdir()
    _write(folder / "enheter.csv", UNITS.strip())
    _write(
        folder / "aktualiseringar.csv",
        REFERRALS,
        *(f"A{n};p{n};Norr;Barn och unga;anmälan;2026-06-0{n + 1};kvinna;{'nej' if n else 'ja'}" for n in range(6)),
        "A6;p0;Söder;Barn och unga;ansökan;2026-06-09;kvinna;",
    )
    _write(
        folder / "utredningar.csv",
        INVESTIGATIONS,
        *(f"U{n};p{n};Norr;Barn och unga;2026-06-0{n + 1};2026-07-01;kvinna;Anna" for n in range(5)),
        "U5;p0;Norr;Barn och unga;2026-06-01;;man;Anna",
    )
    _write(
        folder / "beslut.csv",
        DECISIONS,
        "B0;p0;Norr;Äldreomsorg;SoL;Hemtjänst;2025-02-01;bifall;2025-02-02",
        "B1;p1;Norr;Äldreomsorg;SoL;Hemtjänst;2025-02-01;bifall;2025-02-02",
    )
    _write(folder / "genomförandeplaner.csv", PLANS, "P0;B0;Norr;2026-02-01", "P1;B1;Norr;2026-02-01")
    _write(
        folder / "avvikelser.csv",
        INCIDENTS,
        "H0;Norr;avvikelse;2026-06-01;U0",
        "H1;Norr;avvikelse;2026-06-01;U1",
        "H2;Norr;avvikelse;2026-06-01;",
    )
    return folder


def _write(file: Path, *lines: str) -> None:
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _measured(raw: Path, *only: str) -> Figures:
    config = builders.config(paths=Paths(raw=raw, key=raw.parent / "pseudonym.key"))
    return measure(raw, config, Period.parse("2026T2"), TODAY, only=only)


def _of(figures: Figures, metric: str, statistic: Statistic, **where: str | int) -> Figure:
    key = {"level": 1, "org": builders.COMMITTEE, "breakdown": "", "category": "", "window": "tertial", **where}
    return figures.figures[Key(metric, statistic, **key)]  # type: ignore[arg-type]


def test_rows_are_counted_in_every_cell_that_they_stand_in(raw: Path) -> None:
    found = _measured(raw, "referrals")

    def counts(**where: str | int) -> tuple[float | None, int]:
        figure = _of(found, "referrals", Statistic.COUNT, **where)
        return figure.denominator, figure.protected

    assert counts() == (7, 2)
    assert counts(level=3, org="Norr") == (6, 1)
    assert counts(level=3, org="Söder") == (1, 1)
    assert counts(level=2, org="Barn") == (7, 2)
    assert counts(breakdown="kind", category="anmälan") == (6, 1)
    assert counts(level=3, org="Söder", breakdown="kind", category="anmälan") == (0, 0)
    assert counts(window="month_2026_06") == (7, 2)
    assert counts(window="month_2026_05") == (0, 0)


def test_a_measure_of_days_counts_rows_with_a_value_and_one_with_censoring_its_whole_cohort(raw: Path) -> None:
    found = _measured(raw, "investigation_days")
    for statistic in (Statistic.MEAN, Statistic.MEDIAN, Statistic.P90):
        figure = _of(found, "investigation_days", statistic)
        assert (figure.denominator, figure.protected) == (5, 1)
    cohort = _of(found, "investigation_days", Statistic.KM_MEDIAN)
    assert (cohort.denominator, cohort.protected) == (6, 2)
    assert _of(found, "investigation_days", Statistic.MEAN, breakdown="gender", category="man").protected == 0


def test_a_service_is_its_decisions_person_and_a_plan_without_person_too(raw: Path) -> None:
    found = _measured(raw, "plan_current", "plan_dated")
    for metric in ("plan_current", "plan_dated"):
        figure = _of(found, metric, Statistic.SHARE, window="stock")
        assert (figure.denominator, figure.protected) == (2, 1), metric


def test_an_incident_is_about_the_person_of_its_investigation(raw: Path) -> None:
    figure = _of(_measured(raw, "incidents"), "incidents", Statistic.COUNT)
    assert (figure.denominator, figure.protected) == (3, 1)


def test_case_workers_are_no_persons_who_are_protected(raw: Path) -> None:
    figure = _of(
        _measured(raw, "open_investigations_per_case_worker"),
        "open_investigations_per_case_worker",
        Statistic.MEAN,
        window="stock",
    )
    assert (figure.denominator, figure.protected) == (1, 0)
