"""docs/coverage.md: what five municipalities follow up is answered by metrics, columns and sections that exist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import NamedTuple

import pytest
import typer

from pipeline import publish
from pipeline.cli import app
from pipeline.metrics import catalogue
from pipeline.periods import Period
from pipeline.places import ROOT
from pipeline.publish import yearly_section
from pipeline.publish.goals_section import Tree
from pipeline.publish.workbook import sheet_name
from pipeline.schemas import EXTRACTS
from tests.contract_metrics import EXPECTED
from tests.unit.publish import management_fakes

DOC = (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8")
RUNBOOK = (ROOT / "docs" / "run-a-tertial.md").read_text(encoding="utf-8")
SETTINGS = (ROOT / "config.toml").read_text(encoding="utf-8")
METRICS = catalogue.read()
MUNICIPALITIES = ("Nacka", "Stockholm", "Eslöv", "Linköping", "Ovanåker")
NOT_NAMED = "Mått som inget av dokumenten nämner"
NOT_YET = "ämförelsen saknas än så länge"
NOTHING = "–"
CODE = re.compile(r"`([^`]+)`")
COMMAND = re.compile(r"python -m pipeline (?P<name>\w+)(?P<options>.*)")
COLUMNS = re.compile(r"`(?P<extract>\w+)`: (?P<names>`\w+`(?:, `\w+`)*)")


class Row(NamedTuple):
    """What a document holds, what carries it, the metrics that tell it and where they are told."""

    asked: str
    columns: str
    metrics: str
    places: str


def tables() -> dict[str, list[Row]]:
    """The rows of each document by the heading above them."""
    found = {}
    for part in DOC.split("\n## ")[1:]:
        lines = [line for line in part.splitlines() if line.startswith("| ")][1:]
        found[part.splitlines()[0]] = [Row(*map(str.strip, line.strip("|").split("|"))) for line in lines]
    return {heading: rows for heading, rows in found.items() if rows}


TABLES = tables()
ROWS = [row for rows in TABLES.values() for row in rows]


@pytest.fixture(scope="module")
def anchors() -> set[str]:
    """Every place in the page that a link can lead to: those of the metrics, of templates and of parts."""
    templates = (ROOT / "pipeline" / "publish" / "templates").glob("*.j2")
    written = {name for file in templates for name in re.findall(r'\bid="([\w-]+)"', file.read_text(encoding="utf-8"))}
    yearly = yearly_section.part(management_fakes.report(period="2026"))
    assert yearly is not None
    chapters = {chapter.anchor for chapter in yearly.chapters}
    return {*METRICS, *written, *chapters, *constants("ANCHOR"), Tree("", ()).anchor}


@pytest.fixture(scope="module")
def sheets() -> set[str]:
    """The workbook's sheets: one a section, and those of goals, controls and the like."""
    sections = {sheet_name(metric.section, []) for metric in METRICS.values()}
    return {*sections, *constants("NAME"), *constants("SHEET"), *constants("CONTROLS", "REQUIREMENTS", "PLAN")}


def constants(*names: str) -> Iterator[str]:
    """The texts that modules of publish give a name to."""
    for module in iter_modules(publish.__path__, f"{publish.__name__}."):
        values = vars(import_module(module.name))
        yield from (values[name] for name in names if isinstance(values.get(name), str))


def tokens(text: str) -> list[str]:
    return CODE.findall(text)


def test_each_document_has_a_table() -> None:
    assert [heading.split(":")[0].split(",")[0] for heading in TABLES] == list(MUNICIPALITIES)
    assert all(len(rows) > 30 for rows in TABLES.values())


@pytest.mark.parametrize("heading", TABLES)
def test_no_row_is_empty_or_stands_twice(heading: str) -> None:
    rows = TABLES[heading]
    assert all(row.asked and row.columns and row.metrics and row.places not in ("", NOTHING) for row in rows)
    assert all(tokens(row.metrics) or tokens(row.places) or "*" in row.places for row in rows)
    asked = [row.asked for row in rows]
    assert len(asked) == len(set(asked))


@pytest.mark.parametrize("heading", TABLES)
def test_every_column_is_one_of_its_extract(heading: str) -> None:
    for row in TABLES[heading]:
        found = {one["extract"]: tokens(one["names"]) for one in COLUMNS.finditer(row.columns)}
        assert row.columns == NOTHING or found, row.asked
        assert len(tokens(row.columns)) == sum(1 + len(names) for names in found.values()), row.asked
        for extract, names in found.items():
            assert set(names) <= set(EXTRACTS[extract].names), (row.asked, extract)


@pytest.mark.parametrize("heading", TABLES)
def test_every_metric_is_in_the_catalogue_and_reads_something_named_in_its_row(heading: str) -> None:
    for row in TABLES[heading]:
        metrics = tokens(row.metrics)
        assert row.metrics == NOTHING or metrics, row.asked
        assert set(metrics) <= set(METRICS), row.asked
        for metric in metrics:
            assert set(METRICS[metric].needs) & set(tokens(row.columns)), (row.asked, metric)


@pytest.mark.parametrize("heading", TABLES)
def test_every_place_exists(heading: str, anchors: set[str], sheets: set[str]) -> None:
    for row in TABLES[heading]:
        assert {one[1:] for one in tokens(row.places) if one.startswith("#")} <= anchors, row.asked
        assert set(re.findall(r"\*([^*]+)\*", row.places)) <= sheets, row.asked
        for one in tokens(row.places):
            if not one.startswith(("#", "python ")):
                assert one in RUNBOOK or one in SETTINGS or (ROOT / one).exists(), (row.asked, one)


def test_every_command_and_option_exists() -> None:
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    found = [COMMAND.fullmatch(one) for one in tokens(DOC) if one.startswith("python")]
    assert found
    for command in found:
        assert command is not None
        options = {name for parameter in commands[command["name"]].params for name in parameter.opts}
        assert set(re.findall(r"--[\w-]+", command["options"])) <= options, command[0]
        for period in re.findall(r"--period (\w+)", command["options"]):
            assert Period.parse(period)


def test_every_metric_is_asked_for_or_said_not_to_be() -> None:
    asked = {metric for row in ROWS for metric in tokens(row.metrics)}
    rest = set(tokens(DOC.split(f"## {NOT_NAMED}\n")[1]))
    assert EXPECTED <= asked | rest <= set(METRICS)
    assert not asked & rest


def test_what_is_not_answered_yet_is_the_comparisons_alone() -> None:
    assert "inte ännu" not in DOC
    not_yet = [row.asked for row in ROWS if row.places.startswith(f"J{NOT_YET}")]
    assert not_yet
    assert all("Öppna jämförelser" in asked or "jämför" in asked for asked in not_yet)
