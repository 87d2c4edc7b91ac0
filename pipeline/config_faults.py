"""What is wrong with a configuration file, in Swedish, each fault with its line: pydantic's errors made readable."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Collection, Iterable
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from pipeline.errors import WrongUse

if TYPE_CHECKING:  # a file is read without waiting for it
    from pydantic import BaseModel, ValidationError

_AT_LINE = re.compile(r"^(?P<what>.*?) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")
_PART = r"""(?:"(?:[^"\\]|\\.)*"|'[^']*'|[\w-]+)"""
_KEY = re.compile(rf"^\s*(?P<key>{_PART}(?:\s*\.\s*{_PART})*)\s*=")
_TABLE = re.compile(rf"^\s*(?P<open>\[\[?)\s*(?P<key>{_PART}(?:\s*\.\s*{_PART})*)\s*\]")

_ALLOWED = {
    "missing": "saknas och måste anges",
    "string_type": "ska vara text inom citattecken",
    "int_type": "ska vara ett heltal",
    "float_type": "ska vara ett tal",
    "finite_number": "ska vara ett tal",
    "date_type": "ska vara en dag utan citattecken, till exempel 2026-08-31",
    "tuple_type": 'ska vara en lista, till exempel ["så här", "eller så"]',
    "dict_type": "ska vara en tabell med namn = värde",
    "model_type": "ska vara en tabell med namn = värde",
    "path_type": "ska vara en sökväg inom citattecken",
    "greater_than_equal": "ska vara minst {ge:g}",
    "less_than_equal": "får vara högst {le:g}",
    "literal_error": "ska vara {expected}",
}
_PATTERNS = {
    r"\S": "får inte vara tom",
    r"^[0-9]{4}$": 'ska vara fyra siffror inom citattecken, till exempel "1285"',
    r"^[A-Z][0-9]{5}$": 'ska vara ett nyckeltals id i Kolada, till exempel "U28129"',
    r"^https?://\S+$": "ska vara en webbadress som börjar med https://",
}


@dataclass(frozen=True)
class Fault:
    """One fault: where in the document (keys, and the index in an array), and what is wrong, as half a sentence."""

    path: tuple[str | int, ...]
    text: str


def read(file: Path) -> str:
    """The text of a configuration file; raises WrongUse when it is missing or not UTF-8."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise WrongUse(f"Konfigurationsfilen {_near(file)} finns inte. Kontrollera sökvägen efter --config.") from None
    except UnicodeDecodeError:
        raise WrongUse(
            f"{_near(file)} är inte sparad som UTF-8. Öppna den i en textredigerare och spara om den."
        ) from None
    except OSError as fault:
        raise WrongUse(f"Konfigurationsfilen {_near(file)} kan inte läsas: {fault.strerror}.") from None


def parse(text: str, file: Path) -> dict[str, Any]:
    """The document as TOML's reader gives it; raises WrongUse with the line of a syntax error."""
    try:
        return deepcopy(_document(text))
    except tomllib.TOMLDecodeError as error:
        found = _AT_LINE.match(str(error))
        what = found["what"] if found else str(error)
        line = (found and found["line"]) or len(text.splitlines())
        raise WrongUse(
            f"{_near(file)}:{line}: raden går inte att läsa som TOML ({what})."
            ' Text ska stå inom citattecken: namn = "värde"; samma namn får bara stå en gång.'
        ) from None


@cache
def _document(text: str) -> dict[str, Any]:
    """A run asks for the same few files again and again, and reading them anew takes ten times as long as a copy."""
    return tomllib.loads(text)


def of(error: ValidationError, model: type[BaseModel]) -> list[Fault]:
    """Every fault that pydantic found in a document meant for `model`."""
    return [_fault(detail, model) for detail in error.errors()]


def told(faults: Iterable[Fault], text: str, file: Path) -> str:
    """The faults as one message in the order of the file: a line each, `file:line: key: what is wrong`."""
    lines = _lines(text)
    placed = sorted({(_line(fault.path, lines), _name(fault.path), fault.text) for fault in faults})
    return "\n".join(f"{_near(file)}:{line}: {name}: {sentence(wrong)}" for line, name, wrong in placed)


def suggestion(name: str, known: Collection[str]) -> str:
    """The nearest known name as a question, or all of them where none is near; without the final full stop."""
    spelt = {one.casefold(): one for one in known}
    near = difflib.get_close_matches(name.casefold(), spelt, n=1)
    return f"Menade du {spelt[near[0]]}?" if near else f"Tillåtna är {', '.join(sorted(known))}"


def _near(file: Path) -> Path:
    """The file as seen from the working folder, where it lies below it."""
    return file.relative_to(Path.cwd()) if file.is_relative_to(Path.cwd()) else file


def sentence(text: str) -> str:
    """The text with the full stop that ends it, unless it ends with a question."""
    return text if text.endswith("?") else f"{text}."


def _fault(detail: Any, model: type[BaseModel]) -> Fault:
    path = tuple(part for part in detail["loc"] if part != "[key]")
    context = detail.get("ctx", {})
    match detail["type"]:
        case "extra_forbidden":
            return Fault(path, f"okänd nyckel. {suggestion(str(path[-1]), _known_keys(model, path[:-1]))}")
        case "value_error":
            return Fault(path, str(context["error"]))
        case "missing":
            return Fault(path, _ALLOWED["missing"])
        case "string_pattern_mismatch":
            allowed = _PATTERNS[context["pattern"]]
        case "literal_error":
            allowed = _ALLOWED["literal_error"].format(expected=context["expected"].replace(" or ", " eller "))
        case kind:
            allowed = _ALLOWED.get(kind, "har ett värde som inte går att använda").format(**context)
    return Fault(path, f"är {_shown(detail['input'])}; {allowed}")


def _shown(value: Any) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            return f'"{value}"'
        case int() | float() | date():
            return str(value)
        case list():
            return "en lista"
        case _:
            return "en tabell"


def _known_keys(model: type[BaseModel], path: tuple[str | int, ...]) -> Collection[str]:
    for part in path:
        if isinstance(part, str):
            annotation = model.model_fields[part].annotation
            model = next((kind for kind in (annotation, *get_args(annotation)) if _is_model(kind)), model)
    return model.model_fields


def _is_model(kind: Any) -> bool:
    from pydantic import BaseModel

    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _name(path: tuple[str | int, ...]) -> str:
    """`limits.near_points`; `targets nr 2, value` for the second of the tables named targets."""
    name = ""
    for part in path:
        if isinstance(part, int):
            name += f" nr {part + 1}"
        else:
            name += (", " if " nr " in name else "." if name else "") + part
    return name


def _lines(text: str) -> dict[tuple[str | int, ...], int]:
    """The line where each key and table starts."""
    lines: dict[tuple[str | int, ...], int] = {(): 1}
    counts: dict[tuple[str, ...], int] = {}
    table: tuple[str | int, ...] = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if found := _TABLE.match(line):
            table = parts = _parts(found["key"])
            if found["open"] == "[[":
                table = (*parts, counts.get(parts, 0))
                counts[parts] = counts.get(parts, 0) + 1
            lines.setdefault(parts, number)
            lines[table] = number
        elif found := _KEY.match(line):
            lines.setdefault((*table, *_parts(found["key"])), number)
    return lines


def _parts(key: str) -> tuple[str, ...]:
    nested: Any = tomllib.loads(f"{key} = 0")
    parts: list[str] = []
    while isinstance(nested, dict):
        part, nested = next(iter(nested.items()))
        parts.append(part)
    return tuple(parts)


def _line(path: tuple[str | int, ...], lines: dict[tuple[str | int, ...], int]) -> int:
    while path not in lines:
        path = path[:-1]
    return lines[path]
