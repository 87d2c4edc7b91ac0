"""Profiles: how case systems word the contract's columns and codes. Data, in one TOML file a system."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline import config_faults
from pipeline.errors import WrongUse
from pipeline.sources.profile_faults import COMMON, DAY_ORDERS, IGNORE, WHOLE, Contract, faults
from pipeline.sources.wording import Derivation, Making, Wording, fold

FOLDER = Path(__file__).resolve().parent.parent.parent / "profiles"
STANDARD = "standard"
Words = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Profile:
    """All wording of one case system. `headings`, `codes` …: extract (or `common`) → column → …, see docs/profiles.md.

    `name` is the file's; `title` is what readers call it.
    """

    name: str
    title: str = ""
    about: str = ""
    files: Words = field(default_factory=dict)
    headings: Mapping[str, Words] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, Words]] = field(default_factory=dict)
    constants: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    derived: Mapping[str, Mapping[str, Derivation]] = field(default_factory=dict)
    merges: Mapping[str, Mapping[str, str | tuple[str, ...]]] = field(default_factory=dict)
    sheets: Words = field(default_factory=dict)
    skipped: tuple[str, ...] = ()
    only: Mapping[str, Words] = field(default_factory=dict)
    blank: Mapping[str, Words] = field(default_factory=dict)
    blank_texts: tuple[str, ...] = ()
    defaults: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    day_first: bool | None = None

    def wording(self, extract: str, columns: Iterable[str], required: Iterable[str]) -> Wording:
        """The words of this profile alone for an extract with these columns: how the standard profile reads."""
        names = tuple(columns)
        return Wording(
            profile=self.title or self.name,
            standard=self._headings(extract, names),
            required=tuple(required),
            codes=self._meanings(extract, names),
        )

    def over(self, standard: Wording, extract: str) -> Wording:
        """The words of this profile for an extract, laid over the standard profile's."""
        names = tuple(standard.standard)
        own = self._meanings(extract, names)
        return Wording(
            profile=self.title or self.name,
            standard=standard.standard,
            required=standard.required,
            own=self._headings(extract, names),
            codes={
                column: {**standard.codes.get(column, {}), **own.get(column, {})}
                for column in standard.codes.keys() | own.keys()
            },
            constants=_of(self.constants, extract, names),
            derived=_of(self.derived, extract, names),
            merges=_of(self.merges, extract, names),
            skipped=self.skipped,
            only=self.only.get(extract, {}),
            blank=_of(self.blank, extract, names) | ({"": self.blank_texts} if self.blank_texts else {}),
            defaults=_of(self.defaults, extract, names),
            sheets=self.sheets.get(extract, ()),
            day_first=self.day_first,
        )

    def speaks_of(self, extract: str) -> bool:
        """Whether the profile says anything of an extract."""
        parts = (self.headings, self.codes, self.constants, self.derived, self.merges, self.files, self.blank)
        return any(extract in part or COMMON in part for part in parts)

    def _headings(self, extract: str, columns: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Column → headings; what the extract itself calls one column, another is not called there."""
        own = self.headings.get(extract, {})
        taken = {fold(word): column for column, words in own.items() for word in words}
        return {
            column: kept
            for column, words in _of(self.headings, extract, columns).items()
            if (kept := tuple(word for word in words if taken.get(fold(word), column) == column))
        }

    def _meanings(self, extract: str, columns: Iterable[str]) -> dict[str, dict[str, str]]:
        """Column → folded text → code."""
        return {
            column: {fold(text): code for code, texts in said.items() for text in texts}
            for column, said in _of(self.codes, extract, columns).items()
        }


def _of(parts: Mapping[str, Mapping[str, Any]], extract: str, columns: Iterable[str]) -> dict[str, Any]:
    """What is said of an extract's columns: for the extract itself, and for all; lists and tables are put together."""
    own, common = parts.get(extract, {}), parts.get(COMMON, {})
    both = {column: _both(own.get(column), common.get(column)) for column in columns}
    return {column: said for column, said in both.items() if said}


def _both(own: Any, common: Any) -> Any:
    if isinstance(own, tuple) and isinstance(common, tuple):
        return tuple(dict.fromkeys((*own, *common)))
    if isinstance(own, dict) and isinstance(common, dict):
        return {key: _both(own.get(key), common.get(key)) for key in {**common, **own}}
    return own or common


def load(name: str = STANDARD, folder: Path = FOLDER) -> Profile:
    """Read a profile by its name. Raises WrongUse when the file is no TOML."""
    file = folder / f"{name}.toml"
    return _profile(name, config_faults.parse(config_faults.read(file), file))


def load_all(folder: Path, contract: Contract) -> list[Profile]:
    """The folder's profiles by name. Raises WrongUse with a line for every fault in any of them."""
    told: list[str] = []
    profiles: list[Profile] = []
    for file in sorted(folder.glob("*.toml")):
        text = config_faults.read(file)
        document = config_faults.parse(text, file)
        if found := list(faults(document, contract)):
            told.append(config_faults.told(found, text, file))
        else:
            profiles.append(_profile(file.stem, document))
    if told:
        raise WrongUse("\n".join(told))
    return profiles


def _profile(name: str, document: Mapping[str, Any]) -> Profile:
    extracts = {key: value for key, value in document.items() if key not in WHOLE}

    def parts(section: str) -> dict[str, Any]:
        return {extract: content[section] for extract, content in extracts.items() if section in content}

    return Profile(
        name=name,
        title=document.get("name", ""),
        about=document.get("about", ""),
        files=_words({name: said for name, said in document.get("files", {}).items() if name != IGNORE}),
        ignored=tuple(document.get("files", {}).get(IGNORE, ())),
        only={extract: _words(said) for extract, said in parts("only").items()},
        blank={extract: _words(said) for extract, said in parts("blank").items()},
        blank_texts=tuple(document.get("blank", {}).get("texts", ())),
        defaults=parts("defaults"),
        headings={extract: _words(said) for extract, said in parts("headings").items()},
        codes={
            extract: {column: _words(texts) for column, texts in said.items()}
            for extract, said in parts("codes").items()
        },
        constants=parts("constants"),
        derived={
            extract: {column: _derivation(made) for column, made in said.items()}
            for extract, said in parts("derived").items()
        },
        merges={
            extract: {column: how if isinstance(how, str) else tuple(how) for column, how in said.items()}
            for extract, said in parts("merge").items()
        },
        sheets={extract: tuple(patterns) for extract, patterns in parts("sheets").items()},
        skipped=tuple(document.get("skip", {}).get("rows", ())),
        day_first=DAY_ORDERS.get(document.get("dates", {}).get("order", "")),
    )


def _words(table: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(words) for key, words in table.items()}


def _derivation(made: Mapping[str, Any]) -> Derivation:
    ((making, headings),) = made.items()
    return Derivation(Making(making), (headings,) if isinstance(headings, str) else tuple(headings))
