"""The oracle against cases worked out by hand: reviews, surveys and vignettes."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from .asking import Ask, Record, category, everything, part, total
from .statistics import wilson

REVIEW = {"review": "Akter", "unit": "Enhet A", "question": "Mål?", "reviewed": "2025-05-01", "answer": "ja"}
SURVEY = {"survey": "Enkät", "unit": "Enhet A", "question": "Nöjd?", "date": "2025-05-01", "answered": "10"}
JUDGEMENT = {"vignette": "Elva år", "question": "Utredning?", "unit": "Enhet A", "date": "2025-05-01", "answer": "ja"}


def review_rows(*answers: str, **change: str) -> list[Record]:
    start = change.pop("start", "")
    return [
        REVIEW | change | {"item_id": f"{start}{number}", "answer": answer} for number, answer in enumerate(answers)
    ]


# Reviews ------------------------------------------------------------------------------------------------------------


def test_reviews_count_answers_that_apply(tmp_path: Path) -> None:
    rows = review_rows("ja", "Ja", "nej", "delvis", "ej aktuellt")
    found = everything(tmp_path, "2025T2", reviews=[*rows, *review_rows("nej", start="x", reviewed="2025-04-30")])
    assert part(found[total("review_fulfilled", "tertial")]) == (2, 4)
    assert part(found[total("review_fulfilled", "ytd")]) == (2, 5)
    assert part(found[category("review_fulfilled", "tertial", "question", "Akter: Mål?")]) == (2, 4)


@pytest.mark.parametrize(
    ("population", "worth"),
    [
        ("19", 20),  # 10 · 18 / 9
        ("100", 11),  # 10 · 99 / 90
        ("", 10),
        ("11", 100),  # 10 · 10 / 1
    ],
)
def test_a_sample_is_worth_more_the_more_of_all_it_takes(ask: Ask, population: str, worth: int) -> None:
    row = ask("review_fulfilled", reviews=review_rows(*["ja", "nej"] * 5, population=population))
    assert (row.numerator, row.denominator, row.value) == (5, 10, Decimal("0.5"))
    assert (row.ci_low, row.ci_high) == wilson(Fraction(worth, 2), worth)


@pytest.mark.parametrize("population", ["10", "9", "0"])
def test_who_asked_all_has_no_uncertainty(ask: Ask, population: str) -> None:
    row = ask("review_fulfilled", reviews=review_rows(*["ja", "nej"] * 5, population=population))
    assert (row.ci_low, row.value, row.ci_high) == (Decimal("0.5"),) * 3


def test_strata_are_added_and_one_unknown_corrects_nothing(tmp_path: Path) -> None:
    first = review_rows("ja", "nej", population="4") + review_rows("ja", start="x", population="7")
    other = review_rows("ja", "nej", unit="Enhet B", population="12")
    unknown = review_rows("ja", "nej", unit="Enhet C")
    key = total("review_fulfilled", "tertial")
    row = everything(tmp_path, "2025T2", reviews=first + other)[key]
    assert part(row) == (3, 5)
    # 7 + 12 = 19 in all: n* = 5 · 18 / 14.
    assert row.ci_low is not None
    assert wilson(3, 5)[0] < row.ci_low < wilson(9, 15)[0]
    row = everything(tmp_path, "2025T2", reviews=first + other + unknown)[key]
    assert (row.ci_low, row.ci_high) == wilson(4, 7)


# Surveys ------------------------------------------------------------------------------------------------------------


def test_rows_an_option_are_one_question(tmp_path: Path) -> None:
    question = SURVEY | {"invited": "20", "positive": "7", "mean": "3,5"}
    rows = [
        *(question | {"option": option} for option in ("ja", "nej")),
        SURVEY | {"option": "vet inte"},
        SURVEY | {"question": "Delaktig?", "answered": "30", "positive": "3", "mean": "2", "invited": ""},
        SURVEY | {"date": "2025-08-31", "unit": "Enhet B", "answered": "5", "invited": "6"},
        SURVEY | {"date": "2025-09-01", "positive": "1"},
    ]
    found = everything(tmp_path, "2025T2", surveys=rows)
    assert part(found[total("survey_positive", "tertial")]) == (10, 40)
    assert part(found[category("survey_positive", "tertial", "question", "Enkät: Nöjd?")]) == (7, 10)
    mean = found[total("survey_mean", "tertial", "mean")]
    assert (mean.denominator, mean.value) == (40, Decimal("2.38"))  # (10 · 3.5 + 30 · 2) / 40 = 2.375
    assert part(found[total("survey_response_rate", "tertial")]) == (15, 26)
    assert part(found[category("survey_response_rate", "tertial", "survey", "Enkät")]) == (15, 26)


def test_a_unit_of_a_survey_is_asked_once_its_largest(ask: Ask) -> None:
    rows = [
        SURVEY | {"invited": "20", "answered": "9"},
        SURVEY | {"invited": "19", "answered": "11", "question": "Delaktig?"},
        SURVEY | {"invited": "18", "answered": "12", "date": "2025-05-02"},
        SURVEY | {"invited": "8", "answered": "2", "survey": "En annan"},
    ]
    assert part(ask("survey_response_rate", surveys=rows)) == (14, 28)


# Vignettes ----------------------------------------------------------------------------------------------------------


def judgements(*answers: str, question: str = "Utredning?", unit: str = "Enhet A", first: int = 0) -> list[Record]:
    return [
        JUDGEMENT | {"question": question, "rater": f"H{first + number}", "unit": unit, "answer": answer}
        for number, answer in enumerate(answers)
        if answer
    ]


def agreement(ask: Ask, *rows: list[Record]) -> tuple[object, ...]:
    tables = {"vignettes": [row for some in rows for row in some]}
    alpha = ask("rater_agreement", statistic="alpha", **tables)
    agreeing = ask("rater_agreement", statistic="agreement", **tables)
    assert (alpha.numerator, alpha.denominator) == (None, agreeing.denominator)
    assert agreeing.ci_low is agreeing.ci_high is alpha.ci_low is None
    return alpha.value, *part(agreeing), agreeing.value


def test_raters_who_judge_alike_unlike_and_alone(ask: Ask) -> None:
    assert agreement(ask, judgements("ja", "Ja", "ja"), judgements("nej", "nej", question="Oro?")) == (1, 4, 4, 1)
    # Pairs ja-ja, ja-nej, ja-nej; o = 2, n = 3, margins 2 and 1: 1 − 2 · 2 / 4 = 0.
    assert agreement(ask, judgements("ja", "ja", "nej")) == (0, 1, 3, Decimal("0.333333"))
    assert agreement(ask, judgements("ja", "nej")) == (0, 0, 1, 0)
    assert agreement(ask, judgements("ja", "ja")) == (None, 1, 1, 1)
    assert agreement(ask, judgements("ja"), judgements("nej", question="Oro?")) == (None, 0, 0, None)


def test_raters_are_compared_with_those_of_their_unit(tmp_path: Path) -> None:
    rows = judgements("ja", "ja") + judgements("nej", unit="Enhet B", first=2)
    rows.append(rows[0] | {"rater": "H9", "date": "2025-04-30"})
    found = everything(tmp_path, "2025T2", vignettes=rows)
    pairs = {
        key[4]: part(row)
        for key, row in found.items()
        if key[:3] == ("rater_agreement", "agreement", "tertial") and not key[5] and key[3] != 2
    }
    assert pairs == {"Socialnämnden": (1, 3), "Enhet A": (1, 1), "Enhet B": (0, 0)}
