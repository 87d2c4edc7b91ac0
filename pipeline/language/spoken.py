"""What is spoken now, and how a Swedish text of ours is said in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from typing import Any

SWEDISH = "sv"
LOCALES = {SWEDISH: "sv", "en": "en_GB"}  # by language: whose numbers and days it is written with
LANGUAGES = tuple(LOCALES)
FOLDER = Path(__file__).with_name("locale")
DOMAIN = "tertial"

_now: ContextVar[str] = ContextVar("language", default=SWEDISH)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Everything that is printed inside is in that language, one of `LANGUAGES`; outside it is Swedish."""
    if language not in LOCALES:
        raise ValueError(f"no catalogue for {language}")
    token = _now.set(language)
    try:
        yield
    finally:
        _now.reset(token)


def outside() -> bool:
    """Whether what is spoken now is another language than the texts' own."""
    return _now.get() != SWEDISH


def code() -> str:
    """The language spoken now, as pages declare it: `sv`, `en`."""
    return _now.get()


def babel_locale() -> str:
    """Whose way of writing numbers, months and days goes with it."""
    return LOCALES[_now.get()]


class Text(str):
    """A Swedish text of ours that is said where it is printed: by `str`, in an f-string or in a template.

    Compared, sorted and looked up it is the Swedish text. Joined or cut it is too, so `str` it first.
    """

    pattern: str
    values: Mapping[str, Any]

    context: str

    def __new__(cls, pattern: str, values: Mapping[str, Any] | None = None, context: str = "") -> Text:
        """The Swedish text, its `{places}` filled when values are given."""
        plain, values = _plain(pattern), values or {}
        made = super().__new__(cls, plain.format(**{k: _swedish(v) for k, v in values.items()}) if values else plain)
        made.pattern, made.values, made.context = plain, values, context
        return made

    def __str__(self) -> str:
        return within(self.context, self.pattern) if self.context else say(self.pattern, **self.values)

    def __format__(self, form: str) -> str:
        return format(str(self), form)

    def __reduce__(self) -> tuple[Any, ...]:
        return Text, (self.pattern, dict(self.values), self.context)


def later(pattern: str, /, **values: Any) -> Text:
    """Mark a text that is said when it is printed, its `{places}` filled then as now."""
    return Text(pattern, values)


def one_many(one: str, many: str) -> tuple[Text, Text]:
    """Mark the two forms of a text, of which `plural` picks one when it is printed."""
    return Text(one), Text(many)


def say(pattern: str, /, **values: Any) -> str:
    """The text in the language spoken now, its `{places}` filled with values; a text that nobody has translated stands.

    Without values nothing is filled in, so that such a text may have braces of its own.
    """
    text = _plain(pattern)
    if not text:
        return text
    language = _now.get()
    if language != SWEDISH:
        text = _catalogue(language).gettext(text)
    return text.format(**values) if values else text


def later_within(context: str, text: str) -> Text:
    """As `later`, of a word that is one in Swedish and several elsewhere."""
    return Text(text, context=context)


def within(context: str, text: str) -> str:
    """As `say`, of a word that is one in Swedish and several elsewhere: which of them, in a word of English."""
    language = _now.get()
    return _plain(text) if language == SWEDISH else _catalogue(language).pgettext(context, _plain(text))


def plural(one: str, many: str, number: float) -> str:
    """The form that goes with a number."""
    language = _now.get()
    if language == SWEDISH:
        return str(one) if number == 1 else str(many)
    # A fraction is many, also one of the kind that would be cut to 1.
    return _catalogue(language).ngettext(_plain(one), _plain(many), 1 if number == 1 else 2)


def _plain(text: str) -> str:
    """The Swedish text itself, whatever is spoken."""
    return str.__str__(text)


def _swedish(value: Any) -> Any:
    return _plain(value) if isinstance(value, Text) else value


@cache
def _catalogue(language: str) -> GNUTranslations:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with (FOLDER / language / "LC_MESSAGES" / f"{DOMAIN}.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)
