"""What the documents promise: commands that exist, and terms, metrics and columns that are explained."""

import re
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
import typer

import pipeline
from pipeline import errors
from pipeline.cli import app
from pipeline.metrics import catalogue
from pipeline.places import ROOT
from pipeline.schemas import EXTRACTS
from pipeline.sources import profiles
from tests.contract_metrics import EXPECTED

README = (ROOT / "README.md").read_text(encoding="utf-8")
RUNBOOK = (ROOT / "docs" / "run-a-tertial.md").read_text(encoding="utf-8")
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^(\w+):", MAKEFILE, re.MULTILINE))
COMMANDS = set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
MODULES = sorted(
    module.name for module in walk_packages(pipeline.__path__, "pipeline.") if "__main__" not in module.name
)
# What readers might meet for a thing that has another word in the glossary → that word.
OTHER_WORDS = {
    r"\buttag": "utdrag",
    r"\bavvisa": "underkänd",
    r"\bkassera": "underkänd",
    r"\b(in)?ladda[drst]": "inläst",
    r"\bnyare leverans": "ersatt",
}


def documents() -> list[Path]:
    return [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]


def spoken() -> list[Path]:
    """Every file with words for a reader, less the invented municipality, which speaks as a case system does."""
    code = [file for file in (ROOT / "pipeline").rglob("*.*") if file.suffix in (".py", ".j2", ".toml", ".js")]
    invented = ROOT / "pipeline" / "demo"
    return sorted([*documents(), *(ROOT / "sql").rglob("*.sql"), *(f for f in code if invented not in f.parents)])


@pytest.mark.parametrize("file", documents(), ids=lambda file: file.name)
def test_commands_in_a_document_exist(file: Path):
    text = file.read_text(encoding="utf-8")
    assert set(re.findall(r"`make (\w+)", text)) <= TARGETS
    assert set(re.findall(r"python -m pipeline ([\w-]+)", text)) <= COMMANDS


@pytest.mark.parametrize("file", documents(), ids=lambda file: file.name)
def test_links_in_a_document_lead_somewhere(file: Path):
    for link in re.findall(r"\]\(([^)#]+)\)", file.read_text(encoding="utf-8")):
        assert (file.parent / link).exists(), link


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_stands_in_the_readme_and_the_runbook(command: str):
    assert f"python -m pipeline {command}" in README
    assert f"python -m pipeline {command}" in RUNBOOK


def test_the_exit_codes_are_told():
    codes = {kind.exit_code for kind in errors.UserFault.__subclasses__()}
    for code in codes | {0, 1}:
        assert f"| {code} | " in RUNBOOK
        assert re.search(rf"[:·] {code} ", README)


def test_every_target_is_one_line_and_says_what_it_does():
    for name, rest in re.findall(r"^(\w+):(.*(?:\n\t.*)*)", MAKEFILE, re.MULTILINE):
        assert "##" in rest, name
        assert rest.count("\n\t") == (0 if name == "check" else 1), name


@pytest.mark.parametrize("extract", EXTRACTS.values(), ids=lambda extract: extract.name)
def test_every_column_is_explained_under_its_heading(extract):
    section = GLOSSARY.split(f"· `{extract.name}` ·")[1].split("###")[0]
    headings = profiles.load().headings[extract.name] | profiles.load().headings["common"]
    for column in extract.columns:
        mark = r"\*" if column.required else ""
        row = f"| {headings[column.name][0]}{mark} | `{column.name}` |"
        common = column.name in profiles.load().headings["common"]
        assert row in (GLOSSARY if common else section)


def test_every_metric_of_the_contract_is_named_and_explained():
    known = catalogue.read()
    for metric in (known[name] for name in EXPECTED):
        assert f"| {metric.title} | `{metric.metric_id}` |" in GLOSSARY


@pytest.mark.parametrize("file", spoken(), ids=lambda file: file.name)
def test_one_thing_has_one_word(file: Path):
    text = file.read_text(encoding="utf-8")
    assert {other: word for other, word in OTHER_WORDS.items() if re.search(other, text, re.IGNORECASE)} == {}


@pytest.mark.parametrize("word", sorted(set(OTHER_WORDS.values())))
def test_the_word_that_was_chosen_is_explained(word: str):
    assert f"\n| {word} | `" in GLOSSARY


@pytest.mark.parametrize("name", MODULES)
def test_every_module_says_what_it_is_for(name: str):
    assert (import_module(name).__doc__ or "").strip()
