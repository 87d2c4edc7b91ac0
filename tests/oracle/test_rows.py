"""The oracle against cases worked out by hand: levels, breakdowns, missing data, which rows count."""

from __future__ import annotations

from pathlib import Path

from . import Settings, figures
from .asking import PLAN, REFERRAL, Ask, Record, everything, part, total
from .writing import write


def test_programmes_and_units_are_those_of_the_register_on_the_last_day(tmp_path: Path) -> None:
    units = [
        {"unit": "Enhet A", "programme": "Förr", "area": "Barn och unga", "valid_to": "2025-08-30"},
        {"unit": "Enhet A", "programme": "Nu", "area": "Barn och unga", "valid_from": "2025-08-31"},
        {"unit": "Enhet B", "programme": "Nu", "area": "Barn och unga", "valid_from": "2025-09-01"},
    ]
    base = REFERRAL | {"received": "2025-06-01"}
    changes: tuple[Record, ...] = ({}, {"unit": "ENHET A"}, {"unit": "Enhet B"}, {"unit": "Enhet C", "area": "Vuxna"})
    referrals = [base | change for change in changes]
    found = everything(tmp_path, "2025T2", units=units, referrals=referrals)
    metric = ("referrals", "count", "tertial")
    assert {key[3:5]: row.value for key, row in found.items() if key[:3] == metric and not key[5]} == {
        (1, "Socialnämnden"): 4,
        (2, "Förr"): 0,
        (2, "Nu"): 2,
        (2, "Barn och unga"): 1,
        (2, "Vuxna"): 1,
        (3, "Enhet A"): 2,
        (3, "Enhet B"): 1,
        (3, "Enhet C"): 1,
    }


def test_categories_stand_on_every_level_and_window_where_any_window_has_them(tmp_path: Path) -> None:
    referrals = [
        REFERRAL | {"received": "2025-01-01", "gender": "Kvinna", "birth_year": "2018", "source": "Skola"},
        REFERRAL | {"received": "2025-06-01", "birth_year": "2018", "source": "skola", "unit": "Enhet B"},
        REFERRAL | {"received": "2025-06-02", "birth_year": "2007", "source": "skola"},
        REFERRAL | {"received": "2025-06-02", "birth_year": ""},
    ]
    found = everything(tmp_path, "2025T2", referrals=referrals)
    unit = ("referrals", "count", "tertial", 3, "Enhet B")
    assert {key[5:]: row.value for key, row in found.items() if key[:5] == unit} == {
        ("", ""): 1,
        ("area", "Barn och unga"): 1,
        ("gender", "kvinna"): 0,
        ("gender", "okänt"): 1,
        ("age_group", "7–12"): 1,
        ("age_group", "18–20"): 0,
        ("age_group", "okänt"): 0,
        ("kind", "anmälan"): 1,
        ("source", "skola"): 1,
        ("source", "ej angivet"): 0,
    }


def test_missing_extracts_and_columns_are_no_zeroes(tmp_path: Path) -> None:
    write(tmp_path, "referrals", [], ("referral_id", "person_id", "unit", "area", "kind", "received"))
    found = figures(tmp_path, "2025T2", Settings())
    assert found[total("referrals", "ytd", "count")].value == 0
    missing = [key for key in found if key[0] == "preassessment_within_14_days"]
    assert missing == [total("preassessment_within_14_days", window) for window in ("tertial", "ytd", "r12")]
    assert found[total("preassessment_within_14_days", "ytd")].denominator is None
    assert found[total("investigations_open", "stock", "count")].denominator is None


def test_duplicates_conflicts_and_later_files(tmp_path: Path) -> None:
    def row(number: int, **change: str) -> Record:
        return REFERRAL | {"referral_id": f"A{number}", "received": "2025-06-01"} | change

    write(tmp_path, "referrals", [row(1), row(2), row(3), row(4, area="Äldreomsorg")], name="aktualiseringar_1")
    write(tmp_path, "referrals", [row(3), row(3, kind="övrigt"), row(4), row(4), row(5)], name="aktualiseringar_2")
    found = figures(tmp_path, "2025T2", Settings())
    # 1, 2, 4, 5: the conflict on 3 revives no older row.
    assert found[total("referrals", "tertial", "count")].value == 4
    assert found[("referrals", "count", "tertial", 1, "Socialnämnden", "area", "Barn och unga")].value == 4


def test_crosses_answer_and_their_absence_denies(ask: Ask) -> None:
    ended = PLAN | {"established": "2025-01-01", "ended": "2025-06-01"}
    plans = [ended | {"ended_as_planned": answer} for answer in ("x", "", "")]
    assert part(ask("plan_ended_as_planned", plans=plans)) == (1, 3)
    plans = [ended | {"ended_as_planned": answer} for answer in ("ja", "nej", "")]
    assert part(ask("plan_ended_as_planned", plans=plans)) == (1, 2)
