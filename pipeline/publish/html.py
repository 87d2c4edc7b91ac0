"""The one renderer of pages: jinja2's only home. Everything that is printed is escaped; a missing name is a fault."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pipeline import language
from pipeline.publish import forms, marks, packing, words
from pipeline.publish.theme import theme

_SET = re.compile(r"(<(?:script|pre|textarea)\b.*?</(?:script|pre|textarea)>)", re.DOTALL)
_SAID = re.compile(r"""\bsay\((["`/])(.*?)\1(g?)\)""")  # a text in a script
_INDENTS = re.compile(r"\n\s+")
_IN_TABLES = re.compile(r"(?<=>)\n(?=</?(?:caption|thead|tbody|tr|th|td)\b)")
TEMPLATES = Path(__file__).with_name("templates")


def render(template: str, **context: Any) -> str:
    """The template filled in; the same context gives the same bytes.

    Besides it templates have the constants and filters of `_environment`.
    Raises jinja2.UndefinedError when the template asks for something it was not given.
    """
    return squeezed(_environment().get_template(template).render(language=language.code(), **context))


def squeezed(page: str) -> str:
    """The page without the blanks that no reader sees: indentation, empty lines, and line breaks inside tables.

    Scripts and set texts are left as they are.
    """
    parts = _SET.split(page)
    parts[::2] = [_IN_TABLES.sub("", _INDENTS.sub("\n", part)) for part in parts[::2]]
    return "".join(parts)


def script(name: str) -> Markup:
    """A script file of ours, to stand inside `<script>`; the page's policy lets it run by its `source_hash`."""
    text = (TEMPLATES / name).read_text(encoding="utf-8")
    return Markup(_SAID.sub(_said, text))  # noqa: S704 - our own file


def _said(found: re.Match[str]) -> str:
    """A literal of a script in the language spoken: a text, one with `${places}`, or how a number is recognised."""
    quote, text, flags = found.groups()
    return f"{quote}{language.say(text)}{quote}{flags}"


def source_hash(text: str) -> str:
    """The `'sha256-…'` of an inline script, for a Content-Security-Policy."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals["say"] = _say
    environment.globals["theme"] = theme()
    environment.globals["HIDDEN"] = forms.HIDDEN
    environment.globals["PROTECTED"] = words.PROTECTED
    environment.globals["DEMO_WORD"] = marks.DEMO_WORD
    environment.globals["DEMO_SENTENCE"] = marks.DEMO_SENTENCE
    environment.filters["said"] = _joined
    environment.filters["inside"] = forms.inside
    environment.filters["number"] = forms.number
    environment.filters["day"] = forms.day
    environment.filters["css_string"] = _css_string
    environment.filters["json"] = _json
    environment.filters["packed"] = _packed
    return environment


def _say(pattern: str, **values: Any) -> Markup:
    """A text that stands in a template, in the language spoken now; values in its places are escaped."""
    said = Markup(language.say(pattern))  # noqa: S704 - our own texts, which a test holds to be written in templates
    return said.format(**values) if values else said


def _joined(texts: Iterable[str]) -> str:
    """Several texts after one another, each as it is said now."""
    return ", ".join(map(str, texts))


def _css_string(text: str) -> Markup:
    """A quoted CSS string: everything but letters, digits and blanks as code points, so that nothing ends it early."""
    escaped = re.sub(r"[^0-9A-Za-zÅÄÖåäö ]", lambda match: f"\\{ord(match[0]):x} ", str(text))
    return Markup(f'"{escaped}"')  # noqa: S704 - escaped on the line above


def _packed(value: Any) -> Markup:
    """JSON as `packing` writes it, to stand inside `<script type="text/plain">`."""
    return Markup(packing.packed(_json(value)))  # noqa: S704 - an alphabet without what begins a tag


def _json(value: Any) -> Markup:
    """JSON that may stand inside `<script type="application/json">`."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    for sign, code in (("&", r"\u0026"), ("<", r"\u003c"), (">", r"\u003e")):
        text = text.replace(sign, code)
    return Markup(text)  # noqa: S704 - escaped on the lines above
