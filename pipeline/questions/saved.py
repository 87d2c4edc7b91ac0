"""The saved questions of sql/queries: each a file with a header in TOML and one SELECT.

    /* ---
    about = "Hur många utredningar som är öppna, per enhet."
    parameters.unit = { about = "enhetens namn; alla om inget anges", kind = "text", optional = true }
    --- */
    select … where $unit is null or unit = $unit

A parameter is a `text`, a `day` or a `number`. Without a value it has its `default`; where it is `optional` it is null;
otherwise the question is not asked.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from pipeline.errors import WrongUse
from pipeline.places import ROOT

FOLDER = ROOT / "sql" / "queries"
_FILE = re.compile(r"\A/\* ---\n(?P<toml>.*?)^--- \*/\n(?P<sql>.*)\Z", re.DOTALL | re.MULTILINE)
_KINDS = {"text": "en text", "day": "en dag, till exempel 2026-05-01", "number": "ett tal, till exempel 4 eller 0.5"}
_OF_HEADER, _OF_PARAMETER = {"about", "parameters"}, {"about", "kind", "default", "optional"}


@dataclass(frozen=True)
class Parameter:
    """What can be chosen in a saved question."""

    name: str
    about: str
    kind: str
    default: str | None = None
    optional: bool = False


@dataclass(frozen=True)
class Saved:
    """A saved question: its name, what it answers (a Swedish sentence), what can be chosen, and its SELECT."""

    name: str
    about: str
    parameters: tuple[Parameter, ...]
    sql: str

    def values(self, given: Mapping[str, str]) -> dict[str, Any]:
        """What is bound: what was given, else what holds otherwise. Raises WrongUse for what is unknown or lacking."""
        known = {one.name: one for one in self.parameters}
        for name in given:
            if name not in known:
                choices = f"Frågan har {', '.join(known)}." if known else "Frågan har inga val."
                raise WrongUse(f"Frågan {self.name} har inget val som heter {name}. {choices}")
        lacking = [name for name, one in known.items() if name not in given and _is_needed(one)]
        if lacking:
            told = "; ".join(f"--param {name}=… ({known[name].about})" for name in lacking)
            raise WrongUse(f"Frågan {self.name} behöver {told}")
        return {name: _value(one, given.get(name, one.default)) for name, one in known.items()}


def read_all(folder: Path = FOLDER) -> dict[str, Saved]:
    """Every saved question by its name. Raises WrongUse with the file of a header that is at fault."""
    return {file.stem: _read(file) for file in sorted(folder.glob("*.sql"))}


def read(name: str, folder: Path = FOLDER) -> Saved:
    """The saved question of that name. Raises WrongUse, with the nearest, where there is none."""
    names = sorted(file.stem for file in folder.glob("*.sql"))
    if name not in names:
        near = difflib.get_close_matches(name.casefold(), names, n=1)
        meant = f" Menade du {near[0]}?" if near else ""
        raise WrongUse(f"Det finns ingen sparad fråga som heter {name}.{meant} Alla visas av: --list")
    return _read(folder / f"{name}.sql")


def _is_needed(parameter: Parameter) -> bool:
    return parameter.default is None and not parameter.optional


def _value(parameter: Parameter, text: str | None) -> Any:
    if text is None:
        return None
    try:
        if parameter.kind == "day":
            return date.fromisoformat(text)
        return Decimal(text) if parameter.kind == "number" else text
    except (ValueError, InvalidOperation):
        raise WrongUse(f"--param {parameter.name}={text}: ska vara {_KINDS[parameter.kind]}.") from None


def _read(file: Path) -> Saved:
    found = _FILE.match(file.read_text(encoding="utf-8").replace("\r\n", "\n"))
    if not found:
        raise WrongUse(f"{file.name}: filen ska börja med raden /* --- och huvudet sluta med raden --- */.")
    try:
        header = tomllib.loads(found["toml"])
    except tomllib.TOMLDecodeError as fault:
        raise WrongUse(f"{file.name}: huvudet går inte att läsa som TOML ({fault}).") from None
    about, parameters = header.get("about"), header.get("parameters", {})
    if (
        not isinstance(about, str)
        or not about.strip()
        or not isinstance(parameters, dict)
        or header.keys() - _OF_HEADER
    ):
        raise WrongUse(f"{file.name}: huvudet ska ha about, en mening om vad frågan svarar på, och kan ha parameters.")
    return Saved(
        file.stem, about, tuple(_parameter(file, name, told) for name, told in parameters.items()), found["sql"].strip()
    )


def _parameter(file: Path, name: str, told: Any) -> Parameter:
    fits = isinstance(told, dict) and isinstance(told.get("about"), str) and not told.keys() - _OF_PARAMETER
    if not fits or told.get("kind", "text") not in _KINDS:
        raise WrongUse(
            f"{file.name}: parameters.{name} ska ha about, och kan ha kind ({', '.join(_KINDS)}), default och optional."
        )
    default = told.get("default")
    return Parameter(
        name, told["about"], told.get("kind", "text"), None if default is None else str(default),
        optional=bool(told.get("optional", False)),
    )  # fmt: skip
