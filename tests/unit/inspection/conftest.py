"""The program's own words, and a way to look at a table as `inspect` does."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import config, inspection
from pipeline.config import Config
from pipeline.inspection import vocabulary
from pipeline.inspection.findings import Proposal
from pipeline.inspection.vocabulary import Vocabulary
from pipeline.places import ROOT


@pytest.fixture(scope="session")
def words() -> Vocabulary:
    return vocabulary.load(ROOT / "profiles")


@pytest.fixture
def settings(tmp_path: Path) -> Config:
    """The project's configuration, with a copy of its profiles that may be written to."""
    loaded = config.load()
    folder = tmp_path / "profiles"
    shutil.copytree(ROOT / "profiles", folder)
    return loaded.model_copy(update={"paths": loaded.paths.model_copy(update={"profiles": folder})})


@pytest.fixture
def proposed(tmp_path: Path, settings: Config) -> Callable[..., Proposal]:
    """Rows of text → the proposal for a file of them."""

    def look(*rows: str, name: str = "export.csv", extract: str | None = None) -> Proposal:
        file = tmp_path / name
        file.write_text("\n".join(rows) + "\n", encoding="utf-8")
        return inspection.inspect(file, settings, extract=extract).proposal

    return look
