"""The fixture of the oracle's tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from . import Row
from .asking import Ask, Record, everything, total


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """Writes rows (ids are filled in), computes 2025T2 unless said, and gives the committee's figure."""

    def answer(
        metric: str,
        *,
        period: str = "2025T2",
        window: str = "tertial",
        statistic: str = "share",
        **tables: list[Record],
    ) -> Row:
        return everything(tmp_path, period, **tables)[total(metric, window, statistic)]

    return answer
