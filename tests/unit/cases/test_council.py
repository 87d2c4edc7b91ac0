"""What the council is told: sums that agree, bands by the day, and no small group."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pipeline.cases import council
from pipeline.config import Ivo
from pipeline.model.cases import CouncilStatistics, Reported, Unexecuted, UnexecutedDecision
from pipeline.periods import Period
from tests.unit import builders

Q3 = Period.parse("2026Q3")
ROW = UnexecutedDecision(
    decision_id="b", person="p", state=Reported.NEW, is_interruption=False, law="SoL", service="Hemtjänst",
    decided=date(2026, 6, 1), days=121, partly=None, is_partly=False, interrupted=None, offer_made=None,
    offer_declined=None, done=None, delay_reason="", end_reason="", unit="Bistånd", area="Äldreomsorg",
    gender="kvinna", is_protected=False, citations=(),
)  # fmt: skip


def statistics(*rows: UnexecutedDecision, **config: object) -> CouncilStatistics:
    found = Unexecuted(Q3, rows, before=3, reported_from=Q3.ends, reported_to=Q3.ends, delivered=Q3.ends, has_flag=True)
    return council(found, builders.config().model_copy(update=config))


def table(found: CouncilStatistics, title: str) -> dict[str, int | None]:
    (one,) = (one for one in found.tables if one.title == title)
    return {row.label: row.count for row in one.rows}


def many(count: int, **changes: object) -> list[UnexecutedDecision]:
    return [replace(ROW, decision_id=f"{changes} {n}", **changes) for n in range(count)]  # type: ignore[arg-type]


def test_only_those_that_still_wait_are_counted() -> None:
    found = statistics(*many(6), *many(9, state=Reported.EXECUTED), *many(5, state=Reported.WAITING, is_protected=True))
    assert (found.total, found.before) == (11, 3)
    assert table(found, "Kvinnor och män") == {"Kvinnor": 11, "Män": 0}


def test_days_fall_in_the_band_that_they_reach() -> None:
    days = (90, 91, 180, 181, 365, 366, 4000)
    found = statistics(*(row for day in days for row in many(5, days=day)))
    assert table(found, "Tid sedan beslutet") == {"91–180 dagar": 15, "181–365 dagar": 10, "mer än 365 dagar": 10}
    found = statistics(*many(5, days=99), *many(6, days=100), ivo=Ivo(bands=(91, 100)))
    assert table(found, "Tid sedan beslutet") == {"91–99 dagar": 5, "mer än 99 dagar": 6}


@pytest.mark.parametrize(("men", "told"), [(8, {}), (9, {"Kvinnor": 20, "Män": 10})])
def test_a_group_with_somebody_protected_must_be_larger(men: int, told: dict[str, int | None]) -> None:
    secret = many(1, gender="man", is_protected=True)
    assert table(statistics(*many(20), *many(men + 1, gender="man")), "Kvinnor och män")["Män"] == men + 1
    assert table(statistics(*many(20), *many(men, gender="man"), *secret), "Kvinnor och män") == told


def test_who_is_protected_and_waits_no_more_hides_nothing() -> None:
    over = many(1, gender="man", is_protected=True, state=Reported.EXECUTED)
    assert table(statistics(*many(20), *many(6, gender="man"), *over), "Kvinnor och män") == {"Kvinnor": 20, "Män": 6}


def test_a_small_group_hides_another_and_a_rare_service_is_not_named() -> None:
    found = statistics(
        *many(20), *many(12, gender="man", service="Boendestöd"), *many(3, gender="man", service="Kontaktfamilj"),
        *many(2, service="Ledsagning"),
    )  # fmt: skip
    assert table(found, "Kvinnor och män") == {"Kvinnor": 22, "Män": 15}
    services = table(found, "Typ av insats")
    assert services == {"Hemtjänst (SoL)": 20, "Boendestöd (SoL)": 12, "Övriga insatser": None}


def test_a_small_law_cannot_be_told_from_its_services() -> None:
    found = statistics(*many(20), *many(12, service="Boendestöd"), *many(3, law="LSS", service="Ledsagning"))
    assert table(found, "Lag") == {}
    assert table(found, "Typ av insats") == {"Hemtjänst (SoL)": 20, "Övriga insatser": None}


def test_of_very_few_nothing_but_the_total_is_told() -> None:
    found = statistics(*many(4))
    assert (found.total, found.is_divided, [one.rows for one in found.tables]) == (4, False, [()] * 5)
    assert (statistics().total, statistics().tables) == (0, ())


def test_an_unknown_sex_has_a_row_of_its_own() -> None:
    found = statistics(*many(6), *many(7, gender="man"), *many(8, gender="okänt"))
    assert table(found, "Kvinnor och män") == {"Kvinnor": 6, "Män": 7, "Okänt kön": 8}
