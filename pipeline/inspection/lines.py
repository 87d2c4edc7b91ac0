"""The lines and tables of a profile as text: what is sure holds, the rest stands as comments."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.sources.faults import printable


@dataclass(frozen=True)
class Line:
    """A line of a section: `key = value`; a guess that is not sure stands as a comment. `why` is its explanation."""

    key: str
    value: str
    why: str = ""
    is_sure: bool = True

    def written(self) -> str:
        """The line as it stands in the file."""
        text = f"{self.key} = {self.value}" if self.key else self.value
        return f"{'' if self.is_sure else '# '}{text}{f'  # {printable(self.why)}' if self.why else ''}"


@dataclass(frozen=True)
class Section:
    """A table of the profile, by the path in its brackets; as a comment from first to last where it is not sure.

    `above`: comments that stand over it.
    """

    path: tuple[str, ...]
    lines: Sequence[Line]
    is_sure: bool = True
    above: str = ""

    def written(self) -> str:
        """The table as it stands in the file."""
        mark = "" if self.is_sure else "# "
        lines = (replace(line, is_sure=line.is_sure and self.is_sure).written() for line in once(self.lines))
        return (
            "\n".join([*([f"# {self.above}"] if self.above else []), f"{mark}[{'.'.join(self.path)}]", *lines]) + "\n"
        )


def once(lines: Sequence[Line]) -> list[Line]:
    """The lines with every key once: the first sure one stands, later ones that say something else are comments."""
    standing: dict[str, str] = {}
    for line in lines:
        if line.is_sure:
            standing.setdefault(line.key, line.value)
    kept: dict[tuple[str, str], Line] = {}
    for line in sorted(lines, key=lambda line: not line.is_sure):
        kept.setdefault((line.key, line.value), replace(line, is_sure=standing.get(line.key) == line.value))
    return list(kept.values())


def listed(texts: Iterable[str]) -> str:
    """Texts as a list of TOML."""
    return f"[{', '.join(map(quoted, texts))}]"


def quoted(text: str) -> str:
    """A text as a basic string of TOML, which is written as JSON writes one."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def percent(share: float) -> str:
    """`90 %`; nothing but a certainty is 100."""
    return f"{min(int(share * 100 + 0.5), 99) if share < 1 else 100} %"
