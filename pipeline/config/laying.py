"""A municipality's own settings, laid over those that it shares with others: which files those are, and how."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.config_faults import Fault

FOLDER = "municipalities"  # beside the common configuration; in it <code>.toml
COMMON = "config.toml"
_CODE = re.compile(r"[0-9]{4}")
_FOR_ALL = ("paths", "engine")  # what a run has only one of


def is_code(name: str) -> bool:
    """Whether a name is written as a municipality's code."""
    return _CODE.fullmatch(name) is not None


def own_file(common: Path, code: str) -> Path:
    """Where a municipality's own settings stand, for those who share a configuration."""
    return common.resolve().parent / FOLDER / f"{code}.toml"


def code_of(file: Path) -> str:
    """The code of the municipality whose own settings a file holds; empty where it is a whole configuration."""
    resolved = file.resolve()
    return resolved.stem if resolved.parent.name == FOLDER and is_code(resolved.stem) else ""


def common_of(file: Path) -> Path:
    """The configuration that a municipality's own settings are laid over unless another is named."""
    return file.resolve().parent.parent / COMMON


def laid_over(common: dict[str, Any], own: dict[str, Any], code: str) -> dict[str, Any]:
    """A municipality's document: its own keys, table by table, and else the common ones; lists as a whole.

    Its name is its own, or missing; its code is the file's.
    """
    bare = {**common, "municipality": {"code": code}}
    return _laid(bare, own)


def faults(own: dict[str, Any], code: str) -> Iterator[Fault]:
    """What may not stand in a municipality's own settings."""
    for name in _FOR_ALL:
        if name in own:
            yield Fault((name,), "ställs in för alla kommuner tillsammans, i den gemensamma filen")
    given = own.get("municipality")
    if isinstance(given, dict) and given.get("code", code) != code:
        yield Fault(("municipality", "code"), f"ska vara {code}, som filen heter")


def _laid(common: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    tables = (key for key in common if isinstance(common[key], dict) and isinstance(own.get(key), dict))
    return {**common, **own, **{key: _laid(common[key], own[key]) for key in tables}}
