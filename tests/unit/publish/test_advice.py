"""Every rule that a row, file or delivery may break is called something, and can be mended somehow."""

import pytest

from pipeline.loading import severities
from pipeline.publish import advice
from pipeline.schemas import EXTRACTS

RULES = sorted({name for extract in EXTRACTS.values() for name in severities.rules_of(extract)})


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_advice_of_its_own(rule: str):
    assert advice.of(rule) is not advice.OTHER
    assert advice.of(rule).cure.endswith(".")


@pytest.mark.parametrize(
    ("rule", "title"),
    [
        ("closed_before_opened", "Datum i fel ordning"),
        ("measurable_goals_over_goals", "Antal som inte går ihop"),
        ("missing", "Obligatorisk uppgift saknas"),
        ("established_missing", "Uppgift som borde finnas saknas"),
        ("register_missing", "Enhetsregistret saknas"),
        ("a_rule_of_tomorrow", "Annat fel"),
    ],
)
def test_rules_across_columns_are_known_by_their_names(rule: str, title: str):
    assert advice.of(rule).title == title


def test_no_two_of_them_are_called_the_same():
    titles = [one.title for one in advice._ADVICE.values()]
    assert len(set(titles)) == len(titles)
