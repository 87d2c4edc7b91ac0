"""What saved questions say of figures: those of the report, found again among the figures as they were computed."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from pipeline.metrics import catalogue
from pipeline.model import Figure, Key, Status
from pipeline.questions import saved
from tests.contracts.conftest import Built
from tests.contracts.test_saved_queries import CHOSEN, ask

CATALOGUE = catalogue.read()
HERE = Path(__file__).parent


def judged(built: Built, **wanted: Any) -> dict[Key, Figure]:
    """Figures of the judged statistic whose keys have those parts; totals unless a breakdown is wanted."""
    wanted = {"breakdown": "", **wanted}
    return {
        key: one
        for key, one in built.figures.figures.items()
        if key.statistic == CATALOGUE[key.metric].judged
        and all(getattr(key, name) == value for name, value in wanted.items())
    }


def is_report(built: Built, key: Key) -> bool:
    return built.figures.windows[key.window].series == "report"


def test_every_saved_question_is_tried() -> None:
    """By meaning, that is: in one of the files that hold what they say against something else."""
    texts = "".join(file.read_text(encoding="utf-8") for file in HERE.glob("test_saved_queries*.py"))
    assert [name for name in saved.read_all() if f'ask(asked, "{name}"' not in texts] == []
    assert len(saved.read_all()) >= 24


def test_a_metric_month_by_month(asked: Built) -> None:
    name = CHOSEN["metric_month_by_month"]["metric"]
    found = ask(asked, "metric_month_by_month")
    told = {
        asked.figures.windows[key.window].ends: (one.numerator, one.denominator, one.value)
        for key, one in judged(asked, metric=name, level=1).items()
        if asked.figures.windows[key.window].series == "month"
    }
    assert len(found) == 24
    assert {row["ends"]: (row["numerator"], row["denominator"], row["value"]) for row in found} == told
    assert [row["ends"] for row in found] == sorted(told)
    for before, row in pairwise(found):
        if None not in (before["value"], row["value"]):
            assert row["difference"] == pytest.approx(row["value"] - before["value"])


def test_women_and_men(asked: Built) -> None:
    (row,) = ask(asked, "women_and_men", window_kind="stock")
    told = judged(asked, metric="plan_current", level=1, breakdown="gender", window="stock")
    women, men = (next(one for key, one in told.items() if key.category == category) for category in ("kvinna", "man"))
    assert (row["women"], row["value_of_women"]) == (women.denominator, women.value)
    assert (row["men"], row["value_of_men"]) == (men.denominator, men.value)
    assert women.value is not None
    assert men.value is not None
    assert row["difference"] == pytest.approx(women.value - men.value)


def test_own_and_private(asked: Built) -> None:
    told = judged(asked, metric="plan_current", level=1, breakdown="provider_type", window="stock")
    expected = {
        key.category: (one.numerator, one.denominator, one.value) for key, one in told.items() if one.denominator
    }
    found = ask(asked, "own_and_private")
    assert set(expected) >= {"egen", "privat"}
    assert {row["provider_type"]: (row["numerator"], row["denominator"], row["value"]) for row in found} == expected


def test_figures_against_their_targets(asked: Built) -> None:
    told = {
        (key.metric, key.window): one
        for key, one in judged(asked, level=1).items()
        if is_report(asked, key) and one.target is not None and one.value is not None
    }
    found = ask(asked, "figures_against_target")
    assert {(row["metric"], row["window_kind"]): row["status"] for row in found} == {
        place: one.status and one.status.value for place, one in told.items()
    }
    for row in found:
        one = told[row["metric"], row["window_kind"]]
        assert one.value is not None
        assert one.target is not None
        is_met = one.value <= one.target if CATALOGUE[row["metric"]].better == "lower" else one.value >= one.target
        assert (row["ahead_of_target"] >= 0) == is_met
        if row["status"] == Status.MET.value:
            assert is_met
    missed = ask(asked, "figures_against_target", status="Inte uppfyllt")
    assert missed == [row for row in found if row["status"] == "inte uppfyllt"]
    assert missed


def test_a_units_figures_beside_the_committees(asked: Built) -> None:
    unit = CHOSEN["unit_figures"]["unit"]
    whole = {(key.metric, key.window): one.value for key, one in judged(asked, level=1).items()}
    told = {
        # What was delivered with decimals is kept whole in the database.
        (key.metric, key.window): (
            one.numerator and round(one.numerator),
            one.denominator,
            one.value,
            whole[key.metric, key.window],
        )
        for key, one in judged(asked, level=3, org=unit).items()
        if is_report(asked, key) and one.denominator
    }  # fmt: skip
    found = ask(asked, "unit_figures", unit=unit.upper())
    assert len(told) > 20
    assert {
        (row["metric"], row["window_kind"]): (
            row["numerator"], row["denominator"], row["value"], row["value_of_committee"],
        )
        for row in found
    } == told  # fmt: skip


def test_what_has_changed_since_the_last_tertial(asked: Built) -> None:
    figures = asked.figures
    expected = {}
    for key, one in judged(asked, level=1).items():
        now = figures.windows[key.window]
        if not is_report(asked, key) or now.kind not in ("tertial", "stock") or one.value is None:
            continue
        before = [
            (figures.windows[other.window].ends, then.value)
            for other, then in judged(asked, level=1, metric=key.metric).items()
            if figures.windows[other.window].series in ("part", "last_tertial")
            and figures.windows[other.window].kind == now.kind
            and figures.windows[other.window].ends < now.ends
            and then.value is not None
        ]
        if before:
            ends, value = max(before)
            better = CATALOGUE[key.metric].better
            is_better = (one.value > value) == (better == "higher") if better and one.value != value else None
            expected[key.metric, now.ends] = (ends, value, one.value, is_better)
    found = ask(asked, "changes_since_last_tertial")
    assert {str(ends) for ends, *_ in expected.values()} >= {"2026-04-30"}
    assert {
        (row["metric"], row["ends"]): (row["ends_before"], row["value_before"], row["value"], row["is_better"])
        for row in found
    } == expected
    assert all(row["difference"] == pytest.approx(row["value"] - row["value_before"]) for row in found)


def test_services_without_plan_add_up_to_the_reports_figures(asked: Built) -> None:
    found = ask(asked, "services_without_plan")
    for metric, lacking in (("plan_in_force", ("without_plan",)), ("plan_current", ("without_plan", "not_current"))):
        for key, one in judged(asked, metric=metric, level=3, window="stock").items():
            rows = [row for row in found if row["unit"] == key.org]
            assert sum(row["need_plan"] for row in rows) == one.denominator
            if one.denominator:
                assert sum(row["need_plan"] - sum(row[name] for name in lacking) for row in rows) == one.numerator
    for row in found:
        current = row["need_plan"] - row["without_plan"] - row["not_current"]
        assert row["current_share"] == pytest.approx(current / row["need_plan"])
    unit = found[0]["unit"]
    assert ask(asked, "services_without_plan", unit=unit.upper()) == [row for row in found if row["unit"] == unit]
