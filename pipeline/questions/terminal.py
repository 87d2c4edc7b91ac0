"""Answers, and the list of saved questions, on screen.

A table where it fits; else a block a row, with a line a column: folded cells of thirty columns cannot be read. Written
here, since what draws finer tables takes as long to load as all else that a question waits for.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from pipeline.database import Answer
from pipeline.questions import values
from pipeline.questions.saved import Saved

_NUMBERS = (int, float, Decimal)
_GAP = "  "


def show(answer: Answer, most: int) -> int:
    """Print at most that many rows; returns how many they were."""
    rows = [row for chunk in answer.chunks(most) for row in chunk]
    _print([column.name for column in answer.columns], rows)
    return len(rows)


def show_saved(saved: Iterable[Saved]) -> None:
    """Print the saved questions: name, what each answers, and what can be chosen."""
    for one in saved:
        chosen = [f"    --param {parameter.name}=…  {parameter.about}" for parameter in one.parameters]
        sys.stdout.write("\n".join([one.name, f"    {one.about}", *chosen]) + "\n")


def _print(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    texts = [[values.text(value) for value in row] for row in rows]
    lines = [[text.splitlines() or [""] for text in row] for row in texts]
    widths = [
        max([len(name), *(len(line) for row in lines for line in row[place])]) for place, name in enumerate(names)
    ]
    if sum(widths) + len(_GAP) * (len(widths) - 1) <= shutil.get_terminal_size().columns or not rows:
        numeric = [any(_is_number(row[place]) for row in rows) for place in range(len(names))]
        _print_table(names, lines, widths, numeric)
    else:
        _print_blocks(names, texts)


def _print_table(
    names: Sequence[str], rows: Sequence[Sequence[Sequence[str]]], widths: Sequence[int], numeric: Sequence[bool]
) -> None:
    def line(cells: Sequence[str]) -> str:
        placed = zip(cells, widths, numeric, strict=True)
        return _GAP.join(cell.rjust(width) if right else cell.ljust(width) for cell, width, right in placed).rstrip()

    written = [line(names), _GAP.join("─" * width for width in widths)]
    for row in rows:
        high = max(len(cell) for cell in row)
        written += [line([cell[n] if n < len(cell) else "" for cell in row]) for n in range(high)]
    sys.stdout.write("\n".join(written) + "\n")


def _print_blocks(names: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    width = max(map(len, names))
    for number, row in enumerate(rows, start=1):
        block = [f"─ {number} ─", *(f"{name.ljust(width)}{_GAP}{cell}" for name, cell in zip(names, row, strict=True))]
        sys.stdout.write("\n".join(block) + "\n")


def _is_number(value: Any) -> bool:
    return isinstance(value, _NUMBERS) and not isinstance(value, bool)
