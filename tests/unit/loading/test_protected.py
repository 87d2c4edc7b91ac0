"""Who is protected: by any row that was read, in every extract, and also by the case that a row points to."""

from __future__ import annotations

from pathlib import Path

import pytest

YES, NO = {"protected_identity": "ja"}, {"protected_identity": "nej"}
NUMBER, WRONG_NUMBER = "121212-1212", "121212-1213"


def cases(loaded) -> set[tuple[str, str]]:
    return {(row["extract"], row["case_id"]) for row in loaded["protected_cases"]}


def referral(case_id: str, person: str, **more: str) -> dict[str, str]:
    return {"referral_id": case_id, "person_id": person, **more}


def investigation(case_id: str, person: str, **more: str) -> dict[str, str]:
    return {"investigation_id": case_id, "person_id": person, **more}


def test_who_is_flagged_in_one_extract_is_protected_in_all(raw):
    raw.rows("referrals", referral("A1", "k-1", **YES), referral("A2", "k-2", **NO), referral("A3", "k-1", **NO))
    raw.rows("investigations", investigation("U1", "k-1"), investigation("U2", "k-2"))
    loaded = raw.load()
    assert cases(loaded) == {("referrals", "A1"), ("referrals", "A3"), ("investigations", "U1")}
    assert loaded["protected_persons"] == [{"person_id": loaded["referrals"][0]["person_id"]}]


def test_a_flag_counts_though_its_row_was_rejected(raw):
    raw.rows("referrals", referral("A1", "k-1", received="x", **YES), referral("A2", "k-2", received="x", **NO))
    raw.rows("investigations", investigation("U1", "k-1"), investigation("U2", "k-2"))
    assert cases(raw.load()) == {("referrals", "A1"), ("investigations", "U1")}


def test_a_flag_counts_though_its_row_is_superseded_by_one_without(raw):
    raw.rows("referrals", referral("A1", "k-1", **YES), file="aktualiseringar_2026-01-01.csv")
    raw.rows("referrals", referral("A1", "k-1"), file="aktualiseringar_2026-06-01.csv")
    loaded = raw.load()
    assert [row["protected_identity"] for row in loaded["referrals"]] == [None]
    assert cases(loaded) == {("referrals", "A1")}


@pytest.mark.parametrize(
    ("text", "is_protected"),
    [("ja", True), ("1", True), ("nej", False), ("0", False), ("", False), ("skyddad folkbokföring", True)],
)
def test_what_is_not_said_to_be_no_is_a_flag(raw, text: str, is_protected: bool):
    raw.rows("referrals", referral("A1", "k-1", protected_identity=text), referral("A2", "k-2", **NO))
    raw.rows("investigations", investigation("U1", "k-1"))
    assert (("investigations", "U1") in cases(raw.load())) is is_protected


def test_in_a_column_of_crosses_a_blank_is_no(raw):
    rows = (referral("A1", "k-1", protected_identity="x"), referral("A2", "k-2", protected_identity=""))
    assert cases(raw.load_one("referrals", *rows)) == {("referrals", "A1")}


class TestByTheCaseThatARowPointsTo:
    def test_a_flag_on_a_row_without_person_is_that_of_the_case(self, raw):
        raw.rows("plans", {"plan_id": "P1", "decision_id": "B1", "person_id": "", **YES})
        raw.rows("decisions", {"decision_id": "B1", "person_id": "k-1"}, {"decision_id": "B2", "person_id": "k-1"})
        assert cases(raw.load()) == {("plans", "P1"), ("decisions", "B1"), ("decisions", "B2")}

    @pytest.mark.parametrize(("system", "found"), [("", True), ("Alfa", True), ("Beta", False)])
    def test_but_not_of_another_systems_case(self, raw, system: str, found: bool):
        raw.rows("plans", {"decision_id": "B1", "person_id": "", "source_system": "alfa", **YES})
        raw.rows("decisions", {"decision_id": "B1", "source_system": system})
        assert (("decisions", "B1") in cases(raw.load())) is found

    def test_so_are_plans_without_person_and_incidents_and_reviews(self, raw):
        raw.rows("decisions", {"decision_id": "B1", **YES}, {"decision_id": "B2", "person_id": "k-2", **NO})
        raw.rows("plans", {"plan_id": "P1", "decision_id": "B1"}, {"plan_id": "P2", "decision_id": "B2"})
        raw.rows("investigations", investigation("U1", "k-1", opened="x"), investigation("U2", "k-2"))
        raw.rows("incidents", *({"incident_id": f"H{n}", "investigation_id": f"U{n}"} for n in (1, 2, 3)))
        raw.rows("reviews", *({"item_id": item} for item in ("B1", "B2", "U1", "AKT1")))
        secret = {(extract, case) for extract, case in cases(raw.load()) if extract not in ("decisions",)}
        assert secret == {
            ("plans", "P1"), ("investigations", "U1"), ("incidents", "H1"), ("reviews", "B1"), ("reviews", "U1"),
        }  # fmt: skip

    def test_nobody_is_protected_by_a_blank_reference_or_a_person_that_was_lost(self, raw):
        raw.rows("referrals", referral("A1", "", **YES), referral("A2", "", **NO))
        raw.rows("investigations", investigation("U1", "k-1", referral_id=""), investigation("U2", ""))
        raw.rows("incidents", {"incident_id": "H1", "investigation_id": ""})
        loaded = raw.load()
        assert (cases(loaded), loaded["protected_persons"]) == ({("referrals", "A1")}, [])


class TestWhatIsTold:
    def test_a_rejected_row_is_marked_with_all_its_faults(self, raw):
        faulty = {"opened": "x", "closed": "y"}
        raw.rows("investigations", investigation("U1", "k-1", **faulty), investigation("U2", "k-2", **faulty))
        raw.rows("referrals", referral("A1", "k-1", **YES))
        loaded = raw.load()
        told = [(one.key, one.protected) for one in loaded.rejections]
        assert told == [("U1", True), ("U1", True), ("U2", False), ("U2", False)]
        assert [(row["record_key"], row["protected"]) for row in loaded["quarantine"]] == told
        assert loaded.quality.secret_cases == {("referrals", "A1"), ("investigations", "U1")}

    def test_a_row_that_is_warned_of_is_counted_and_no_example(self, raw):
        raw.rows(
            "referrals",
            *(referral(f"A{n}", f"k-{n}", outcome="utredning inleds", **flag) for n, flag in ((1, YES), (2, NO))),
        )
        raw.rows("units", {})
        (warned,) = raw.load().quality.warnings
        assert (warned.rule, warned.count, warned.examples) == ("outcome_without_decided", 2, ("A2",))

    def test_so_is_one_of_a_rule_that_only_warns(self, raw):
        late = {"decided": "2026-03-05", "executed": "2026-03-01"}
        rows = ({"decision_id": f"B{n}", "person_id": f"k-{n}", **late, **flag} for n, flag in ((1, YES), (2, NO)))
        raw.rows("decisions", *rows)
        raw.rows("units", {})
        (warned,) = raw.load().quality.warnings
        assert (warned.rule, warned.count, warned.examples) == ("executed_before_decided", 2, ("B2",))

    def test_and_a_row_whose_number_is_wrong(self, raw):
        raw.rows("referrals", referral("A1", WRONG_NUMBER, **YES), referral("A2", NUMBER, **NO))
        raw.rows("units", {})
        (warned,) = raw.load().quality.warnings
        assert (warned.rule, warned.count, warned.examples) == ("wrong_check_digit", 1, ())


def test_an_extract_that_did_not_come_protects_nobody(raw, tmp_path: Path):
    loaded = raw.load_one("units", {})
    assert (loaded["protected_persons"], loaded["protected_cases"]) == ([], [])
