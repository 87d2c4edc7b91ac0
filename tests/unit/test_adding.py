"""The skeleton of a metric: it works as it stands, is told apart from a finished one, and writes over nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline import adding
from pipeline.errors import WrongUse
from pipeline.metrics import catalogue
from pipeline.places import ROOT


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "sql" / "metrics", tmp_path / "sql" / "metrics")
    return tmp_path


def test_it_is_whole_but_for_its_words(project: Path) -> None:
    made = adding.create("waiting_list", "utredningar", project)
    assert [file.name for file in made] == [
        "waiting_list.sql",
        "case.toml",
        "enheter.csv",
        "expect.csv",
        "utredningar.csv",
    ]
    with pytest.raises(WrongUse, match=r"waiting_list\.sql: title, question, .* texten ur mallen står kvar"):
        catalogue.read(project / "sql" / "metrics")
    made[0].write_text(made[0].read_text(encoding="utf-8").replace("ÄNDRA: ", ""), encoding="utf-8")
    before = catalogue.read()
    after = catalogue.read(project / "sql" / "metrics")
    assert set(after) - set(before) == {"waiting_list"}
    of_section = [metric.metric_id for metric in after.values() if metric.section == "Utredningar"]
    assert of_section[-1] == "waiting_list"


def test_two_that_are_not_written_yet_do_not_share_a_place(project: Path) -> None:
    made = [adding.create(name, "Utredningar", project)[0] for name in ("one", "two")]
    for file in made:
        own = file.read_text(encoding="utf-8").replace("ÄNDRA: ", "").replace("rubriken", file.stem)
        file.write_text(own, encoding="utf-8")
    last_two = [
        m.metric_id for m in catalogue.read(project / "sql" / "metrics").values() if m.section == "Utredningar"
    ][-2:]
    assert last_two == ["one", "two"]


@pytest.mark.parametrize("name", ["", "Stor", "åtgärd", "1st", "med-streck", "../ute", "a b", "x" * 64, "a.sql"])
def test_what_cannot_be_an_id_is_refused_and_nothing_written(project: Path, name: str) -> None:
    before = sorted(project.rglob("*"))
    with pytest.raises(WrongUse, match="kan inte vara ett måtts id"):
        adding.create(name, None, project)
    assert sorted(project.rglob("*")) == before


def test_nothing_is_written_over(project: Path) -> None:
    text = (project / "sql" / "metrics" / "referrals.sql").read_text(encoding="utf-8")
    with pytest.raises(WrongUse, match=r"referrals\.sql finns redan"):
        adding.create("referrals", None, project)
    assert (project / "sql" / "metrics" / "referrals.sql").read_text(encoding="utf-8") == text
    (project / "tests" / "metrics" / "kept").mkdir(parents=True)
    with pytest.raises(WrongUse, match="finns redan"):
        adding.create("kept", None, project)
    assert not (project / "sql" / "metrics" / "kept.sql").exists()


def test_a_section_that_the_report_lacks_is_refused(project: Path) -> None:
    with pytest.raises(WrongUse, match=r"rapporten har inget sådant avsnitt\. Menade du Utredningar\?"):
        adding.create("new", "Utredning", project)
