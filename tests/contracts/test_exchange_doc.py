"""docs/exchange-format.md and its schema say what the writer writes and the reader demands."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.comparison.exchange import rules
from pipeline.model import Figure, Level, Statistic, Status
from pipeline.model.exchange import COLUMNS, HIDDEN_COLUMNS, KEY_COLUMNS, VERSION
from pipeline.periods import Period, windows
from pipeline.places import ROOT
from pipeline.publish import results
from tests.unit.builders import config, count, figures, key, mean, share

DOC = (ROOT / "docs" / "exchange-format.md").read_text(encoding="utf-8")
SCHEMA: dict[str, Any] = json.loads((ROOT / "docs" / "exchange-format.schema.json").read_text(encoding="utf-8"))
FIELDS: dict[str, dict[str, Any]] = {field["name"]: field for field in SCHEMA["fields"]}
TYPES = {"string": str, "integer": int, "number": float, "boolean": {"true": True, "false": False}.__getitem__,
         "date": date.fromisoformat}  # fmt: skip


def allowed(field: str) -> list[Any]:
    return FIELDS[field]["constraints"]["enum"]


def wrong_cells(cells: dict[str, str]) -> list[str]:
    """The columns whose cell is not what the schema says: the part of Table Schema that it uses."""
    found = []
    for name, text in cells.items():
        field = FIELDS[name]
        limits = field.get("constraints", {})
        if text in SCHEMA["missingValues"]:
            found += [name] if limits.get("required") else []
            continue
        try:
            value = TYPES[field["type"]](text)
        except (ValueError, KeyError):
            found.append(name)
            continue
        if "enum" in limits and value not in limits["enum"]:
            found.append(name)
        if "pattern" in limits and not re.fullmatch(limits["pattern"], text):
            found.append(name)
        if value < limits.get("minimum", value) or len(text) > limits.get("maxLength", len(text)):
            found.append(name)
    return found


def test_the_schema_has_the_writer_s_columns_keys_and_version():
    assert tuple(FIELDS) == COLUMNS
    assert tuple(SCHEMA["primaryKey"]) == KEY_COLUMNS
    assert SCHEMA["version"] == VERSION
    assert DOC.startswith(f"# The exchange format, version {VERSION}\n")


def test_the_schema_allows_the_words_that_the_program_has():
    periods = [Period.parse(text) for text in ("2026", "2026T1", "2026H1", "2026Q1")]
    own = {one.window_id for period in periods for one in windows(period) if one.series == "report"}
    assert set(allowed("statistic")) == {str(one) for one in Statistic if not one.is_spread}
    assert set(allowed("window")) == own
    assert allowed("level") == [int(level) for level in Level]
    assert set(allowed("status")) == {one.value for one in Status if one.value}
    assert FIELDS["org"]["constraints"]["maxLength"] == rules.LONGEST_NAME


def test_the_document_names_every_column_and_word():
    table = re.findall(r"^\| (`.*?) \|", DOC, flags=re.MULTILINE)
    named = [column for cell in table for column in re.findall(r"`(\w+)`", cell)]
    assert tuple(named) == COLUMNS
    for column in ("statistic", "window", "status"):
        assert all(f"`{word}`" in DOC for word in allowed(column)), column
    assert ", ".join(f"`{column}`" for column in HIDDEN_COLUMNS[:-1]) in " ".join(DOC.split())
    assert f"at most {rules.LONGEST_NAME} characters" in DOC
    assert f"1–{rules.FEWEST_BEHIND_DISTRIBUTION - 1}" in DOC


def test_each_period_s_windows_stand_in_the_document():
    for text, said in (("2026T2", "a tertial has `tertial`, `ytd`, `r12` and `stock`"),
                       ("2026", "a year `ytd` and `stock`"), ("2026H1", "a half or a quarter its own and `stock`"),
                       ("2026Q3", "a half or a quarter its own and `stock`")):  # fmt: skip
        own = [one.window_id for one in windows(Period.parse(text)) if one.series == "report"]
        kind = Period.parse(text).kind.value
        assert said in " ".join(DOC.split())
        assert own == (re.findall(r"`(\w+)`", said) if "own" not in said else [kind, "stock"])


def test_every_row_that_is_written_is_what_the_schema_says(tmp_path: Path):
    items = (
        replace(share(key(), 97, 131), ci_low=0.66, ci_high=0.81, target=0.9, status=Status.NOT_MET),
        replace(share(key(category="Äldreomsorg"), 1, 2), suppressed=True, status=Status.MET),
        Figure(key(window="r12"), date(2026, 8, 31), status=Status.NO_DATA),
        mean(key("days", statistic="mean"), 97.41, 131),
        mean(key("agreeing", statistic="alpha"), -0.2, 20),
        count(key("number", statistic="count"), 1400),
        share(key(level=3, org="Enhet Öst"), 7, 9),
    )
    results._write(tmp_path / "resultat.csv", figures(*items), config())
    with (tmp_path / "resultat.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == len(items) + 1
    assert [wrong_cells(row) for row in rows] == [[]] * len(rows)


@pytest.mark.parametrize(
    ("column", "text"),
    [("municipality", "182"), ("period", "2026T4"), ("metric", "Andel"), ("statistic", "mode"), ("window", "month"),
     ("level", "4"), ("org", ""), ("numerator", "-1"), ("value", "0,5"), ("status", "bra"), ("suppressed", "ja"),
     ("as_of", "31/8")],
)  # fmt: skip
def test_the_schema_and_the_reader_refuse_the_same_cells(column: str, text: str):
    row = dict(zip(COLUMNS, ("0182", "2026T2", "share", "share", "ytd", "1", "Nämnden", "", "", "1", "2", "0.5", "", "",
                             "", "", "false", "2026-08-31"), strict=True))  # fmt: skip
    frame = rules.Frame.of(row)
    assert wrong_cells(row) == []
    assert rules.wrong(row, frame) is None
    changed = {**row, column: text}
    assert wrong_cells(changed) == [column]
    if column in ("municipality", "period"):
        with pytest.raises(ValueError, match=column):
            rules.Frame.of(changed)
    else:
        fault = rules.wrong(changed, frame)
        assert fault is not None
        assert fault[0] == column
