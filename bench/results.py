"""What was found, part by part: kept as JSON, told in RESULTS.md. A part that is measured anew replaces its own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from bench.measuring import Spread

KEPT, TOLD = "results.json", "RESULTS.md"
_OPENING = """# What was measured

Written by `make bench`; nothing here is typed by hand. How each number is made: [README.md](README.md).
Every ratio is of whole processes that ran in turn on one machine; it is the median of the pairs, with the least and
the greatest in parentheses. A part that has been measured again has its own moment.
"""
_COLUMNS = ("part", "what", "ratio", "goal", "")


@dataclass(frozen=True)
class Ratio:
    """One line of the table of ratios; `goal` is the most that is wanted, or the least where `at_least`."""

    what: str
    value: Spread
    goal: float | None = None
    at_least: bool = False

    @property
    def verdict(self) -> str:
        """Whether the median reaches the goal."""
        if self.goal is None:
            return ""
        met = self.value.median >= self.goal if self.at_least else self.value.median <= self.goal
        return "met" if met else "**missed**"


@dataclass(frozen=True)
class Part:
    """All that one part of the benchmark has to tell: ratios, and what they were made of as tables and sentences."""

    title: str
    ratios: Sequence[Ratio]
    tables: Sequence[tuple[Sequence[str], Sequence[Sequence[str]]]] = ()
    notes: Sequence[str] = field(default_factory=list)


def keep(folder: Path, name: str, part: Part, machine: str, moment: str, order: Sequence[str]) -> None:
    """Put a part in the place of what was known of it, and write the page anew."""
    file = folder / KEPT
    known: dict[str, Any] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    lines = [[one.what, _shown(one.value), _goal(one), one.verdict] for one in part.ratios]
    known[name] = asdict(part) | {"ratios": lines, "machine": machine, "moment": moment}
    known = {one: known[one] for one in order if one in known}
    file.write_text(json.dumps(known, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (folder / TOLD).write_text(_page(known), encoding="utf-8")


def seconds(value: Spread | None) -> str:
    """`12.3 s (11.9–13.0)`."""
    return "–" if value is None else f"{value.median:.1f} s ({value.least:.1f}–{value.most:.1f})"


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def _page(known: dict[str, Any]) -> str:
    ratios = [[name, *line] for name, part in known.items() for line in part["ratios"]]
    sections = [_section(name, part) for name, part in known.items()]
    return "\n".join([_OPENING, table(_COLUMNS, ratios), *sections])


def _section(name: str, part: dict[str, Any]) -> str:
    head = f"## {name}: {part['title']}\n\n{part['moment']}. {part['machine']}.\n"
    tables = [table(columns, rows) for columns, rows in part["tables"]]
    notes = ["".join(f"- {note}\n" for note in part["notes"])] if part["notes"] else []
    return "\n".join([head, *tables, *notes])


def _shown(value: Spread) -> str:
    return f"{value.median:.2f} ({value.least:.2f}–{value.most:.2f})"


def _goal(one: Ratio) -> str:
    return "" if one.goal is None else f"{'≥' if one.at_least else '≤'} {one.goal:g}"
