from pipeline.config import Disclosure, Limits, Together
from pipeline.publish import terms, words
from tests.unit.publish import fakes

NBSP = "\N{NO-BREAK SPACE}"


def limits(**changes: object) -> dict[str, str]:
    return dict(terms.limits(fakes.config(limits=Limits(**changes))))  # type: ignore[arg-type]


def test_every_limit_of_the_configuration_is_told():
    assert set(terms._limits(Limits())) == set(Limits.model_fields)


def test_lists_are_texts_and_an_empty_one_says_so():
    told = limits(plan_exempt_services=("trygghetslarm", "matdistribution"), plan_exempt_areas=())
    assert told["Insatser som inte kräver genomförandeplan"] == "trygghetslarm och matdistribution"
    assert told["Områden som inte kräver genomförandeplan"] == "inga"


def test_months_by_area_start_with_those_of_all_others():
    told = limits(plan_current_months={"Äldreomsorg": 6, "default": 12, "LSS": 1})
    assert told["Så länge är en genomförandeplan aktuell"] == (
        f"12{NBSP}månader; Äldreomsorg 6{NBSP}månader; LSS 1{NBSP}månad"
    )


def test_one_of_something_is_singular():
    told = limits(plan_grace_days=1, near_points=1)
    assert told["Tid från verkställighet tills en insats ska ha en genomförandeplan"] == f"1{NBSP}dag"
    assert told["Nästan uppfyllt, andelar: längst från målet"] == f"1{NBSP}procentenhet"


def test_the_interval_is_explained_with_the_words_of_the_workbook():
    assert dict(terms.concepts(fakes.config()))["Osäkerhet, 95 %"] == words.INTERVAL


def test_the_rule_that_is_told_is_the_rule_that_hides() -> None:
    default = terms.hidden_groups(fakes.config(disclosure=Disclosure(rule="default")))
    strict = terms.hidden_groups(fakes.config(disclosure=Disclosure(rule="strict", smallest=4)))
    assert "Grupper på 1–4 visas inte" in default
    assert "alla eller ingen" not in default
    assert "Grupper på 1–3 visas inte" in strict
    assert "när 1–3 har eller saknar" in strict
    assert "färre än 10" in strict
    assert "på färre än 4 visas inte alls" in strict


def test_a_report_of_many_tells_its_own_rule() -> None:
    told = fakes.config(disclosure=Together())
    assert "varje kommun visar sin del" in terms.hidden_groups(told)
    assert "bara det som går att räkna ut av det" in terms.proved(told)
    assert "tidigare rapporter" in terms.proved(fakes.config())
