"""docs/profiles.md: its examples are what the loading reads, and it leaves nothing of the format out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.places import ROOT
from pipeline.schemas import contract
from pipeline.sources import profiles
from pipeline.sources.profile_faults import DAY_ORDERS, MERGES
from pipeline.sources.wording import Making

TEXT = (ROOT / "docs" / "profiles.md").read_text(encoding="utf-8")
EXAMPLES = [block for block in re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL) if not block.startswith("[profiles]")]


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_is_a_profile(example: str, tmp_path: Path):
    (tmp_path / "example.toml").write_text(example, encoding="utf-8")
    assert len(profiles.load_all(tmp_path, contract())) == 1


def test_every_part_of_the_format_has_an_example():
    parts = (
        "name",
        "about",
        "files",
        "dates",
        "skip",
        "headings",
        "codes",
        "constants",
        "derived",
        "merge",
        "sheets",
        "ignore",
        "only",
        "blank",
        "defaults",
    )
    shown = "\n".join(EXAMPLES)
    assert [part for part in parts if not re.search(rf"\b{part}\b", shown)] == []


@pytest.mark.parametrize("word", [*DAY_ORDERS, *MERGES, *Making])
def test_every_word_of_the_format_is_explained(word: str):
    assert f'"{word}"' in TEXT or f"`{word}`" in TEXT
