"""Five municipalities' own documents, run the whole way: the figures that they report must come out of small extracts.

See README.md in `seeds` for how a municipality is kept.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from pipeline import config as configuration
from pipeline import run
from pipeline.periods import Period
from pipeline.progress import Progress
from tests.golden import many, published

SEEDS = Path(__file__).parent / "seeds"
VALUES = ("numerator", "denominator", "value", "status")
MUNICIPALITIES = sorted(folder.name for folder in SEEDS.iterdir() if folder.is_dir())


@pytest.mark.parametrize("municipality", MUNICIPALITIES)
def test_the_report_tells_what_the_municipality_reports(municipality: str, tmp_path: Path) -> None:
    folder = SEEDS / municipality
    expected = tomllib.loads((folder / "expect.toml").read_text(encoding="utf-8"))
    outcome = reported(folder, tmp_path, Period.parse(expected["period"]), expected["today"])
    assert not outcome.demo
    assert outcome.quality.rejections == ()
    found = list(differences(folder, expected, outcome))
    assert not found, "\n".join(found)


def reported(folder: Path, place: Path, period: Period, today: Any) -> run.Outcome:
    config = configuration.load(folder / "config.toml")
    names = {name: place / name for name in ("raw", "processed", "reports")} | {"key": place / "pseudonym.key"}
    many.deliver(folder, names["raw"])
    config = config.model_copy(update={"paths": config.paths.model_copy(update=names)})
    return run.report(run.Request(config, today, period, raw_given=True), Progress())


def differences(folder: Path, expected: Mapping[str, Any], outcome: run.Outcome) -> Iterator[str]:
    """Everything that was expected and did not come, one sentence each."""
    yield from _of_figures(folder / "expect.csv", outcome)
    page = published.page(outcome.folder / "committee" / "rapport.html")
    for one in expected.get("page", ()):
        section = page.get(one["section"])
        if section is None:
            yield f"page: no section {one['section']}"
            continue
        yield from (f"{one['section']} lacks “{text}”" for text in one.get("says", ()) if text not in section.text)
        yield from (f"{one['section']} says “{text}”" for text in one.get("never", ()) if text in section.text)
        yield from _of_rows(f"page, {one['section']}", section.rows, one.get("rows", ()))
    sheets = published.workbook(outcome.folder / "committee" / "rapport.xlsx")
    for one in expected.get("workbook", ()):
        if one["sheet"] not in sheets:
            yield f"workbook: no sheet {one['sheet']}"
            continue
        yield from _of_rows(f"workbook, {one['sheet']}", sheets[one["sheet"]], one["rows"])


def _of_rows(where: str, rows: list[list[str]], expected: list[list[str]]) -> Iterator[str]:
    yield from (f"{where} lacks the row {row}" for row in expected if not published.holds(rows, row))


# --- figures --------------------------------------------------------------------------------------------------------


def _of_figures(file: Path, outcome: run.Outcome) -> Iterator[str]:
    """`file` says where a figure is looked for: in both `resultat.csv`, in one of them, or among all that is computed.

    What is hidden in the committee's is expected with `*****`, and nothing else.
    """
    found = {name: published.results(outcome.folder / name / "resultat.csv") for name in ("committee", "internal")}
    found["computed"] = _computed(outcome)
    with file.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter=";"):
            key = tuple(row[name] for name in published.KEYS)
            for name in ("committee", "internal") if row["file"] == "both" else (row["file"],):
                got = found[name].get(key)
                if got is None:
                    yield f"{name}: no figure {key}"
                    continue
                values = [published.HIDDEN] if got.get("suppressed") == "true" else [got[column] for column in VALUES]
                wanted = [row[column] for column in VALUES]
                if wanted[0] == published.HIDDEN:
                    wanted = wanted[:1]
                yield from [] if values == wanted else [f"{name}: {key} is {values}, not {wanted}"]


def _computed(outcome: run.Outcome) -> dict[tuple[str, ...], dict[str, str]]:
    """Every figure before small groups are hidden, those of earlier years and of last year among them."""
    assert outcome.figures is not None
    return {
        (*map(str, (k.metric, k.statistic, k.window, int(k.level), k.org, k.breakdown, k.category)),): {
            "numerator": "" if figure.numerator is None else f"{figure.numerator:g}",
            "denominator": "" if figure.denominator is None else f"{figure.denominator:g}",
            "value": "" if figure.value is None else f"{figure.value:.6g}",
            "status": "",
        }
        for k, figure in outcome.figures.figures.items()
    }
