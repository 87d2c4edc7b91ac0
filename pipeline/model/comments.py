"""Comments: what is said of a metric, a goal or the whole report, as paragraphs and lists of plain text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar


@dataclass(frozen=True)
class Span:
    """A piece of text, said with some weight: "", "em" or "strong". A line break is a piece of its own."""

    text: str
    weight: str = ""


LINE_BREAK = Span("\n")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph."""

    spans: tuple[Span, ...]
    is_list: ClassVar[bool] = False


@dataclass(frozen=True)
class Listing:
    """A list, each of its items made of blocks; `start` is its first number, None for bullets."""

    items: tuple[tuple[Block, ...], ...]
    start: int | None = None
    is_list: ClassVar[bool] = True


Block = Paragraph | Listing


@dataclass(frozen=True)
class Comment:
    """What was written under one heading. Nothing in it is markup: whoever prints it escapes it."""

    blocks: tuple[Block, ...]

    @property
    def text(self) -> str:
        """The comment as plain text, a line for each paragraph and item."""
        return "\n".join(_lines(self.blocks))


@dataclass(frozen=True)
class Remark:
    """What was delivered as a comment on a measured value: masked, the latest of its measure and unit."""

    measure: str
    unit: str
    day: date
    text: str


@dataclass(frozen=True)
class Comments:
    """All comments on a period: by metric id, by the goal's name, on the summary and on the proposal for decision.

    `measured` are those that came with measured values, by measure and unit.
    """

    metrics: Mapping[str, Comment] = field(default_factory=dict)
    goals: Mapping[str, Comment] = field(default_factory=dict)
    summary: Comment | None = None
    proposal: Comment | None = None
    measured: tuple[Remark, ...] = ()


def _lines(blocks: tuple[Block, ...], indent: str = "") -> list[str]:
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.append(indent + "".join(span.text for span in block.spans))
            continue
        for number, item in enumerate(block.items, start=block.start or 0):
            first, *rest = _lines(item) or [""]
            mark = "•" if block.start is None else f"{number}."
            lines.append(f"{indent}{mark} {first}")
            lines += [f"{indent}  {line}" for line in rest]
    return lines
