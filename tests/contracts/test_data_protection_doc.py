"""docs/data-protection.md says what the code does, where it repeats it."""

from __future__ import annotations

import re

import duckdb
import pytest

from pipeline import audit, database, quarter, starting
from pipeline.comparison import places
from pipeline.config import Disclosure, Paths
from pipeline.errors import ProtectionFailed, WrongUse
from pipeline.history import journal, shelf, storage
from pipeline.loading import memory, outlived
from pipeline.model import EXTRACT_NAMES
from pipeline.places import ROOT
from tests.unit import builders

DOC = (ROOT / "docs" / "data-protection.md").read_text(encoding="utf-8")
FLOWING = " ".join(DOC.split())
HEADINGS = re.findall(r"^#+ (.+)$", DOC, re.MULTILINE)


def stored() -> list[str]:
    """Every place of the table, as the code has it."""
    paths = Paths()
    history = starting.history_folder(builders.config(paths=paths))
    return [
        f"{paths.raw}/", f"{paths.key}", f"{paths.processed / database.FILE_NAME}", f"{history / storage.NAME}/",
        f"{history / shelf.NAME}/", f"{history / places.FOLDER}/", f"{history / journal.NAME}",
        f"{paths.processed / audit.FOLDER}/", f"{paths.processed / memory.FOLDER}/",
        f"{paths.reports}/<period>/internal/",
        f"{paths.reports}/<kvartal>/{quarter.FOLDER}/", f"{paths.reports}/check/",
        f"{paths.reports}/<period>/committee/",
    ]  # fmt: skip


@pytest.mark.parametrize("place", stored())
def test_every_place_stands_in_the_table(place: str):
    assert f"| `{place}` |" in DOC


def test_the_rows_that_are_purged_are_those_of_the_rule():
    start = FLOWING.index("Det gäller aktualiseringar")
    told = FLOWING[start : FLOWING.index("Öppna ärenden står kvar", start)]
    assert {name for name in outlived.ENDED if EXTRACT_NAMES[name] in told} == set(outlived.ENDED)
    others = {EXTRACT_NAMES[name] for name in EXTRACT_NAMES if name not in outlived.ENDED}
    assert not [name for name in others if re.search(rf"\b{name}\b", told)]


def test_the_limits_and_exit_codes_are_the_codes():
    assert f"Grupper på 1–{Disclosure().smallest - 1} döljs" in FLOWING
    assert f"slutar med kod {WrongUse.exit_code} och en mening" in FLOWING
    assert f"slutar med kod {ProtectionFailed.exit_code}." in FLOWING
    assert {"smallest", "rule"} <= set(Disclosure.model_fields)


def test_the_engine_is_the_one_that_was_tried():
    assert f"DuckDB {duckdb.__version__}" in DOC


def test_the_draft_answers_all_that_the_regulation_asks():
    start = HEADINGS.index("Utkast till konsekvensbedömning (artikel 35.7)")
    assert [heading[:2] for heading in HEADINGS[start + 1 : start + 5]] == ["a)", "b)", "c)", "d)"]
    assert re.search(r"\[[^\]]+\]", DOC[DOC.index("### a)") :])


def test_every_threat_says_what_meets_it():
    table = DOC[DOC.index("| hot | skydd | kvar |") :].split("\n\n", maxsplit=1)[0].splitlines()[2:]
    assert len(table) > 10
    assert [row for row in table if not row.split("|")[2].strip()] == []
