"""The reading of metric headers: what comes out, and how every fault is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import WrongUse
from pipeline.metrics import catalogue
from pipeline.model import Metric, Statistic

HEADER = """\
/* ---
id: things
order: 1
title: Saker
section: Utredningar
question: Hur många saker?
numerator: saker som blev klara
denominator: alla saker
unit: andel
kind: process
quality_area: samverkan
better: higher
flow: true
statistics: [share, persons]
judged: share
breakdowns: [area, gender]
demanded_by_law: false
child_scope: true
needs:
  investigations: [closed]
law: [preassessment]
owner: Någon
choices:
  - Så här räknas det.
noun: [sak, saker]
verb: blev klara
nothing: Inget var klart.
--- */
"""
SQL = "select w.window_id from flow_windows as w"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "things.sql").write_text(f"{HEADER}{SQL};\n", encoding="utf-8")
    return tmp_path


def changed(folder: Path, old: str, new: str, name: str = "things") -> Path:
    assert old in HEADER
    (folder / f"{name}.sql").write_text(f"{HEADER.replace(old, new)}{SQL}\n", encoding="utf-8")
    return folder


def read_one(folder: Path) -> Metric:
    return catalogue.read(folder)["things"]


def test_a_header_becomes_a_metric(folder: Path) -> None:
    metric = read_one(folder)

    assert metric.metric_id == "things"
    assert metric.statistics == (Statistic.SHARE, Statistic.PERSONS)
    assert metric.needs == {"investigations": ("closed",)}
    assert metric.noun == ("sak", "saker")
    assert [rule.rule_id for rule in metric.law] == ["preassessment"]


def test_what_may_be_left_out_is_empty(folder: Path) -> None:
    metric = read_one(folder)

    assert (metric.per, metric.headline_by, metric.limit_days, metric.limit_name) == ("", "", None, "")
    assert (metric.kpis, metric.refines) == ((), {})


def test_the_statement_stands_without_header_and_semicolon(folder: Path) -> None:
    assert read_one(folder).sql == SQL


def test_line_ends_do_not_change_the_hash_but_words_do(folder: Path) -> None:
    file = folder / "things.sql"
    before = read_one(folder).sha256
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert read_one(folder).sha256 == before
    changed(folder, "title: Saker", "title: Ting")
    assert read_one(folder).sha256 != before


def test_metrics_stand_section_by_section_then_in_their_order(folder: Path) -> None:
    changed(folder, "id: things\norder: 1", "id: second\norder: 2", "second")
    changed(folder, "id: things\norder: 1\ntitle: Saker\nsection: Utredningar",
            "id: a_plan\norder: 1\ntitle: Saker\nsection: Genomförandeplaner", "a_plan")  # fmt: skip

    assert list(catalogue.read(folder)) == ["things", "second", "a_plan"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("verb: blev klara\n", "", "things.sql: verb: saknas och måste anges."),
        ("verb: blev klara", "verbs: blev klara", "things.sql: verbs: okänd nyckel. Menade du verb?"),
        ("kind: process", "kind: resurs", "things.sql: kind: "),
        ("[preassessment]", "[lagen]", "law nämner lagen, som inte står i sql/law.toml"),
        ("id: things", "id: thing", "things.sql: id: är thing; ska vara filens namn, things."),
        ("judged: share", "judged: mean", "judged är mean, som inte står bland statistics"),
        ("[area, gender]", "[gender, area]", "breakdowns ska börja med area"),
        ("nothing: Inget var klart.", "nothing: Inget", "nothing: är ”Inget”; ska vara en hel mening"),
        ("question: Hur många saker?", "question: Antal saker", "ska vara en fråga"),
        ("verb: blev klara", "verb: blev klara\nlimit_days: 120", "limit_days och limit_name"),
        ("verb: blev klara", "verb: blev klara\nheadline_by: unit", "headline_by är unit"),
        ("verb: blev klara", "verb: blev klara\nkpis: [28129]", "kpis nr 1: "),
        ("numerator: saker som blev klara", 'numerator: ""', "numerator ska anges för en andel"),
        ("verb: blev klara", "verb: blev klara\noutcome: unit", "outcome är unit"),
        ("title: Saker", "title: [Saker", "huvudet går inte att läsa som YAML"),
        ("/* ---", "/*", "ska börja med raden /* ---"),
    ],
)
def test_a_fault_names_file_key_and_cure(folder: Path, old: str, new: str, told: str) -> None:
    changed(folder, old, new)

    with pytest.raises(WrongUse) as fault:
        catalogue.read(folder)

    assert told in str(fault.value)


def test_all_faults_are_told_at_once(folder: Path) -> None:
    changed(folder, "title: Saker\n", "")
    changed(folder, "id: things", "id: other", "other")
    changed(folder, "id: things", "id: third", "third")

    with pytest.raises(WrongUse) as fault:
        catalogue.read(folder)

    assert "things.sql: title: saknas" in str(fault.value)
    assert "order: 1 står på flera mått i Utredningar." in str(fault.value)
