"""What a file's name tells: the extracts that it is delivered as, and a name and a pattern for a profile of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from pipeline.errors import WrongUse
from pipeline.sources.files import sort_key
from pipeline.sources.profiles import STANDARD

_DATED = re.compile(r"(?<!\d)\d{2}[-_. ]\d\d[-_. ]\d{2,4}(?!\d)|\d{4,}(?:[-_. ]\d\d){0,2}(?!\d)|\d{4,}")
_SIGNS = re.compile(r"[*?\[\]]")  # what means something in a pattern
_PROFILE_NAME = re.compile(r"[^\W_](?:[\w\-]*[^\W_])?")
_FALLBACK = "export"


def extracts(name: str, patterns: Mapping[str, Sequence[str]]) -> set[str]:
    """The extracts that have a pattern which the name matches."""
    return {
        extract
        for extract, several in patterns.items()
        if any(fnmatchcase(sort_key(name), sort_key(pattern)) for pattern in several)
    }


def profile_of(file: Path) -> str:
    """A profile's name from a file's, without dates and other long numbers."""
    return "-".join(re.findall(r"[^\W_]+", " ".join(_parts(file)))).casefold() or _FALLBACK


def pattern_of(file: Path) -> str:
    """A pattern that this file's name and those of later deliveries match, whatever their dates.

    Empty for a name that is nothing but a date or a number: its pattern would match any file.
    """
    parts = [_SIGNS.sub("?", part.casefold()) for part in _parts(file)]
    if not parts:
        return ""
    opens = sort_key(file.name).startswith(sort_key(_parts(file)[0]))
    return f"{'' if opens else '*'}{'*'.join(parts)}*"


def _parts(file: Path) -> list[str]:
    """What stands between the dates and long numbers of a name."""
    return [part for text in _DATED.split(file.stem) if (part := text.strip(" _-.,()"))]


def demand_profile(name: str) -> str:
    """The name, if a profile may be called so. Raises WrongUse."""
    if name.casefold() == STANDARD or not _PROFILE_NAME.fullmatch(name):
        raise WrongUse(
            f"--profile {name}: profilen kan inte heta så; använd bokstäver, siffror och bindestreck, och inte"
            f" {STANDARD}."
        )
    return name
