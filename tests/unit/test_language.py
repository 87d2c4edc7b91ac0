"""Texts that are said in the language of the report: Swedish as it stands, English from a catalogue that is whole."""

from __future__ import annotations

import copy
import re
import subprocess
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Catalog

from pipeline import language, wording
from pipeline.language import Text, later, later_within, one_many, plural, say, speaking, within
from pipeline.places import ROOT
from pipeline.publish import forms, html
from tests.programs import require_program

ENGLISH = ROOT / "tests" / "data" / "english_words.txt"
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_SWEDISH = {"och", "av"}  # which the English dictionary has for other reasons
_PLACE = re.compile(r"(?<!\$)\{(\w+)\}")
_IN_SCRIPT = re.compile(r"\$\{")
# How numbers and days are recognised in scripts is no text; marks of places and signs are no words.
_PATTERN = re.compile(r"[\\^$]|\[ ,\]|\(\?")
_NOT_WORDS = re.compile(r"\{\w*\}|&\w+;|&[PN]\b|\$\{[^}]*\}|\b[\w-]+\.csv\b|\bCtrl\+C\b")


def unknown_to_english(texts: list[str]) -> set[str]:
    """The words that neither the English dictionary nor our own list knows."""
    require_program("hunspell")
    known = set(ENGLISH.read_text(encoding="utf-8").split("\n"))
    swedish = {word for text in texts for word in _WORD.findall(text)} & _SWEDISH
    said = {word for text in texts for word in _WORD.findall(_NOT_WORDS.sub(" ", text))} - known
    asked = subprocess.run(
        ["hunspell", "-i", "utf-8", "-d", "en_US", "-l"],
        input="\n".join(sorted(said)), capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    if asked.returncode or "Can't open" in asked.stderr:
        pytest.fail(f"the English dictionary is missing: apt install hunspell-en-us ({asked.stderr.strip()})")
    small = {word.casefold() for word in known}
    return {word for word in asked.stdout.split() if word.casefold() not in small} | swedish


def _strings(catalogue: Catalog) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    for message in catalogue:
        if message.id:
            yield _several(message.id), _several(message.string)


def _several(text: object) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())  # type: ignore[arg-type]


class TestCatalogue:
    def test_has_every_text_and_no_other(self) -> None:
        gathered = {(message.context, message.id) for message in wording.template() if message.id}
        kept = {(message.context, message.id) for message in wording.read("en") if message.id}
        assert kept - gathered == set(), "make texts"
        assert gathered - kept == set(), "make texts"
        assert not wording.read("en").obsolete

    def test_the_template_is_fresh(self, tmp_path: object) -> None:
        kept = wording.TEMPLATE.read_text(encoding="utf-8")
        assert all(f'"{line}' in kept for line in ("Project-Id-Version", "Content-Type"))
        assert kept.count("\nmsgid ") == len([one for one in wording.template() if one.id]) + 1, "make texts"

    def test_translates_everything_for_certain(self) -> None:
        catalogue = wording.read("en")
        assert [message.id for message in catalogue if message.id and message.fuzzy] == []
        assert [forms for forms, said in _strings(catalogue) if not said or not all(said)] == []

    def test_has_the_same_places_in_both_languages(self) -> None:
        for swedish, english in _strings(wording.read("en")):
            # Each English form is filled with what the Swedish text of its number is.
            places = [set(_PLACE.findall(text)) for text in swedish]
            for at, text in enumerate(english):
                assert set(_PLACE.findall(text)) == places[min(at, len(places) - 1)], (swedish, text)
                assert len(_IN_SCRIPT.findall(text)) == len(_IN_SCRIPT.findall(swedish[0])), (swedish, text)

    def test_is_spelt(self) -> None:
        texts = [text for _, said in _strings(wording.read("en")) for text in said if not _PATTERN.search(text)]
        assert len(texts) > 1500
        assert unknown_to_english(texts) == set()

    def test_a_hidden_figure_is_called_the_same_everywhere(self) -> None:
        hidden = [text for forms, said in _strings(wording.read("en")) if "skydda" in forms[0] for text in said]
        assert sum("hidden" in text.lower() for text in hidden) > 10
        called = [text for text in hidden if re.search(r"\bprotected\b(?! identity)", text, re.IGNORECASE)]
        assert called == ["How individuals are protected"]

    def test_our_own_english_words_are_needed(self) -> None:
        listed = [one for one in ENGLISH.read_text(encoding="utf-8").split("\n") if one and not one.startswith("#")]
        assert listed == sorted(set(listed), key=str.casefold)

    def test_the_dictionary_takes_swedish_for_misspelt(self) -> None:
        assert unknown_to_english(["measures for the committee", "utredningar och"]) == {"utredningar", "och"}

    def test_texts_in_f_strings_are_gathered(self) -> None:
        import ast

        code = ast.parse("f\"{say('Inledda')} {later('Avslutade')} {forms.counted(n, 'dag', 'dagar')}\"")
        found = [one.forms for one in wording._of_calls(code, "here")]
        assert sorted(found) == [("Avslutade",), ("Inledda",), ("dag", "dagar")]

    def test_templates_say_nothing_but_what_is_written_in_them(self) -> None:
        """What `say` gives in a template is not escaped, so that no value may be given to it as a text."""
        for file in sorted(html.TEMPLATES.glob("*.j2")):
            calls = re.findall(r"\bsay\((.)", file.read_text(encoding="utf-8"))
            assert set(calls) <= {'"'}, file.name


class TestSaying:
    def test_swedish_stands_as_it_is_written(self) -> None:
        assert say("Målet på {goal} är uppfyllt.", goal="minst 90 %") == "Målet på minst 90 % är uppfyllt."
        assert plural("dag", "dagar", 1) == "dag"
        assert within("goals", "Mål") == "Mål"
        assert language.code() == "sv"

    def test_english_is_said_inside_alone(self) -> None:
        with speaking("en"):
            assert say("Målet på {goal} är uppfyllt.", goal="at least 90%") == "The target of at least 90% is met."
            assert (within("goals", "Mål"), within("goal", "Mål"), say("Mål")) == ("Goals", "Goal", "Target")
            assert language.code() == "en"
        assert say("Mål") == "Mål"

    def test_what_is_not_ours_stands(self) -> None:
        with speaking("en"):
            assert say("Utredningsgruppen Norr") == "Utredningsgruppen Norr"
            assert say("") == ""
            assert plural("flaska", "flaskor", 3) == "flaskor"

    def test_a_language_without_a_catalogue_is_refused(self) -> None:
        with pytest.raises(ValueError, match="fi"), speaking("fi"):
            pass

    def test_plurals_follow_the_number(self) -> None:
        one, many = one_many("utredning", "utredningar")
        with speaking("en"):
            told = [plural(one, many, number) for number in (0, 1, 1.5, 2)]
            assert told == ["investigations", "investigation", "investigations", "investigations"]

    def test_a_form_of_a_plural_is_said_alone_too(self) -> None:
        with speaking("en"):
            assert str(later("skyddad")) == "hidden"


class TestLater:
    def test_is_said_where_it_is_printed(self) -> None:
        text = later("Utfall")
        with speaking("en"):
            assert (str(text), f"{text}:", forms.capital(text)) == ("Result", "Result:", "Result")
            assert html._environment().from_string("<p>{{ text }}</p>").render(text=text) == "<p>Result</p>"
            assert text == "Utfall"
        assert str(text) == "Utfall"

    def test_fills_its_places_in_either_language(self) -> None:
        text = later("Ingen fil med {extract} har levererats.", extract=later_within("extract", "aktiviteter"))
        assert text == "Ingen fil med aktiviteter har levererats."
        with speaking("en"):
            assert str(text) == "No file with activities has been delivered."

    def test_is_the_same_after_being_put_away(self) -> None:
        text = copy.deepcopy(later("{why}, och målet {target} är nytt", why="A", target="B"))
        assert isinstance(text, Text)
        with speaking("en"):
            assert str(text) == "A, and the target B is new"


class TestForms:
    def test_numbers_and_days_follow_the_language(self) -> None:
        from datetime import date

        with speaking("en"):
            assert forms.number(1234.5, 1) == "1,234.5"
            assert forms.percent(0.741) == "74%"
            assert forms.day(date(2026, 8, 31)) == "31\N{NO-BREAK SPACE}August 2026"
            assert forms.part_of(97, 131) == "97\N{NO-BREAK SPACE}of\N{NO-BREAK SPACE}131"
            assert forms.points(-0.01) == "−1\N{NO-BREAK SPACE}percentage point"
            assert forms.listed(["a", "b", "c"]) == "a, b and c"


def test_scripts_are_said_too() -> None:
    with speaking("en"):
        tables, selection, charts = (html.script(name) for name in ("tables.js", "selection.js", "charts.js"))
    assert 'copy: "Copy table"' in tables
    assert r"text.match(/\d[\d,]*(\.\d+)?/)" in tables
    assert "`Showing ${seen} of ${metrics.length} measures:" in selection
    assert 'decimal: "."' in charts
    assert all(not re.search("[åäöÅÄÖ]|say\\(", script) for script in (tables, selection, charts))


def test_a_swedish_configuration_has_the_hash_that_it_had_before_there_was_a_choice() -> None:
    from pipeline import config

    swedish = config.load()
    english = swedish.model_copy(update={"report": swedish.report.model_copy(update={"language": "en"})})
    assert "language" not in _dumped(swedish)
    assert config.fingerprint(swedish) != config.fingerprint(english)


def _dumped(given: object) -> str:
    import json
    from unittest import mock

    from pipeline.config import hashing

    with mock.patch.object(hashing.json, "dumps", wraps=json.dumps) as dumps:
        hashing.fingerprint(given)  # type: ignore[arg-type]
    return str(dumps.call_args[0][0]["report"])
