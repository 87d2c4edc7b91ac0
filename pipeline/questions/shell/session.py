"""A session at the prompt: reads statements and commands, answers them, and goes on after faults and Ctrl-C."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import database, places
from pipeline.errors import UserFault, WrongUse
from pipeline.privacy import mask
from pipeline.questions import answering, bounds, noted, saved
from pipeline.questions.answering import Question
from pipeline.questions.shell import describing, statements
from pipeline.questions.shell.reading import Piped, Plain, Reader

if TYPE_CHECKING:
    from pipeline.config import Disclosure

_HELP = r"""En fråga får gå över flera rader och slutar med semikolon.
  \d              vyer och tabeller
  \d namn         kolumnerna i en vy eller tabell, eller alla vars namn börjar så
  \l              sparade frågor
  \run namn val=värde …   ställ en sparad fråga
  \param namn=värde       värdet för $namn i frågor; utan namn visas de som finns
  \limit antal    högst så många rader (utan antal: som från början)
  \timeout sekunder       så länge får en fråga ta
  \o fil          nästa svar till en fil: .csv, .xlsx, .json eller .parquet
  \q              avsluta (eller Ctrl-D); Ctrl-C avbryter en fråga
"""
_LONGEST = 86_400  # seconds
# A fault tells the way of `sql`; here it is another.
_HERE = {
    'python -m pipeline sql "show tables"': r"\d",
    "python -m pipeline sql --list": r"\l",
    "--list": r"\l",
    "--param": r"\param",
    "--timeout": r"\timeout",
    "--limit": r"\limit",
    "--out": r"\o",
    "DESCRIBE vyns namn": r"\d vyns namn",
}


def run(folder: Path, seconds: float, protect: Disclosure | None = None) -> bool:
    """Answer what is asked until there is no more; whether everything could be answered.

    A question may take so many `seconds`. `protect`: by which rule small groups are hidden, when they are to be. Raises
    WrongUse when there is no database yet.
    """
    if not (folder / database.FILE_NAME).exists():
        raise WrongUse(f"Ingen databas finns i {folder}. Kör först: python -m pipeline report")
    session = Session(folder, seconds, protect)
    return session.run(_reader(folder, session.contents))


class Session:
    """The database that is asked, and what has been chosen so far."""

    def __init__(self, folder: Path, seconds: float, protect: Disclosure | None = None) -> None:
        self._folder, self._seconds, self._protect = folder, seconds, protect
        self._most: int | None = None
        self._out: Path | None = None
        self._parameters: dict[str, str] = {}
        self._database = self._stamp()
        self._contents: dict[str, list[str]] | None = None
        self._commands: Mapping[str, Callable[[Sequence[str]], None]] = {
            r"\?": self._help,
            r"\d": self._describe,
            r"\l": self._list,
            r"\run": self._run_saved,
            r"\param": self._set_parameter,
            r"\limit": self._set_limit,
            r"\timeout": self._set_timeout,
            r"\o": self._set_out,
        }

    def contents(self) -> Mapping[str, Sequence[str]]:
        """Tables and views with their columns, looked up anew when the database has been exchanged."""
        if self._contents is None or self._database != self._stamp():
            self._contents = database.contents(self._folder)
        return self._contents

    def run(self, reader: Reader) -> bool:
        """Answer everything that is read; whether all of it could be answered."""
        pending, is_well = "", True
        if reader.is_interactive:
            _tell(r"Databasen kan bara läsas. \? visar vad som kan göras, \q avslutar.")
            if self._protect is not None:
                _tell("Små grupper döljs i svaren. Det som inte kan skyddas besvaras inte.")
        while True:
            try:
                read = reader.read(pending)
            except EOFError:
                return (self._answered(pending) if pending else True) and is_well
            except KeyboardInterrupt:
                if not reader.is_interactive:
                    raise
                pending = ""
                continue
            if read.lstrip().startswith("\\"):
                if read.split()[0] == r"\q":
                    return is_well
                is_well &= self._tried(partial(self._command, read.strip()))
                continue
            whole, pending = statements.split(f"{pending}\n{read}")
            for one in whole:
                is_well &= self._answered(one)

    def _answered(self, statement: str) -> bool:
        return self._tried(partial(self._ask, statement, dict(self._parameters)))

    def _tried(self, act: Callable[[], None]) -> bool:
        """Whether it went well; otherwise the fault has been told, and the session goes on."""
        try:
            act()
        except KeyboardInterrupt:
            _tell("Frågan avbröts.")
        except UserFault as fault:
            _tell(_as_here(str(fault)))
        except OSError as fault:
            _tell(f"{fault.filename or 'Filen'} kan inte läsas eller skrivas: {fault.strerror or fault}.")
        else:
            return True
        return False

    def _ask(self, sql: str, parameters: Mapping[str, Any], name: str | None = None) -> None:
        """Put a question to the database as it is now, and tell what came of it."""
        self._tell_of_another_database()
        out, self._out = self._out, None
        asked = Question(sql, parameters, None, out, self._most, self._seconds, self._protect)
        what = answering.named(sql, name, parameters) + (" --protect" if self._protect else "")
        with bounds.bounded(self._seconds), noted.asked(self._folder, "shell", what) as rows:
            answered = answering.answer(self._folder, asked)
            rows.append(answered.rows)
        sys.stdout.flush()
        for sentence in answered.sentences:
            _tell(_as_here(sentence))

    def _tell_of_another_database(self) -> None:
        now = self._stamp()
        if now != self._database:
            self._database, self._contents = now, None
            _tell("Databasen är en annan än vid förra frågan: en ny rapport är klar. Svaren gäller den.")

    def _stamp(self) -> tuple[int, int]:
        """Which file is the database; (0, 0) while there is none."""
        try:
            status = (self._folder / database.FILE_NAME).stat()
        except OSError:
            return (0, 0)
        return (status.st_ino, status.st_mtime_ns)

    def _command(self, line: str) -> None:
        name, _, rest = line.partition(" ")
        act = self._commands.get(name)
        if act is None:
            raise WrongUse(rf"{name} finns inte. \? visar vad som kan göras.")
        act(_words(rest))

    def _help(self, given: Sequence[str]) -> None:
        sys.stdout.write(_HELP)

    def _describe(self, given: Sequence[str]) -> None:
        describing.show(self._folder, given[0] if given else "")

    def _list(self, given: Sequence[str]) -> None:
        answering.show_saved()

    def _run_saved(self, given: Sequence[str]) -> None:
        if not given:
            raise WrongUse(r"Skriv vilken: \run namn. De sparade frågorna visas av \l")
        name, *pairs = given
        found = saved.read(name)
        self._ask(found.sql, found.values(answering.parameters(pairs)), name)

    def _set_parameter(self, given: Sequence[str]) -> None:
        self._parameters |= answering.parameters(list(given))
        for name, value in self._parameters.items() if not given else ():
            sys.stdout.write(f"{name}={value}\n")

    def _set_limit(self, given: Sequence[str]) -> None:
        if given and not (given[0].isdecimal() and int(given[0])):
            raise WrongUse(rf"\limit {given[0]}: skriv hur många rader, till exempel \limit 5000")
        self._most = int(given[0]) if given else None

    def _set_timeout(self, given: Sequence[str]) -> None:
        try:
            seconds = float(given[0].replace(",", "."))
        except (IndexError, ValueError):
            seconds = 0.0
        if not 0 < seconds <= _LONGEST:
            raise WrongUse(rf"\timeout: skriv hur många sekunder, högst {_LONGEST}, till exempel \timeout 120")
        self._seconds = seconds

    def _set_out(self, given: Sequence[str]) -> None:
        if not given:
            raise WrongUse(r"Skriv filens namn, till exempel \o build/svar.xlsx")
        self._out = Path(given[0])


def _reader(folder: Path, contents: Callable[[], Mapping[str, Sequence[str]]]) -> Reader:
    if not sys.stdin.isatty():
        return Piped()
    if not sys.stdout.isatty() or os.environ.get("TERM") == "dumb":
        return Plain()
    from pipeline.questions.shell.prompt import Prompt

    return Prompt(contents, folder / places.SHELL_HISTORY)


def _words(text: str) -> list[str]:
    """Words, or what stands in quotes; a backslash is one, as in the folders of Windows."""
    lexer = shlex.shlex(text, posix=True)
    lexer.whitespace_split, lexer.commenters, lexer.escape = True, "", ""
    try:
        return list(lexer)
    except ValueError:
        raise WrongUse("Ett citattecken är inte avslutat.") from None


def _as_here(text: str) -> str:
    for there, here in _HERE.items():
        text = text.replace(there, here)
    return text


def _tell(text: str) -> None:
    sys.stdout.flush()
    sys.stderr.write(f"{mask(text)}\n")
    sys.stderr.flush()
