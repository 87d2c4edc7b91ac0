"""The reports that stand published, one a period: which of several, and nothing but what the committee got."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline import history
from pipeline.errors import WrongUse
from pipeline.periods import Period
from tests.unit import builders
from tests.unit.history.test_published import METRIC, TOTAL, public, publish
from tests.unit.history.test_published import run_info as made_by

T1, T2 = Period.parse("2026T1"), Period.parse("2026T2")
MAY, SEPTEMBER, OCTOBER = date(2026, 5, 12), date(2026, 9, 10), date(2026, 10, 1)
UNIT = ("tertial", 3, "Norr", "", "")
YEAR_SO_FAR = ("ytd", *TOTAL[1:])


def test_each_period_is_its_last_publication_and_only_of_the_judged_time(tmp_path: Path):
    publish(tmp_path, public(T1, {TOTAL: (30, 39), UNIT: (20, 25)}), made_by("r1", MAY))
    publish(tmp_path, public(T1, {TOTAL: (31, 40)}), made_by("r2", SEPTEMBER, "b"))
    publish(tmp_path, public(T2, {TOTAL: (5, 9), YEAR_SO_FAR: (35, 48)}), made_by("r3", OCTOBER, "c"))
    found = {one.period: one for one in history.issues(tmp_path, {})}
    assert {period: (one.run_id, one.published.day) for period, one in found.items()} == {
        T1: ("r2", SEPTEMBER), T2: ("r3", OCTOBER),
    }  # fmt: skip
    (first,) = found[T1].figures.figures.values()
    assert (first.key.window, first.key.level, first.numerator, first.denominator) == ("tertial", 1, 31, 40)
    (second,) = found[T2].figures.figures.values()
    assert (second.key.window, second.numerator) == ("ytd", 35)
    assert found[T2].definitions == {"share": "one"}
    assert found[T2].figures.get(METRIC) == second


def test_the_report_that_stands_is_the_periods_though_another_was_later(tmp_path: Path):
    publish(tmp_path, public(T1, {TOTAL: (30, 39)}), made_by("r1", MAY))
    publish(tmp_path, public(T1, {TOTAL: (31, 40)}), made_by("r2", SEPTEMBER, "b"))
    (found,) = history.issues(tmp_path, {T1: "r1"})
    assert found.run_id == "r1"
    (found,) = history.issues(tmp_path, {T1: "unknown"})
    assert found.run_id == "r2"


def test_what_was_hidden_is_hidden_without_its_number(tmp_path: Path):
    category = ("tertial", 1, builders.COMMITTEE, "area", "Vuxna")
    publish(tmp_path, public(T1, {TOTAL: (30, 39), category: (1, 2)}), made_by("r1", MAY))
    (found,) = history.issues(tmp_path, {})
    hidden = next(one for key, one in found.figures.figures.items() if key.category)
    assert hidden.suppressed
    assert (hidden.numerator, hidden.denominator, hidden.value, hidden.status) == (None, None, None, None)


def test_a_damaged_shelf_is_told(tmp_path: Path):
    publish(tmp_path, public(T1, {TOTAL: (30, 39)}), made_by("r1", MAY))
    (file,) = tmp_path.rglob("figures.csv*")
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(WrongUse, match="är inte som den skrevs"):
        history.issues(tmp_path, {})
