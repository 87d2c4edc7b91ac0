"""Profiles: how case systems word the contract's columns and codes. Data, in one TOML file a system."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from pipeline import config_faults
from pipeline.config_faults import Fault, suggestion
from pipeline.errors import WrongUse
from pipeline.sources.wording import Derivation, Making, Wording, fold

FOLDER = Path(__file__).resolve().parent.parent.parent / "profiles"
STANDARD = "standard"
COMMON = "common"
DAY_ORDERS = {"day first": True, "month first": False}
MERGES_OF_DAYS = ("earliest", "latest", "latest or open")
_MERGES_OF_ALL = ("first", "last")
MERGES = (*MERGES_OF_DAYS, *_MERGES_OF_ALL)
IGNORE = "ignore"
_SECTIONS = ("headings", "codes", "constants", "derived", "merge", "only", "blank", "defaults", "sheets")
_WHOLE = ("name", "about", "files", "dates", "skip", "blank")

Words = Mapping[str, tuple[str, ...]]


class ContractColumn(Protocol):
    """What must be known of a column to tell what a profile may say of it."""

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts that others may be translated to."""

    @property
    def is_told(self) -> bool:
        """Whether others may be translated to any text."""

    @property
    def is_day(self) -> bool:
        """Whether it holds days."""


# Extract → column.
Contract = Mapping[str, Mapping[str, ContractColumn]]


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
        if faults := list(_faults(document, contract)):
            told.append(config_faults.told(faults, text, file))
        else:
            profiles.append(_profile(file.stem, document))
    if told:
        raise WrongUse("\n".join(told))
    return profiles


def _profile(name: str, document: Mapping[str, Any]) -> Profile:
    extracts = {key: value for key, value in document.items() if key not in _WHOLE}

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


# --- what may stand in a profile ------------------------------------------------------------------------------------


def _faults(document: Mapping[str, Any], contract: Contract) -> Iterator[Fault]:
    for key, value in document.items():
        if key in ("name", "about"):
            if not isinstance(value, str):
                yield Fault((key,), "ska vara text inom citattecken")
        elif not isinstance(value, dict):
            yield Fault((key,), "ska vara en tabell med namn = värde")
        elif key in _CHECKS:
            yield from _CHECKS[key](value, contract)
        elif key in contract or key == COMMON:
            yield from _extract_faults(key, value, contract)
        else:
            yield Fault((key,), f"okänt utdrag. {suggestion(key, [*contract, COMMON, *_WHOLE])}")


def _file_faults(files: Mapping[str, Any], contract: Contract) -> Iterator[Fault]:
    for extract, patterns in files.items():
        if extract not in contract and extract != IGNORE:
            yield Fault(("files", extract), f"okänt utdrag. {suggestion(extract, [*contract, IGNORE])}")
        yield from _list_faults(("files", extract), patterns)


def _date_faults(dates: Mapping[str, Any], _: Contract) -> Iterator[Fault]:
    for key, value in dates.items():
        if key != "order":
            yield Fault(("dates", key), f"okänd nyckel. {suggestion(key, ['order'])}")
        elif value not in DAY_ORDERS:
            yield Fault(("dates", "order"), 'ska vara "day first" eller "month first"')


def _skip_faults(skip: Mapping[str, Any], _: Contract) -> Iterator[Fault]:
    for key, value in skip.items():
        if key != "rows":
            yield Fault(("skip", key), f"okänd nyckel. {suggestion(key, ['rows'])}")
        else:
            yield from _list_faults(("skip", "rows"), value)


def _blank_faults(blank: Mapping[str, Any], _: Contract) -> Iterator[Fault]:
    for key, value in blank.items():
        if key != "texts":
            yield Fault(("blank", key), f"okänd nyckel. {suggestion(key, ['texts'])}")
        else:
            yield from _list_faults(("blank", "texts"), value)


_CHECKS = {"blank": _blank_faults, "files": _file_faults, "dates": _date_faults, "skip": _skip_faults}


def _extract_faults(extract: str, content: Mapping[str, Any], contract: Contract) -> Iterator[Fault]:
    columns = _columns(extract, contract)
    yield from _headings_of_two_columns(extract, content.get("headings"))
    for section, said in content.items():
        path = (extract, section)
        if section not in _SECTIONS:
            yield Fault(path, f"okänd nyckel. {suggestion(section, _SECTIONS)}")
        elif section == "sheets":
            yield from _list_faults(path, said)
        elif not isinstance(said, dict):
            yield Fault(path, "ska vara en tabell med namn = värde")
        elif section == "only":
            for heading, patterns in said.items():
                yield from _list_faults((*path, heading), patterns)
        else:
            for column, value in said.items():
                if column not in columns:
                    yield Fault((*path, column), f"okänd kolumn. {suggestion(column, columns)}")
                else:
                    yield from _SECTION_CHECKS[section]((*path, column), value, columns[column])


def _headings_of_two_columns(extract: str, headings: Any) -> Iterator[Fault]:
    taken: dict[str, str] = {}
    for column, words in headings.items() if isinstance(headings, dict) else ():
        for word in words if isinstance(words, list) else ():
            other = taken.setdefault(fold(str(word)), column)
            if other != column:
                cure = f'{column} = {{ first = ["{word}"] }}'
                text = f"{word} står redan under {other}; skriv {cure} under derived i stället"
                yield Fault((extract, "headings", column), text)


def _columns(extract: str, contract: Contract) -> Mapping[str, ContractColumn]:
    if extract != COMMON:
        return contract[extract]
    return {name: column for columns in contract.values() for name, column in columns.items()}


def _list_faults(path: tuple[str, ...], value: Any, _: ContractColumn | None = None) -> Iterator[Fault]:
    if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
        yield Fault(path, 'ska vara en lista med texter, till exempel ["så här", "eller så"]')


def _code_faults(path: tuple[str, ...], value: Any, column: ContractColumn) -> Iterator[Fault]:
    if not column.texts and not column.is_told:
        yield Fault(path, "har inga koder att översätta till")
        return
    if not isinstance(value, dict):
        yield Fault(path, "ska vara en tabell med kod = [texter]")
        return
    for code, texts in value.items():
        if code not in column.texts and not column.is_told:
            yield Fault((*path, code), f"är ingen kod i kolumnen. {suggestion(code, column.texts)}")
        yield from _list_faults((*path, code), texts)


def _constant_faults(path: tuple[str, ...], value: Any, column: ContractColumn) -> Iterator[Fault]:
    if not isinstance(value, str) or not value.strip():
        yield Fault(path, "ska vara text inom citattecken")
    elif column.texts and value not in column.texts:
        yield Fault(path, f"är ingen kod i kolumnen. {suggestion(value, column.texts)}")


def _derivation_faults(path: tuple[str, ...], value: Any, _: ContractColumn) -> Iterator[Fault]:
    if not isinstance(value, dict) or len(value) != 1 or next(iter(value)) not in set(Making):
        yield Fault(path, f'ska vara ett av {", ".join(Making)}, till exempel {{ filled = "Rubrik" }}')
        return
    ((making, headings),) = value.items()
    if making in (Making.FILLED, Making.YEAR):
        if not isinstance(headings, str) or not headings.strip():
            yield Fault((*path, making), "ska vara en rubrik inom citattecken")
    else:
        yield from _list_faults((*path, making), headings)


def _merge_faults(path: tuple[str, ...], value: Any, column: ContractColumn) -> Iterator[Fault]:
    ways = MERGES if column.is_day else _MERGES_OF_ALL
    if isinstance(value, list) and value:
        for code in value:
            if code not in column.texts:
                yield Fault(path, f"{code} är ingen kod i kolumnen. {suggestion(str(code), column.texts or ways)}")
    elif value not in MERGES:
        yield Fault(path, f"ska vara {', '.join(MERGES)} eller en lista med koder")
    elif value not in ways:
        instead = '"first", "last" eller en lista med koder' if column.texts else '"first" eller "last"'
        yield Fault(path, f'"{value}" väljer bland dagar, men kolumnen har inga; skriv {instead}')


_SECTION_CHECKS: dict[str, Callable[[tuple[str, ...], Any, ContractColumn], Iterator[Fault]]] = {
    "headings": _list_faults,
    "codes": _code_faults,
    "constants": _constant_faults,
    "defaults": _constant_faults,
    "blank": _list_faults,
    "derived": _derivation_faults,
    "merge": _merge_faults,
}
