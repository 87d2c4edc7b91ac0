import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.model import Figure, Figures, Key, Status
from pipeline.publish import results
from tests.unit.publish import fakes

DAY = date(2026, 8, 31)


def _figures(*figures: Figure) -> Figures:
    return replace(fakes.internal_figures(), figures={figure.key: figure for figure in figures})


def _key(statistic: str = "share", **changes: object) -> Key:
    return replace(Key("m", statistic, "tertial", 1, "Socialnämnden"), **changes)  # type: ignore[arg-type]


def _rows(folder: Path, *figures: Figure) -> list[dict[str, str]]:
    file = folder / "resultat.csv"
    results.write_internal(file, _figures(*figures), fakes.config())
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_is_utf8_without_bom_with_line_feeds_and_the_contracts_columns(tmp_path: Path):
    file = tmp_path / "resultat.csv"
    results.write_internal(file, _figures(Figure(_key(), DAY, 1, 3, 0.333333)), fakes.config())
    assert file.read_bytes().splitlines(keepends=True) == [
        b"municipality,period,metric,statistic,window,level,org,breakdown,category,numerator,denominator,value,"
        b"ci_low,ci_high,target,status,suppressed,as_of\n",
        "9999,2026T2,m,share,tertial,1,Socialnämnden,,,1,3,0.333333,,,,,false,2026-08-31\n".encode(),
    ]


@pytest.mark.parametrize(
    ("statistic", "value", "written"),
    [
        ("share", 0.740458, "0.740458"),
        ("share", 1.0, "1.000000"),
        ("share", 0.0, "0.000000"),
        ("mean", 97.4, "97.40"),
        ("mean", 2.675, "2.68"),
        ("mean", 1.005, "1.01"),
        ("median", 1400.0, "1400.00"),
        ("p90", 0.1, "0.10"),
        ("longest_wait", 412.0, "412.00"),
        ("count", 1400.0, "1400"),
        ("persons", 12, "12"),
        ("special_reasons", 0, "0"),
    ],
)
def test_decimals_follow_the_statistic(tmp_path: Path, statistic: str, value: float, written: str):
    (row,) = _rows(tmp_path, Figure(_key(statistic), DAY, denominator=5, value=value))
    assert row["value"] == written


def test_numerator_stands_for_shares_only(tmp_path: Path):
    share, mean = _rows(tmp_path, Figure(_key("share"), DAY, 2, 5, 0.4), Figure(_key("mean"), DAY, 2, 5, 7.0))[::-1]
    assert (share["numerator"], mean["numerator"]) == ("2", "")


def test_nothing_to_measure_and_nothing_delivered_are_told_apart(tmp_path: Path):
    empty = Figure(_key(org="A"), DAY, 0, 0, status=Status.NO_DATA)
    missing = Figure(_key(org="B"), DAY, status=Status.NO_DATA)
    rows = _rows(tmp_path, empty, missing)
    assert [(r["numerator"], r["denominator"], r["value"], r["status"]) for r in rows] == [
        ("0", "0", "", "uppgift saknas"),
        ("", "", "", "uppgift saknas"),
    ]


def test_a_hidden_row_keeps_its_key_target_and_day_and_nothing_else(tmp_path: Path):
    # Even where something was left in the figure by mistake.
    hidden = Figure(_key(level=3, org="Norr"), DAY, 1, 2, 0.5, 0.1, 0.9, 0.9, Status.MET, suppressed=True)
    (row,) = _rows(tmp_path, hidden)
    assert [row[name] for name in ("numerator", "denominator", "value", "ci_low", "ci_high", "status")] == [""] * 6
    assert (row["target"], row["suppressed"], row["as_of"], row["org"]) == ("0.900000", "true", "2026-08-31", "Norr")


def test_rows_are_sorted_by_their_keys(tmp_path: Path):
    keys = [_key(level=3, org="Öst"), _key(), _key(level=2, org="B"), _key(breakdown="area", category="Ä")]
    rows = _rows(tmp_path, *(Figure(key, DAY, 0, 0) for key in keys))
    assert [(row["level"], row["org"], row["category"]) for row in rows] == [
        ("1", "Socialnämnden", ""),
        ("1", "Socialnämnden", "Ä"),
        ("2", "B", ""),
        ("3", "Öst", ""),
    ]


def test_only_the_periods_own_windows_are_written(tmp_path: Path):
    rows = _rows(tmp_path, *fakes.internal_figures().figures.values())
    assert {row["window"] for row in rows} == {"tertial", "ytd", "r12", "stock"}


def test_the_committees_file_hides_what_disclosure_hid(tmp_path: Path):
    public = fakes.figures()
    results.write_public(tmp_path / "resultat.csv", public, fakes.config())
    with (tmp_path / "resultat.csv").open(encoding="utf-8", newline="") as stream:
        hidden = [row for row in csv.DictReader(stream) if row["suppressed"] == "true"]
    assert len(hidden) == sum(figure.suppressed for figure in public.own()) > 0
    assert all(not row["denominator"] and not row["value"] and not row["status"] for row in hidden)
