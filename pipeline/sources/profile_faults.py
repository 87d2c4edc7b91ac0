"""What may stand in a profile, part by part; every fault is told with where it stands and what is allowed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol

from pipeline.config_faults import Fault, suggestion
from pipeline.sources.wording import Making, fold

COMMON = "common"
DAY_ORDERS = {"day first": True, "month first": False}
MERGES_OF_DAYS = ("earliest", "latest", "latest or open")
_MERGES_OF_ALL = ("first", "last")
MERGES = (*MERGES_OF_DAYS, *_MERGES_OF_ALL)
IGNORE = "ignore"
_SECTIONS = ("headings", "codes", "constants", "derived", "merge", "only", "blank", "defaults", "sheets")
WHOLE = ("name", "about", "files", "dates", "skip", "blank")


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


def faults(document: Mapping[str, Any], contract: Contract) -> Iterator[Fault]:
    """Every fault in a profile as TOML's reader gives it."""
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
            yield Fault((key,), f"okänt utdrag. {suggestion(key, [*contract, COMMON, *WHOLE])}")


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
