"""From a question to its answer on screen or in a file."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from pipeline import access, database
from pipeline.database import Answer, QuestionFault
from pipeline.errors import WrongUse
from pipeline.privacy import mask
from pipeline.questions import faults, parquet, saved, terminal, text_files
from pipeline.questions.forms import Form, chosen

if TYPE_CHECKING:
    from pipeline.config import Disclosure

# Without --limit: what can be read on screen, and what fits a sheet.
MOST_ON_SCREEN, MOST_IN_FILE = 1_000, 1_000_000
_BINARY = (Form.XLSX, Form.PARQUET)
_CURE = "--out med en fil i en mapp utanför projektet, eller i mappen build."


@dataclass(frozen=True)
class Question:
    """What is asked: the SELECT, the values bound in it, and how the answer is wanted.

    `most`: rows that are given at the most, by the form unless said. `seconds`: how long it may take. `protect`: by
    which rule small groups are hidden, when they are to be.
    """

    sql: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    form: Form | None = None
    out: Path | None = None
    most: int | None = None
    seconds: float = 60.0
    protect: Disclosure | None = None


@dataclass(frozen=True)
class Answered:
    """What came of a question: how many rows were given, and what to tell besides (Swedish sentences)."""

    rows: int
    sentences: tuple[str, ...]


def question(
    query: str | None, file: Path | None, name: str | None, given: Mapping[str, str]
) -> tuple[str, dict[str, Any]]:
    """The SELECT and the values to bind, from whichever of the three was given.

    Raises WrongUse when it was none or several, and for what a saved question does not know or lacks.
    """
    if sum(one is not None for one in (query, file, name)) != 1:
        raise WrongUse(
            'Ange en fråga: python -m pipeline sql "select …", eller --file med en fil, eller --name med en sparad'
            " fråga. De sparade visas av --list."
        )
    if name is not None:
        found = saved.read(name)
        return found.sql, found.values(given)
    if file is not None:
        try:
            return file.read_text(encoding="utf-8-sig"), dict(given)
        except UnicodeDecodeError:
            raise WrongUse(
                f"{file} är inte sparad som UTF-8. Öppna den i en textredigerare och spara om den."
            ) from None
    return query or "", dict(given)


def named(text: str, name: str | None, values: Mapping[str, Any]) -> str:
    """What was asked, for the log: a saved question by its name, any other by its words, and the values bound in it."""
    bound = ", ".join(f"{key}={value}" for key, value in values.items())
    return " ".join(filter(None, (text if name is None else f"--name {name}", bound and f"({bound})")))


def parameters(pairs: list[str]) -> dict[str, str]:
    """`name=value` pairs by name. Raises WrongUse for one without a name or an equals sign."""
    found = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign or not name.strip().isidentifier():
            raise WrongUse(f"--param {pair}: skriv namn=värde, till exempel --param unit=Barnenheten")
        found[name.strip()] = value
    return found


def show_saved() -> None:
    """List the saved questions on screen."""
    terminal.show_saved(saved.read_all().values())


def answer(folder: Path, asked: Question) -> Answered:
    """Answer a question to the database in `folder`, on screen or in `asked.out`, which the user alone can read.

    Raises WrongUse when there is no database yet, when the question cannot be answered, or the file not be written.
    """
    form = chosen(asked.form, asked.out)
    if not (folder / database.FILE_NAME).exists():
        raise WrongUse(f"Ingen databas finns i {folder}. Kör först: python -m pipeline report")
    most = asked.most or (MOST_ON_SCREEN if form is Form.TABLE else MOST_IN_FILE)
    try:
        with _asked(folder, asked) as found:
            rows = _written(found, asked, form, most)
    except QuestionFault as fault:
        told = faults.sentence(fault, asked.sql, database.contents(folder), asked.seconds)
        raise WrongUse(told) from None
    return Answered(rows, (*_told(asked, form, rows, is_cut=found.is_cut), *found.sentences))


@contextmanager
def _asked(folder: Path, asked: Question) -> Iterator[Answer]:
    if asked.protect is None:
        with database.answering(folder, asked.sql, asked.parameters, asked.seconds) as found:
            yield found
    else:
        from pipeline.questions.protection import protecting

        yield protecting.protected(folder, asked.sql, asked.parameters, asked.seconds, asked.protect)


def _told(asked: Question, form: Form, rows: int, *, is_cut: bool) -> list[str]:
    number = "1 rad" if rows == 1 else f"{rows} rader"
    if is_cut:
        return [f"Bara de första {number} visas. Fler fås med --limit; utan ORDER BY är det inte givet vilka de är."]
    if asked.out is not None:
        return [f"{asked.out}: {number}"]
    return [number] if form is Form.TABLE else []


def _written(found: Answer, asked: Question, form: Form, most: int) -> int:
    if asked.out is None:
        return _on_screen(found, form, most)
    return _in_file(found, asked, form, most, asked.out)


def _on_screen(found: Answer, form: Form, most: int) -> int:
    if form is Form.TABLE:
        return terminal.show(found, most)
    return _as_text(sys.stdout, found, form, most)


def _as_text(stream: TextIO, found: Answer, form: Form, most: int) -> int:
    return (text_files.write_json if form is Form.JSON else text_files.write_csv)(stream, found, most)


def _in_file(found: Answer, asked: Question, form: Form, most: int, out: Path) -> int:
    """The file takes its place when it is whole; answers hold people's data."""
    if not out.parent.is_dir():
        raise WrongUse(f"Mappen {out.parent} finns inte. Skapa den, eller välj en annan efter --out.")
    access.demand_ignored(out, _CURE)
    aside = out.with_name(f".{out.name}.{os.getpid()}")
    aside.unlink(missing_ok=True)
    try:
        with access.new_file(aside) as stream:
            if form is Form.PARQUET:
                rows = parquet.write(stream, found, most)
            elif form is Form.XLSX:
                from pipeline.questions import workbook

                rows = workbook.write(stream, found, most, _about(asked))
            else:
                import io

                with io.TextIOWrapper(stream, encoding="utf-8", newline="") as text:
                    rows = _as_text(text, found, form, most)
        aside.replace(out)
    finally:
        aside.unlink(missing_ok=True)
    return rows


def _about(asked: Question) -> list[tuple[str, str]]:
    chosen_values = [(f"${name}", "" if value is None else str(value)) for name, value in asked.parameters.items()]
    secrecy = "Små grupper är dolda." if asked.protect else "Kan innehålla uppgifter om enskilda och små grupper."
    return [
        ("Fråga", mask(asked.sql)),
        *((heading, mask(value)) for heading, value in chosen_values),
        ("Sekretess", f"{secrecy} Lämna inte ut utan prövning."),
    ]
