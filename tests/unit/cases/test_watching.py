"""Which cases a manager is to look at: on the day of each limit, by unit, never a protected person's."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from pipeline.cases import catalogue
from pipeline.config import Committee
from pipeline.config import Watch as Settings
from pipeline.errors import WrongUse
from pipeline.metrics import citations
from pipeline.model.cases import Watch
from pipeline.periods import Period

TODAY = date(2026, 9, 10)
T2 = Period.parse("2026T2")


def before(days: int) -> date:
    return TODAY - timedelta(days)


def listed(found: Watch, list_id: str) -> dict[str, int | None]:
    """Case id → days left."""
    return {row.case_id: row.days_left for rows in found.rows.values() for row in rows if row.list_id == list_id}


def test_a_case_is_listed_as_many_days_before_its_limit_as_is_set(case) -> None:
    for days in (8, 9, 14, 15):
        case.add("referrals", referral_id=f"{days}", received=before(days), protection_assessed=before(days))
    case.add("referrals", referral_id="decided", received=before(15), decided=TODAY)
    joined = "tillförd pågående utredning"
    case.add("referrals", referral_id="joined", received=before(15), outcome=joined)
    case.add("referrals", referral_id="applied", received=before(15), kind="ansökan")

    assert listed(case.watch(TODAY, T2), "preassessment_open") == {"9": 5, "14": 0, "15": -1}


def test_a_protection_assessment_is_missed_the_second_day(case) -> None:
    case.add("referrals", referral_id="today", received=TODAY)
    case.add("referrals", referral_id="2", received=before(2))
    case.add("referrals", referral_id="assessed", received=before(2), protection_assessed=TODAY)
    old = T2.starts - timedelta(1)
    case.add("referrals", referral_id="old and decided", received=old, decided=old)
    case.add("referrals", referral_id="old and open", received=old)

    found = listed(case.watch(TODAY, T2), "protection_assessment_missing")
    assert found == {"today": 1, "2": -1, "old and open": (old - TODAY).days + 1}


def test_an_investigation_counts_to_the_day_that_it_is_allowed(case) -> None:
    case.add("investigations", investigation_id="last day", opened=date(2026, 5, 10))
    case.add("investigations", investigation_id="over", opened=date(2026, 5, 9))
    case.add("investigations", investigation_id="near", opened=date(2026, 6, 10))
    case.add("investigations", investigation_id="far", opened=date(2026, 6, 11))
    in_time = {"extended": date(2026, 5, 1), "extended_until": date(2026, 12, 31)}
    case.add("investigations", investigation_id="extended", opened=before(121), **in_time)
    too_late = {"extended": TODAY, "extended_until": date(2026, 12, 31)}
    case.add("investigations", investigation_id="extended too late", opened=date(2026, 5, 9), **too_late)
    case.add("investigations", investigation_id="closed", opened=before(200), closed=TODAY)
    case.add("investigations", investigation_id="of a grown-up", opened=before(200), area="Vuxna")

    found = case.watch(TODAY, T2)
    assert listed(found, "investigation_allowed_time") == {
        "last day": 0, "over": -1, "near": 30, "extended too late": -1
    }  # fmt: skip
    assert listed(found, "investigation_120_days") == {"extended": -1}


def test_a_decision_waits_three_months_from_the_decision_or_the_interruption(case) -> None:
    case.add("decisions", decision_id="last day", decided=date(2026, 6, 10))
    case.add("decisions", decision_id="over", decided=date(2026, 6, 9))
    case.add("decisions", decision_id="executed", decided=date(2026, 6, 9), executed=TODAY)
    stopped = {"decided": before(300), "executed": before(299), "interrupted": date(2026, 6, 9)}
    case.add("decisions", decision_id="interrupted", followed_up=TODAY, **stopped)
    case.add("decisions", decision_id="resumed", followed_up=TODAY, **stopped, resumed=TODAY)

    assert listed(case.watch(TODAY, T2), "decision_waiting") == {"over": -1, "interrupted": -1, "last day": 0}


def test_a_service_needs_a_plan_that_is_current_and_followed_up(case) -> None:
    executed = {"decided": before(500), "followed_up": TODAY}
    for name in ("current", "last day", "old", "none", "two plans"):
        case.add("decisions", decision_id=name, executed=before(31), area="Funktionsnedsättning", **executed)
    next_day = {"next_follow_up": date(2027, 1, 1)}
    case.add("plans", plan_id="1", decision_id="current", established=TODAY, **next_day)
    case.add("plans", plan_id="2", decision_id="last day", established=date(2025, 9, 11), **next_day)
    case.add("plans", plan_id="3", decision_id="old", established=date(2025, 9, 10), next_follow_up=before(1))
    case.add("plans", plan_id="4", decision_id="two plans", established=date(2025, 9, 1), **next_day)
    case.add("plans", plan_id="5", decision_id="two plans", established=date(2025, 1, 1), revised=TODAY, **next_day)

    found = case.watch(TODAY, T2)
    assert listed(found, "plan_missing") == {"none": -1}
    assert listed(found, "plan_not_current") == {"last day": 0, "old": -1}
    assert listed(found, "plan_follow_up_day") == {"old": -1}


def test_a_plan_without_a_day_to_be_followed_up_is_listed_last(case) -> None:
    case.add("decisions", decision_id="b", decided=before(90), executed=before(90), provider_unit="Utföraren")
    case.add("plans", plan_id="1", decision_id="b", established=before(90))
    case.add("incidents", incident_id="near", unit="Utföraren", received=before(80))

    (rows,) = case.watch(TODAY, T2).rows.values()
    assert [(row.case_id, row.days_left) for row in rows] == [("near", 10), ("b", None)]


def test_the_authority_follows_up_once_a_year(case) -> None:
    year = {"decided": date(2025, 1, 1), "executed": date(2025, 1, 1)}
    case.add("decisions", decision_id="last day", **year, followed_up=date(2025, 9, 11))
    case.add("decisions", decision_id="over", **year, followed_up=date(2025, 9, 10))
    case.add("decisions", decision_id="never", **year)
    case.add("decisions", decision_id="later", **year, followed_up=TODAY + timedelta(1))
    case.add("decisions", decision_id="ended", **year, ended=TODAY)

    found = listed(case.watch(TODAY, T2), "service_follow_up")
    assert found == {"last day": 0, "over": -1, "never": -253, "later": -253}


def test_incidents_and_preliminary_levels(case) -> None:
    for days in (75, 76, 90, 91):
        case.add("incidents", incident_id=f"{days}", received=before(days))
    case.add("incidents", incident_id="closed", received=before(91), closed=TODAY)
    for person, more in {
        "over": {}, "settled": {"preliminary": False}, "ended": {}, "again": {},
    }.items():  # fmt: skip
        row = {"preliminary": True, **more}
        case.add("care_levels", assessment_id=person, person_id=person, assessed=date(2026, 6, 9), **row)
    case.add("care_levels", assessment_id="next", person_id="again", assessed=TODAY, preliminary=False)
    case.add("decisions", decision_id="b", person_id="ended", decided=before(90), executed=before(90), ended=TODAY)

    found = case.watch(TODAY, T2)
    assert listed(found, "incident_open") == {"76": 14, "90": 0, "91": -1}
    assert listed(found, "care_level_preliminary") == {"over": -1}
    assert {row.area for rows in found.rows.values() for row in rows} == {""}


def test_a_new_investigation_soon_after_another(case) -> None:
    def pair(name: str, days: int, **first: object) -> None:
        closed = before(40)
        row = {"person_id": name, "unit": "Norr", "opened": before(80), "closed": closed, **first}
        case.add("investigations", investigation_id=f"{name} first", **row)
        opened = closed + timedelta(days)
        case.add("investigations", investigation_id=name, person_id=name, opened=opened, unit="Norr")

    pair("30", 30)
    pair("31", 31)
    pair("same day", 0)
    pair("other unit", 5, unit="Söder")
    pair("other area", 5, area="Vuxna")
    case.add(
        "investigations", investigation_id="before the period", person_id="x", opened=before(300), closed=before(200)
    )
    case.add("investigations", investigation_id="in the spring", person_id="x", opened=before(190), closed=before(180))

    found = case.watch(TODAY, T2, watch=Settings(investigation_days=0))
    assert set(listed(found, "investigation_reopened")) == {"30", "same day", "other unit"}
    notes = {row.case_id: row.note for row in found.rows["Norr"]}
    assert notes["30"] == "Inledd 30 dagar efter att utredning 30 first avslutades 2026-08-01."
    assert notes["other unit"] == "Inledd 5 dagar efter att en utredning vid en annan enhet avslutades 2026-08-01."


def test_protected_persons_are_a_number_alone(case) -> None:
    case.add("decisions", decision_id="secret", person_id="hidden", decided=before(200), unit="Bistånd")
    case.add("care_levels", assessment_id="n", person_id="hidden", assessed=TODAY, protected_identity=True)

    found = case.watch(TODAY, T2)
    assert (found.rows, found.left_out) == ({}, {"Bistånd": 1})


def test_a_case_that_is_known_to_be_of_somebody_protected_is_a_number_too(case) -> None:
    for incident in ("about somebody protected", "about nobody"):
        case.add("incidents", incident_id=incident, received=before(91))
    case.protect("incidents", "about somebody protected")
    case.protect("decisions", "about nobody")  # the same id in another extract is another case

    found = case.watch(TODAY, T2)
    assert (set(listed(found, "incident_open")), found.left_out) == ({"about nobody"}, {"Norr": 1})


def test_the_day_is_todays_or_the_newest_deliverys_and_old_ones_are_told(case) -> None:
    case.add("investigations", investigation_id="closed since", opened=before(200), closed=before(5))
    case.add("investigations", investigation_id="open", opened=before(200))
    case.undelivered = {("referrals", "protected_identity"), ("incidents", "closed")}
    deliveries = {"investigations": before(3), "referrals": before(9), "decisions": TODAY + timedelta(2)}

    found = case.watch(TODAY, T2, delivered=deliveries)
    assert found.as_of == TODAY
    assert set(listed(found, "investigation_allowed_time")) == {"open"}
    assert found.old == {"investigations": before(3), "referrals": before(9)}
    assert found.unflagged == ("referrals",)
    assert [text.split(":")[0] for text in found.lacking] == ["Avvikelser och synpunkter ska vara avslutade i tid"]


def test_the_state_is_never_later_than_what_was_delivered(case) -> None:
    case.add("referrals", referral_id="r", received=before(20), protection_assessed=before(20))

    found = case.watch(TODAY, T2, delivered={"referrals": before(10)})
    assert (found.as_of, listed(found, "preassessment_open")) == (before(10), {"r": 4})


def test_what_a_list_needed_is_gone_when_it_has_been_read(case) -> None:
    case.watch(TODAY, T2)
    assert case.db.rows("select * from windows where window_id = 'watch'") == []
    assert case.db.rows("select * from duckdb_tables() where table_name = 'watch_settings'") == []


def test_a_committee_sees_its_own_areas_also_by_the_register(case) -> None:
    case.add("units", unit="Norr", area="Barn och unga")
    case.add("units", unit="Söder", area="Vuxna")
    case.add("incidents", incident_id="ours", unit="Norr", received=before(100))
    case.add("incidents", incident_id="theirs", unit="Söder", received=before(100))

    found = case.watch(TODAY, T2, committee=Committee(name="Barnnämnden", areas=("barn och unga",)))
    assert listed(found, "incident_open") == {"ours": -10}
    assert found.rows["Norr"][0].area == "Barn och unga"


def test_the_law_is_that_of_the_day_it_began_and_of_the_decisions_act(case) -> None:
    case.add("referrals", referral_id="old", received=date(2025, 6, 30), protection_assessed=TODAY)
    case.add("referrals", referral_id="new", received=date(2025, 7, 1), protection_assessed=TODAY)
    case.add("decisions", decision_id="lss", decided=before(200), law="LSS")

    rows = {row.case_id: row for rows in case.watch(TODAY, T2).rows.values() for row in rows}
    texts = {name: [one.text for one in row.law] for name, row in rows.items()}
    assert "2001:453" in texts["old"][0]
    assert "2025:400" in texts["new"][0]
    assert ["1993:387" in text for text in texts["lss"]] == [True]


def test_every_list_is_headed_and_every_setting_used() -> None:
    lists, rules = catalogue.read(), citations.read()
    assert [one.law for one in lists if one.law and one.law not in rules] == []
    assert {one.near for one in lists if one.near} | {"reopened_days"} == set(Settings.model_fields)
    assert len({one.order for one in lists}) == len({one.title for one in lists}) == len(lists)
    assert [one.title for one in lists if not one.todo.endswith(".")] == []


def test_a_header_at_fault_is_told_with_its_file(tmp_path) -> None:
    for text, said in (
        ("select 1", "börja med raden"),
        ('/* ---\nid = "a\n--- */\nselect 1', "TOML"),
        ('/* ---\nid = "a"\norder = 1\ntitle = "t"\n--- */\nselect 1', "todo"),
        ('/* ---\nid = "b"\norder = 1\ntitle = "t"\ntodo = "g."\n--- */\nselect 1', "filens namn"),
        ('/* ---\nid = "a"\norder = 1\ntitle = "t"\ntodo = "g."\nnear = "plan_day"\n--- */\nselect 1', "plan_days"),
    ):
        (tmp_path / "a.sql").write_text(text, encoding="utf-8")
        catalogue.read.cache_clear()
        with pytest.raises(WrongUse, match=said):
            catalogue.read(tmp_path)
    catalogue.read.cache_clear()
