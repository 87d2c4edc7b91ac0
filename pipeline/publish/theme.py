"""theme.toml, read once: what the page, its charts and the workbook share of looks."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("theme.toml")


@cache
def theme() -> dict[str, Any]:
    """The tables `type`, `light`, `dark`, `status`, `rank` and `chart`."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))
