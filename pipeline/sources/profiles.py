"""Profiles: how a case system words the contract's columns and codes. Data, in profiles/*.toml."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent.parent / "profiles"
STANDARD = "standard"
_INSIGNIFICANT = re.compile(r"[\s\-_‐‑–]+")


def fold(text: str) -> str:
    """A heading or code as it is compared: without case, spaces, hyphens, underscores and Unicode form."""
    composed = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold())
    return _INSIGNIFICANT.sub("", composed)


@dataclass(frozen=True)
class Headings:
    """The headings of one extract: column → its words, the standard one first. `required`: columns that must exist."""

    words: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]

    def column(self, heading: str) -> str | None:
        """The column that a heading names, if any."""
        return self._by_fold.get(fold(heading))

    def is_standard(self, heading: str) -> bool:
        """Whether a heading is its column's first word, not an alias."""
        column = self.column(heading)
        return column is not None and fold(self.words[column][0]) == fold(heading)

    def standard(self, column: str) -> str:
        """The column's heading in the standard wording, for messages."""
        return self.words[column][0]

    def score(self, cells: Iterable[str]) -> int:
        """How many different columns a row names: the row with most is the heading row."""
        return len({self.column(cell) for cell in cells} - {None})

    @cached_property
    def _by_fold(self) -> dict[str, str]:
        return {fold(word): name for name, words in self.words.items() for word in words}


@dataclass(frozen=True)
class Profile:
    """All wording of one case system: extract → column → headings, and extract → column → code → texts."""

    name: str
    headings: Mapping[str, Mapping[str, tuple[str, ...]]]
    codes: Mapping[str, Mapping[str, Mapping[str, tuple[str, ...]]]]

    def headings_of(self, extract: str, columns: Iterable[str], required: tuple[str, ...]) -> Headings:
        """The headings of an extract's columns; common columns are worded once for all extracts."""
        own, common = self.headings.get(extract, {}), self.headings["common"]
        return Headings({column: own.get(column) or common[column] for column in columns}, required)

    def meanings(self, extract: str, column: str, codes: Iterable[str]) -> dict[str, str]:
        """Folded text → code, for each of the column's codes and whatever the profile says means the same."""
        texts = self.codes.get(extract, {}).get(column) or self.codes.get("common", {}).get(column, {})
        return {fold(text): code for code in codes for text in (code, *texts.get(code, ()))}


def load(name: str = STANDARD, folder: Path = FOLDER) -> Profile:
    """Read a profile by its name."""
    content = tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))
    extracts: dict[str, dict[str, Any]] = {key: value for key, value in content.items() if isinstance(value, dict)}
    return Profile(
        name=name,
        headings={extract: _words(parts.get("headings", {})) for extract, parts in extracts.items()},
        codes={
            extract: {column: _words(texts) for column, texts in parts.get("codes", {}).items()}
            for extract, parts in extracts.items()
        },
    )


def _words(table: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(words) for key, words in table.items()}
