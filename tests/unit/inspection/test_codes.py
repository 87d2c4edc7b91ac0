import pytest

from pipeline.inspection import cells, codes
from pipeline.inspection.cells import FEW
from pipeline.inspection.codes import CodeGuess
from pipeline.inspection.vocabulary import Vocabulary
from pipeline.schemas import EXTRACTS
from tests.unit.inspection.looking import PERSON

RESULT = EXTRACTS["decisions"]["result"]


def guesses(words: Vocabulary, *texts: str) -> dict[str, CodeGuess]:
    return {guess.text: guess for guess in codes.guesses("decisions", RESULT, cells.count(texts), words)}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Bifallsbeslut", "bifall"),
        ("B", "bifall"),
        ("granted", "bifall"),
        ("Bifallsbslut", "bifall"),
        ("Bifall, delvis", "delvis bifall"),
        ("a) Granted", "bifall"),
        ("D2: Refused", "avslag"),
        ("RC1 - Bifall", "bifall"),
        ("Bifall enligt ansökan", "bifall"),
        ("Delvis  beviljad", "delvis bifall"),
        ("myönnetty", "bifall"),
        ("Avslagsbeslutt", "avslag"),
    ],
)
def test_a_text_is_taken_for_the_code_it_is_like(words: Vocabulary, text: str, code: str):
    guess = guesses(words, text)[" ".join(text.split())]
    assert (guess.code, guess.is_sure) == (code, True)
    assert guess.confidence < 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a) Male", "man"),
        ("b) Female", "kvinna"),
        ("1) male", "man"),
        ("M: Male", "man"),
        ("F - Female", "kvinna"),
        ("Femal", ""),
        ("Females", "kvinna"),
        ("Males", "man"),
        ("malé", ""),
    ],
)
def test_a_girl_is_never_taken_for_a_boy(words: Vocabulary, text: str, code: str):
    column = EXTRACTS["referrals"]["gender"]
    (guess,) = codes.guesses("referrals", column, cells.count([text]), words)
    assert guess.code == code


@pytest.mark.parametrize("text", ["Bifal", "Avslg", "no grant", "Ej bifall", "Unapproved", "Ej beviljat alls"])
def test_short_texts_and_opposites_are_not_told_by_their_spelling(words: Vocabulary, text: str):
    assert guesses(words, text)[text].code in ("", "avslag")


@pytest.mark.parametrize(("text", "code"), [("a) Yes", "ja"), ("b) No", "nej"), ("a) ja", "ja"), ("yes", "ja")])
def test_an_answer_may_be_numbered(words: Vocabulary, text: str, code: str):
    column = EXTRACTS["referrals"]["special_reasons"]
    (guess,) = codes.guesses("referrals", column, cells.count([text]), words)
    assert (guess.code, guess.is_sure) == (code, True)


def test_what_is_read_without_help_needs_no_guess(words: Vocabulary):
    assert guesses(words, "Bifall", "DELVIS BIFALL", "avslag") == {}


def test_what_is_like_nothing_is_told_as_unknown(words: Vocabulary):
    assert guesses(words, "Vilande", "Vilande")["Vilande"] == CodeGuess("Vilande", 2, "", 0.0)


@pytest.mark.parametrize("text", [PERSON, "Anna Svensson", "ring 070-1234567", "anna@example.org", "x" * 61])
def test_what_may_tell_who_somebody_is_is_left_out(words: Vocabulary, text: str):
    assert guesses(words, "bifall", text) == {}


def test_a_column_of_many_texts_holds_no_codes(words: Vocabulary):
    many = [f"text nummer {number}" for number in range(FEW + 1)]
    assert guesses(words, *many, *many, *many) == {}


def test_every_foreign_word_belongs_to_the_contract(words: Vocabulary):
    for extract in EXTRACTS.values():
        for column in extract.columns:
            assert words.words(extract.name, column.name), f"{extract.name}.{column.name} has no heading"
