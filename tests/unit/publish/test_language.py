"""The words of the report: spelt as the Swedish dictionary has them, none left in English, and easy to read."""

from __future__ import annotations

import ast
import html
import re
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from pipeline.metrics import catalogue
from pipeline.places import ROOT
from pipeline.publish import committee_html, frequencies, sentences, summary
from tests.programs import require_program
from tests.unit.publish import comparison_fakes, fakes

OURS = ROOT / "tests" / "data" / "swedish_words.txt"
DICTIONARY = "sv_SE"
HARDEST = 50  # LIX: 40-50 is a newspaper's, above it the text of authorities
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_NOT_READ = re.compile(r"<(style|script)\b.*?</\1>", re.DOTALL)
_SAID = re.compile(r'\b(?:aria-label|alt|title|data-label|placeholder)="([^"]*)"')
_TAG = re.compile(r"<[^>]*>")
# Names of files, commands, settings, tables, places in a text and sums of control are no words of it.
_NAMES = re.compile(
    r"\S*[/\\_=]\S*|\b[\w-]+\.(?:csv|xlsx|html|md|toml|sql|pdf|tsv|j2)\b|--[\w-]+|\[\w+\]|\{\w*\}"
    r"|tabell quarantine|protected är true|sudo apt \w+ \w+|\b[0-9a-f]{12,}\b"
)
_CODE_OF_METRIC = {
    "metric_id", "sql", "sha256", "kind", "better", "statistics", "judged", "breakdowns", "headline_by", "needs",
    "refines", "summed_by", "law", "kpis", "outcome",
}  # fmt: skip
_SPACED = re.compile("[a-zåäö]{2,} [a-zåäö]")
_FEWEST_WORDS = 2
_MOSTLY = 0.6


def misspelt(texts: Iterable[str]) -> set[str]:
    """The words that neither the dictionary nor our own list knows."""
    require_program("hunspell")
    known = set(OURS.read_text(encoding="utf-8").split("\n"))
    said = {word for text in texts for word in _WORD.findall(_NAMES.sub(" ", text))} - known
    asked = subprocess.run(
        ["hunspell", "-i", "utf-8", "-d", DICTIONARY, "-l"],
        input="\n".join(sorted(said)), capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    if asked.returncode or "Can't open" in asked.stderr:
        pytest.fail(f"the Swedish dictionary is missing: apt install hunspell-sv ({asked.stderr.strip()})")
    return set(asked.stdout.split()) - known


def visible(page: str) -> list[str]:
    """What a page says, to the eye and to the ear."""
    plain = _NOT_READ.sub(" ", page)
    return [html.unescape(one) for one in (*_SAID.findall(plain), *_TAG.sub("\n", plain).split("\n"))]


def constants(file: Path) -> Iterator[str]:
    """The texts of a module, its docstrings left out."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docs = {node.body[0].value for node in ast.walk(tree) if isinstance(node, documented) and _has_doc(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docs:
            yield node.value


def _has_doc(node: ast.Module | ast.ClassDef | ast.FunctionDef) -> bool:
    return bool(node.body) and isinstance(node.body[0], ast.Expr) and isinstance(node.body[0].value, ast.Constant)


def lix(text: str) -> float:
    """Björnsson's measure: words a sentence, and words of more than six letters in a hundred."""
    said = re.findall(r"[^\W_]+(?:-[^\W_]+)*", text)
    ends = len(re.findall(r"[.!?:](?=\s|$)", text))
    return len(said) / ends + 100 * sum(len(word) > 6 for word in said) / len(said)


def test_the_dictionary_knows_swedish_and_takes_english_for_misspelt() -> None:
    assert misspelt(["Utredningar som avslutades inom fyra månader", "barnutredning", "within measurable"]) == {
        "within",
        "measurable",
    }
    assert misspelt(["utredinng", "rapport.html", "sql/metrics/plan_current.sql"]) == {"utredinng"}


def test_our_own_words_are_needed() -> None:
    listed = [line for line in OURS.read_text(encoding="utf-8").split("\n") if line and not line.startswith("#")]
    assert len(listed) == len(set(listed))
    require_program("hunspell")
    asked = subprocess.run(
        ["hunspell", "-i", "utf-8", "-d", DICTIONARY, "-l"],
        input="\n".join(listed), capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert sorted(asked.stdout.split()) == sorted(listed), "the dictionary has these itself"


def test_metrics_are_spelt() -> None:
    texts = [
        text
        for metric in catalogue.read().values()
        for field in fields(metric)
        if field.name not in _CODE_OF_METRIC
        for text in _flat(getattr(metric, field.name))
    ]
    assert len(texts) > 500
    assert misspelt(texts) == set()


def _flat(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _flat(one)


def test_templates_are_spelt() -> None:
    for file in sorted((ROOT / "pipeline" / "publish" / "templates").glob("*.html.j2")):
        written = file.read_text(encoding="utf-8")
        marked = re.findall(r'\bsay\("([^"]*)"', written)
        assert misspelt([*visible(_JINJA.sub(" ", written)), *map(html.unescape, marked)]) == set(), file.name


def test_scripts_are_spelt() -> None:
    for file in sorted((ROOT / "pipeline" / "publish" / "templates").glob("*.js")):
        code = re.sub(r"/\*.*?\*/|^\s*//.*$", " ", file.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
        said = [text for text in re.findall(r'"([^"\\\n]*)"', code) if re.search("[åäöÅÄÖ]|^[A-ZÅÄÖ][a-zåäö]+ ", text)]
        assert misspelt(said) == set(), file.name


def test_texts_in_the_code_are_spelt() -> None:
    """Every text of two words or more that is mostly Swedish; what is English is for developers."""
    said: list[tuple[Path, str, list[str]]] = []
    for file in sorted((ROOT / "pipeline" / "publish").glob("*.py")):
        for text in constants(file):
            found = _WORD.findall(_NAMES.sub(" ", text))
            if len(found) >= _FEWEST_WORDS and _SPACED.search(text) and not text.startswith("In write-only"):
                said.append((file, text, found))
    unknown = misspelt(text for _, text, _ in said)
    swedish = [
        (file.name, sorted(unknown.intersection(found)))
        for file, _, found in said
        if sum(word not in unknown for word in found) >= _MOSTLY * len(found)
    ]
    assert len(swedish) > 300
    assert [(name, faults) for name, faults in swedish if faults] == []


def test_nothing_on_the_page_is_misspelt_or_english() -> None:
    report = fakes.report(demo=True, comparisons=comparison_fakes.comparisons())
    named = {word for key in report.figures.figures for word in _WORD.findall(f"{key.org} {key.category}")}
    named |= {word for account in report.run.inputs for word in _WORD.findall(account.file)}
    named |= set(_WORD.findall(f"{report.config.municipality.name} {report.config.report.contact}"))
    others = {word for one in report.comparisons.deliveries for word in _WORD.findall(one.party.name)}
    invented = {"IFO", "Ekviks", "Exempellän"}  # what the test's own data say
    assert misspelt(visible(committee_html.page(report))) - named - others - invented == set()


def test_the_summary_is_easy_to_read() -> None:
    figures, metrics = fakes.figures(), fakes.metrics()
    told = [*summary.sentences(figures, metrics), frequencies.combined(figures, metrics)]
    assert lix(" ".join(filter(None, told))) < HARDEST
    assert all(lix(text) < HARDEST for text in told if text)


def test_what_the_committee_should_look_at_is_easy_to_read() -> None:
    figures = fakes.figures()
    told = [sentences.together(one.metric, one.figure, figures) for one in summary.attention(figures, fakes.metrics())]
    assert told
    assert lix(" ".join(told)) < HARDEST


def test_readability_is_measured_as_it_is_defined() -> None:
    assert lix("Utredningen ligger på bordet.") == 4 + 25
    assert lix("Ett. Två.") == 1
