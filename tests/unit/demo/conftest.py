from pathlib import Path

import pytest

from pipeline import demo
from tests.unit.demo.delivered import TODAY


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the small municipality's files."""
    folder = tmp_path_factory.mktemp("demo")
    demo.write(folder, demo.Size.SMALL, demo.DEFAULT_SEED, TODAY)
    return folder
