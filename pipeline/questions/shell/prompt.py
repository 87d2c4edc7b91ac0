"""The prompt of a terminal: lines that can be edited, completion with Tab, and a history of one's own.

A history is kept between sessions in a file that the user alone can read, beside the database; what looks like a
personnummer never gets there. `purge` and `rotate-key` take it away.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import History
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

from pipeline import access
from pipeline.privacy import mask
from pipeline.questions import saved
from pipeline.questions.shell import completing, statements
from pipeline.questions.shell.reading import FIRST, MORE

_MOST_KEPT = 1_000
_BETWEEN = "\0\n"  # stands in no question


class Prompt:
    """Reads a whole statement, or a command, at a time."""

    is_interactive = True

    def __init__(self, contents: Callable[[], Mapping[str, Sequence[str]]], history: Path) -> None:
        self._session: PromptSession[str] = PromptSession(
            completer=_Completer(contents),
            complete_while_typing=False,
            history=OwnHistory(history),
            key_bindings=_keys(),
            multiline=True,
            prompt_continuation=MORE,
        )

    def read(self, pending: str) -> str:
        """What was written. Raises EOFError after Ctrl-D, KeyboardInterrupt after Ctrl-C."""
        return self._session.prompt(MORE if pending else FIRST)


class OwnHistory(History):
    """What was asked before, newest first; without what looks like a personnummer, also while the session lasts."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file = file

    def load_history_strings(self) -> Iterable[str]:
        """What earlier sessions asked. Only so much is kept."""
        if not self._file.exists():
            return ()
        access.own_file(self._file)
        told = [one for one in self._file.read_text(encoding="utf-8").split(_BETWEEN) if one]
        kept = list(deque(told, maxlen=_MOST_KEPT))
        if len(kept) < len(told):
            self._file.write_text("".join(f"{one}{_BETWEEN}" for one in kept), encoding="utf-8")
        return reversed(kept)

    def append_string(self, string: str) -> None:
        """Remember a question, unless it is the same as the last."""
        masked = mask(string.strip())
        if masked and masked != next(iter(self.get_strings()[-1:]), ""):
            super().append_string(masked)

    def store_string(self, string: str) -> None:
        """Write it to the file, which is made when it is first needed."""
        if not self._file.exists():
            with closing(access.new_file(self._file)):
                pass
        with self._file.open("a", encoding="utf-8") as stream:
            stream.write(f"{string}{_BETWEEN}")


class _Completer(Completer):
    def __init__(self, contents: Callable[[], Mapping[str, Sequence[str]]]) -> None:
        self._contents = contents

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
        word, found = completing.candidates(
            document.text_before_cursor, document.text_after_cursor, self._contents(), saved.read_all()
        )
        for one in found:
            yield Completion(one, start_position=-len(word))


def _keys() -> KeyBindings:
    keys = KeyBindings()

    @keys.add("enter")
    def _(event: KeyPressEvent) -> None:
        """Enter ends a command, an empty line and a statement with its semicolon; otherwise a new line begins."""
        text = event.current_buffer.text
        whole, rest = statements.split(text)
        if text.lstrip().startswith("\\") or not text.strip() or (whole and not rest):
            event.current_buffer.validate_and_handle()
        else:
            event.current_buffer.insert_text("\n")

    return keys
