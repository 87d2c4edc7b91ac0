"""Every text of ours that a report may hold, gathered from where it is written: what a catalogue must translate.

`python -m pipeline.wording` writes the template and brings the catalogues up to it: new texts are added empty, those
that nothing says any more go. Texts are marked where they stand (`say`, `later`, `plural`, … of `pipeline.language`, in
Python, templates and scripts); the definitions' and the contract's own words are read where they are kept.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import chain
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from pipeline.comparison import pairs
from pipeline.language.spoken import DOMAIN, FOLDER, LANGUAGES, SWEDISH
from pipeline.metrics import catalogue, citations
from pipeline.model import EXTRACT_NAMES, Direction, Metric, Status
from pipeline.model.comparison import Mean, Missing
from pipeline.model.goals import ActivityStatus
from pipeline.model.management import ControlOutcome, Gap
from pipeline.publish.followup import State
from pipeline.publish.forms import HIDDEN
from pipeline.schemas import EXTRACTS

HOUSE = Path(__file__).parent
# The files whose texts a committee's report may hold, and those among them that write for the analyst alone.
_FILES = ("comparison/pairs.py", "demo/comparisons.py", "management/goals.py", "metrics/*.py", "publish/*.py")
_INTERNAL = ("index", "issues_over_time", "ivo_", "quality_html", "quality_workbook", "unit_", "watch_")
TEMPLATE = FOLDER / f"{DOMAIN}.pot"
# What marks texts, and which of its arguments they are; of some the first is a context.
_PLACES = {
    "say": (0,), "later": (0,), "within": (0, 1), "later_within": (0, 1), "plural": (0, 1), "one_many": (0, 1),
    "counted": (1, 2),
}  # fmt: skip
_IN_CONTEXT = ("within", "later_within")
_IN_SCRIPT = re.compile(r"""\bsay\((["`/])(.*?)\1g?\)""")
_TEMPLATES = {"trim_blocks": "true", "lstrip_blocks": "true", "extensions": ""}
_WORDS: tuple[type[Enum], ...] = (Status, Direction, ActivityStatus, ControlOutcome, Gap, State, Missing, Mean)
# The lists of codes that are printed: those of plans, answers and results are counted, not named.
_CODES = {
    "referrals": ("kind", "source"), "investigations": ("kind",), "incidents": ("kind", "feedback", "submitter"),
    "followup_plan": ("level", "kind"), "requirements": ("force",),
}  # fmt: skip
# What metrics call the categories that they make themselves.
_CATEGORIES = ("ja", "nej", "okänt", "höjd", "sänkt", "oförändrad", "ej påbörjad", "avbruten")


@dataclass(frozen=True)
class Marked:
    """A text: its one form or its two, which of several meanings, and where it is written."""

    forms: tuple[str, ...]
    where: str
    context: str | None = None


def gathered() -> list[Marked]:
    """Every text, in the order of the house."""
    return [*_in_code(), *_in_templates(), *_in_scripts(), *_of_metrics(), *_of_law(), *_compared(), *_of_contract()]


def template() -> Catalog:
    """The texts as a catalogue without translations."""
    made = Catalog(domain=DOMAIN, project="Tertial", fuzzy=False, charset="utf-8")
    for one in gathered():
        forms = one.forms if len(one.forms) > 1 else one.forms[0]
        made.add(forms, locations=[(one.where, 0)], context=one.context)
    return made


def catalogue_file(language: str) -> Path:
    """Where a language's texts are kept."""
    return FOLDER / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def renew() -> dict[str, int]:
    """Write the template and bring every catalogue up to it; how many texts each still lacks."""
    texts, lacking = template(), {}
    _write(TEMPLATE, texts)
    for language in LANGUAGES:
        file = catalogue_file(language)
        if language != SWEDISH:
            known = read(language) if file.is_file() else Catalog(locale=language, domain=DOMAIN, fuzzy=False)
            known.update(texts, no_fuzzy_matching=True, update_header_comment=False)
            known.obsolete.clear()
            _write(file, known)
            lacking[language] = sum(1 for message in known if message.id and not _is_said(message.string))
    return lacking


def read(language: str) -> Catalog:
    """A language's catalogue as it is kept."""
    with catalogue_file(language).open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


def _is_said(text: str | Sequence[str] | None) -> bool:
    return bool(text) if text is None or isinstance(text, str) else all(text)


def _write(file: Path, texts: Catalog) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as target:
        write_po(target, texts, width=120, include_lineno=False, sort_output=False, ignore_obsolete=True)


# --- marked where they stand ----------------------------------------------------------------------------------------


def _in_code() -> Iterator[Marked]:
    files = (file for pattern in _FILES for file in HOUSE.glob(pattern))
    for file in sorted(files):
        if not file.name.startswith(_INTERNAL):
            yield from _of_calls(ast.parse(file.read_text(encoding="utf-8")), _name(file))


def _of_calls(code: ast.AST, where: str) -> Iterator[Marked]:
    """The texts of calls to what marks texts, also those within f-strings, which babel's own reader passes by."""
    for call in (node for node in ast.walk(code) if isinstance(node, ast.Call)):
        called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        texts = [one.value if isinstance(one, ast.Constant) else None for one in call.args[:3]]
        places = _PLACES.get(called, ())
        if places and all(place < len(texts) and isinstance(texts[place], str) for place in places):
            found = tuple(str(texts[place]) for place in places)
            yield Marked(found[1:], where, found[0]) if called in _IN_CONTEXT else Marked(found, where)


def _in_templates() -> Iterator[Marked]:
    for file in sorted((HOUSE / "publish" / "templates").glob("*.j2")):
        for found in extract_from_file("jinja2", file, keywords={"say": None}, options=_TEMPLATES):
            yield Marked((str(found[1]),), _name(file))


def _in_scripts() -> Iterator[Marked]:
    for file in sorted((HOUSE / "publish" / "templates").glob("*.js")):
        for found in _IN_SCRIPT.finditer(file.read_text(encoding="utf-8")):
            yield Marked((found[2],), _name(file))


def _name(file: Path) -> str:
    return file.relative_to(HOUSE.parent).as_posix()


# --- the definitions' and the contract's own ------------------------------------------------------------------------


def _of_metrics() -> Iterator[Marked]:
    yield from (
        Marked((one,), "pipeline/metrics/catalogue.py") for one in (*catalogue.SECTIONS, *catalogue.QUALITY_AREAS)
    )
    for metric in catalogue.read().values():
        where = f"sql/metrics/{metric.metric_id}.sql"
        yield from (Marked((text,), where) for text in _texts(metric) if text)
        yield Marked(_plain(metric.noun), where)
        yield Marked(_plain((metric.verb, metric.verb)), where)  # one form in Swedish


def _texts(metric: Metric) -> Iterator[str]:
    names = ("title", "question", "numerator", "denominator", "unit", "kind", "owner", "nothing", "limit_name")
    return chain(_plain(getattr(metric, name) for name in names), _plain(metric.choices))


def _of_law() -> Iterator[Marked]:
    for rule in citations.read().values():
        yield from (Marked(_plain([one.text]), "sql/law.toml") for one in rule.cited)


def _compared() -> Iterator[Marked]:
    known = pairs.load()
    yield from (Marked(_plain([heading]), "sql/comparisons.toml") for heading, _ in known.national)
    for pair in known.pairs:
        yield from (
            Marked((text,), "sql/comparisons.toml") for text in _plain((*pair.differences, pair.refused)) if text
        )


def _of_contract() -> Iterator[Marked]:
    words = (word.value for kind in _WORDS for word in kind)
    codes = (code for extract, columns in _CODES.items() for name in columns for code in _codes(extract, name))
    yield from (Marked((text,), "pipeline/model", "extract") for text in EXTRACT_NAMES.values())
    yield from (
        Marked((text,), "pipeline/model") for text in (*words, *codes, *_CATEGORIES) if text not in ("", HIDDEN)
    )


def _codes(extract: str, column: str) -> tuple[str, ...]:
    return next(one.codes for one in EXTRACTS[extract].columns if one.name == column)


def _plain(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(str, texts))


if __name__ == "__main__":
    for language, number in renew().items():
        sys.stdout.write(f"{catalogue_file(language)}: {number} texts are not translated\n")
