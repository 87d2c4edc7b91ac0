import hashlib
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.periods import Period
from pipeline.publish import manifest
from tests.unit.publish import fakes, quality_fakes

FILES = (quality_fakes.account(), quality_fakes.account(file="beslut.csv", extract="decisions"))
RUN = (FILES, "c0ffee", "0.1.0", date(2026, 9, 10), Period.parse("2026T2"))


def test_run_id_is_short_and_does_not_depend_on_the_order_of_files():
    again = manifest.run_id(FILES[::-1], *RUN[1:])
    assert manifest.run_id(*RUN) == again
    assert len(again) == 12


@pytest.mark.parametrize(
    "other",
    [
        ((FILES[0],), *RUN[1:]),
        ((replace(FILES[0], sha256="cd" * 32), FILES[1]), *RUN[1:]),
        ((replace(FILES[0], file="utredningar_2026-09-06.csv"), FILES[1]), *RUN[1:]),
        (FILES, "other", *RUN[2:]),
        (*RUN[:2], "0.2.0", *RUN[3:]),
        (*RUN[:3], date(2026, 9, 11), RUN[4]),
        (*RUN[:4], Period.parse("2026")),
    ],
)
def test_run_id_changes_with_whatever_can_change_a_figure(other: tuple):
    assert manifest.run_id(*other) != manifest.run_id(*RUN)


def test_manifest_names_inputs_metrics_and_every_output(tmp_path: Path):
    for name in ("committee/resultat.csv", "internal/bevakning/Åsa.xlsx"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    run = replace(fakes.run_info(), inputs=FILES)
    file = manifest.write(tmp_path, run, Period.parse("2026T2"), fakes.metrics())
    assert file == tmp_path / "manifest.json"
    assert b"\r" not in file.read_bytes()
    told = json.loads(file.read_text(encoding="utf-8"))
    assert list(told) == sorted(told)
    assert (told["run_id"], told["program_version"]) == (run.run_id, "0.1.0")
    assert (told["period"], told["today"]) == ("2026T2", "2026-09-10")
    assert [one["extract"] for one in told["inputs"]] == ["decisions", "investigations"]
    assert set(told["inputs"][0]) == {
        "file", "extract", "sha256", "read", "loaded", "rejected", "duplicates", "superseded",
    }  # fmt: skip
    assert told["metrics"]["referrals"] == "cd" * 32
    assert told["outputs"] == {
        name: hashlib.sha256(name.encode()).hexdigest()
        for name in ("committee/resultat.csv", "internal/bevakning/Åsa.xlsx")
    }


def test_writing_again_gives_the_same_bytes(tmp_path: Path):
    args = (tmp_path, fakes.run_info(), Period.parse("2026T2"), fakes.metrics())
    assert manifest.write(*args).read_bytes() == manifest.write(*args).read_bytes()


def test_invented_figures_say_so_in_the_name(tmp_path: Path):
    run = fakes.run_info(demo=True)
    assert manifest.write(tmp_path, run, Period.parse("2026T2"), {}).name == "manifest-DEMODATA.json"
