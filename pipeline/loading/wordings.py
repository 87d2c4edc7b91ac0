"""In which wordings a file may be read: the one that the configuration says, or those of all profiles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fnmatch import fnmatchcase

from pipeline.config import Config
from pipeline.config_faults import suggestion
from pipeline.errors import WrongUse
from pipeline.schemas.extract import Extract
from pipeline.sources import SourceFile, profiles
from pipeline.sources.files import sort_key
from pipeline.sources.profiles import Profile
from pipeline.sources.wording import Wording


def possible(file: SourceFile, extract: Extract, known: Sequence[Profile], config: Config) -> list[Wording]:
    """The wordings to choose from, in the order of preference where several fit as well.

    First those of profiles that name the file, then the contract's own, then the other profiles'. These are read in
    only where the contract's own words lack something required, and never merge rows: that two rows with one key are no
    contradiction must have been said of the file. Raises WrongUse when
    the configuration names a profile that is not there.
    """
    standard = profiles.load().wording(extract.name, extract.names, extract.required)
    chosen = [name for pattern, name in config.profiles.items() if _fits(file, pattern)]
    if chosen:
        return [_said(name, file, known, config).over(standard, extract.name) for name in chosen]
    others = [one for one in known if one.name != profiles.STANDARD and one.speaks_of(extract.name)]
    named = [one for one in others if any(_fits(file, pattern) for pattern in one.files.get(extract.name, ()))]
    unnamed = [one for one in others if one not in named]
    return [
        *(one.over(standard, extract.name) for one in named),
        standard,
        *(replace(one.over(standard, extract.name), merges={}, is_asked_for=False) for one in unnamed),
    ]


def _said(name: str, file: SourceFile, known: Sequence[Profile], config: Config) -> Profile:
    by_name = {profile.name: profile for profile in known}
    if name not in by_name:
        raise WrongUse(
            f"Profilen {name}, som config.toml anger för {file.name}, finns inte i {config.paths.profiles}."
            f" {suggestion(name, list(by_name))}"
        )
    return by_name[name]


def _fits(file: SourceFile, pattern: str) -> bool:
    return fnmatchcase(sort_key(file.name), sort_key(pattern))
