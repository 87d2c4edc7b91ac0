import pytest

from pipeline.inspection import concepts

KNOWN = concepts.load()


def alike(one: str, other: str, extract: str = "investigations") -> float:
    return KNOWN.alike(KNOWN.phrase(one), KNOWN.phrase(other), extract)


def test_every_word_has_one_meaning_and_none_that_is_ignored_has_any():
    assert not KNOWN.ignored & KNOWN.by_word.keys()
    assert all(word == word.casefold() and " " not in word for word in KNOWN.by_word)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Utredningsstart", {"investigation", "start"}),
        ("AssessmentStartDate", {"investigation", "start", "date"}),
        ("Date of the Referral", {"date", "referral"}),
        ("lähetepäivä", {"referral", "date"}),
        ("Utredningg", {"investigation"}),
        ("CINreferralDate", {"referral", "date"}),
        ("CINclosureDate", {"end", "date"}),
        ("CINPlanStartDate", {"plan", "start", "date"}),
        ("ReferralNFA", {"referral", "outcome"}),
        ("DateOfInitialCPC", {"date", "initial", "cpc"}),
        ("S47ActualStartDate", {"actual", "start", "date"}),
        ("LAchildID", {"person", "id"}),
        ("ADatum", {"date"}),
        ("Xyzzy", {"xyzzy"}),
        ("", set()),
    ],
)
def test_a_heading_is_taken_apart_into_what_its_words_mean(text: str, expected: set[str]):
    assert KNOWN.phrase(text).concepts == expected


def test_a_word_of_four_letters_is_not_taken_for_a_misspelt_one():
    assert KNOWN.phrase("dtum").concepts == {"dtum"}


def test_the_same_heading_is_certain_whatever_its_signs():
    assert alike("UTREDNINGS_ID", "Utrednings-ID") == 1.0


def test_words_of_the_same_meaning_are_nearly_the_same():
    assert 0.9 < alike("Completed date", "Slutdatum") < 1.0


def test_headings_that_only_share_the_extracts_noun_are_not_alike():
    assert alike("Utredning start", "Utredning resultat") < 0.5


def test_ids_of_different_things_are_told_apart():
    assert alike("Referral ID", "Investigation ID") < alike("Assessment ID", "Investigation ID")


def test_a_files_name_tells_of_an_extract():
    assert KNOWN.names("Assessments_2026-09-01", "investigations")
    assert not KNOWN.names("Assessments_2026-09-01", "plans")


def test_every_noun_and_weight_is_a_concept():
    every = set(KNOWN.by_word.values())
    assert set().union(*KNOWN.nouns.values()) <= every
    assert set(KNOWN.weights) <= every
