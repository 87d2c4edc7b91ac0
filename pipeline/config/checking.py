"""What tables of config.toml must not say together."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline import config_faults
from pipeline.config.sections import Engine, Paths
from pipeline.config.whole import DEFAULT_FILES
from pipeline.config_faults import Fault


def faults(document: dict[str, Any]) -> Iterator[Fault]:
    """What is wrong between the values of a whole document."""
    yield from _of_files(document)
    yield from _of_engine(document)


def faults_of_key(document: dict[str, Any]) -> Iterator[Fault]:
    """A key that lies among what it protects."""
    paths = Paths.sound(document.get("paths", {}))
    if paths is None:
        return
    here = paths.seen_from(Path.cwd())
    for name in ("raw", "processed", "reports"):
        if here.key.is_relative_to(getattr(here, name)):
            text = f"nyckeln ligger i mappen {name}; den ska ligga skild från utdrag, databas och rapporter"
            yield Fault(("paths", "key"), text)


def _of_files(document: dict[str, Any]) -> Iterator[Fault]:
    files = document.get("files")
    if not isinstance(files, dict):
        return
    taken: dict[str, str] = {}
    for extract, patterns in files.items():
        if extract not in DEFAULT_FILES:
            yield Fault(("files", extract), f"okänt utdrag. {config_faults.suggestion(extract, DEFAULT_FILES)}")
        for pattern in patterns if isinstance(patterns, list) else ():
            owner = taken.setdefault(str(pattern).casefold(), extract)
            if owner != extract:
                yield Fault(("files", extract), f"mönstret ”{pattern}” står redan under {owner}")


def _of_engine(document: dict[str, Any]) -> Iterator[Fault]:
    engine = Engine.sound(document.get("engine", {}))
    if engine is not None and engine.kind == "spark" and not engine.address:
        yield Fault(("engine", "address"), "saknas; skriv var Spark Connect svarar, till exempel sc://spark:15002")
