import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.periods import Period
from pipeline.publish import manifest, results, standing
from tests.unit.publish import fakes

T2 = Period.parse("2026T2")


def publish(reports: Path, folder: str, *, demo: bool) -> Path:
    place = reports / folder
    (place / "committee").mkdir(parents=True)
    mark = "-DEMODATA" if demo else ""
    results.write_public(place / "committee" / f"resultat{mark}.csv", fakes.figures(), fakes.config())
    manifest.write(place, fakes.run_info(demo), T2, fakes.metrics())
    return place


def test_real_and_invented_reports_are_told_apart(tmp_path: Path):
    publish(tmp_path, "2026T2", demo=False)
    publish(tmp_path, "2026T2-DEMODATA", demo=True)
    assert standing.standing(tmp_path, demo=False)[T2].folder == "2026T2"
    (invented,) = standing.standing(tmp_path, demo=True).values()
    assert (invented.folder, invented.run_id, invented.day) == ("2026T2-DEMODATA", "3f9a0c2b71de", date(2026, 9, 10))


def test_an_invented_report_is_read_back_as_it_was_written(tmp_path: Path):
    publish(tmp_path, "2026T2", demo=True)
    (found,) = standing.invented_issues(tmp_path)
    public = fakes.figures()
    judged = [f for f in public.own() if f.key.level == 1 and f.key.window in ("ytd", "stock")]
    assert set(found.figures.figures) == {one.key for one in judged}
    for one in judged:
        read = found.figures.figures[one.key]
        assert (read.suppressed, read.numerator, read.denominator) == (
            one.suppressed, one.numerator if read.key.statistic == "share" else None, one.denominator,
        )  # fmt: skip
        assert read.value == (None if one.value is None else pytest.approx(one.value, abs=0.005))
    assert found.definitions == {name: metric.sha256 for name, metric in fakes.metrics().items()}


@pytest.mark.parametrize(("old", "new"), [("Socialnämnden", "Annan nämnd"), ("numerator", "n")])
def test_a_file_that_is_not_as_it_was_published_is_left_out(tmp_path: Path, old: str, new: str):
    file = publish(tmp_path, "2026T2", demo=True) / "committee" / "resultat-DEMODATA.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert standing.invented_issues(tmp_path) == ()


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"period": "2026T9"}'])
def test_a_manifest_that_cannot_be_read_hinders_nothing(tmp_path: Path, content: str):
    place = publish(tmp_path, "2026T2", demo=False)
    (place / "manifest.json").write_text(content, encoding="utf-8")
    assert standing.standing(tmp_path, demo=False) == {}


def test_a_manifest_that_says_otherwise_than_its_name_is_left_out(tmp_path: Path):
    place = publish(tmp_path, "2026T2", demo=False)
    told = json.loads((place / "manifest.json").read_text(encoding="utf-8"))
    (place / "manifest.json").write_text(json.dumps({**told, "demo": True}), encoding="utf-8")
    assert standing.standing(tmp_path, demo=False) == {}
    assert replace(fakes.run_info(), demo=True).demo
