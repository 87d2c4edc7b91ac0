"""What a breach means is data: stop, reject or warn, until a day and for a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pipeline import loading
from pipeline.config import SeverityRule
from pipeline.errors import WrongUse
from tests.unit.loading.conftest import TODAY

WRONG_ORDER = {"opened": "2026-03-01", "closed": "2026-02-01"}


@pytest.fixture
def said(raw):
    def say(rule, severity, extract="", until=TODAY):
        one = SeverityRule(rule=rule, severity=severity, extract=extract, reason="Systemet rättas.", until=until)
        raw.config = raw.config.model_copy(update={"severity": (*raw.config.severity, one)})

    return say


def test_unless_said_the_contract_holds(raw):
    loaded = raw.load_one("investigations", WRONG_ORDER)
    assert [one.rule for one in loaded.rejections] == ["closed_before_opened"]
    assert (loaded.quality.stops, loaded.quality.severities) == ((), ())


def test_a_rule_that_only_warns_lets_the_row_in(raw, said):
    said("closed_before_opened", "warn")
    loaded = raw.load_one("investigations", WRONG_ORDER, {"investigation_id": "U2"})
    assert loaded.rejections == ()
    assert [row["closed"] for row in loaded["investigations"]] == [date(2026, 2, 1), None]
    (warned,) = (one for one in loaded.quality.warnings if one.rule == "closed_before_opened")
    assert (warned.text, warned.count, warned.examples) == ("Avslutad ligger före Inledd.", 1, ("U1",))


@pytest.mark.parametrize(("until", "expired"), [(TODAY, False), (date(2026, 9, 7), True)])
def test_it_holds_to_its_last_day_and_is_told_of_after(raw, said, until, expired):
    said("closed_before_opened", "warn", until=until)
    loaded = raw.load_one("investigations", WRONG_ORDER)
    assert bool(loaded.rejections) is expired
    (change,) = loaded.quality.severities
    assert (change.expired, change.default, change.reason) == (expired, "reject", "Systemet rättas.")


def test_it_may_hold_for_one_extract_alone(raw, said):
    said("unreadable_date", "warn", extract="referrals")
    raw.rows("referrals", {"registered": "i går"})
    raw.rows("investigations", {"closed": "i går"})
    loaded = raw.load()
    assert [one.extract for one in loaded.rejections] == ["investigations"]
    assert [row["registered"] for row in loaded["referrals"]] == [None]


def test_a_required_value_that_cannot_be_read_is_rejected_all_the_same(raw, said):
    said("unreadable_date", "warn")
    loaded = raw.load_one("investigations", {"opened": "i går"})
    assert [(one.rule, one.heading) for one in loaded.rejections] == [("unreadable_date", "Inledd")]


def test_a_rule_that_stops_rejects_the_row_and_says_why(raw, said):
    said("closed_before_opened", "stop")
    loaded = raw.load_one("investigations", WRONG_ORDER)
    assert [one.rule for one in loaded.rejections] == ["closed_before_opened"]
    assert loaded.quality.stops == ("Avslutad ligger före Inledd.",)


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ("unit_not_in_register", "Enhet (Barn Öst) finns inte i enhetsregistret."),
        ("referral_id_dangling", "Aktualiserings-ID (A9) pekar på något som inte finns bland aktualiseringarna."),
        ("outcome_without_closed", "Resultat är ifyllt men Avslutad saknas."),
    ],
)
def test_what_is_only_noticed_can_be_made_to_reject(raw, said, rule, reason):
    raw.rows("units", {})
    raw.rows("referrals", {})
    said(rule, "reject")
    raw.rows(
        "investigations", {}, {"investigation_id": "U2", "unit": "Barn Öst", "referral_id": "A9", "outcome": "insats"}
    )
    loaded = raw.load()
    assert [row["investigation_id"] for row in loaded["investigations"]] == ["U1"]
    assert [(one.rule, one.reason, one.row) for one in loaded.rejections] == [(rule, reason, 3)]


def test_a_row_is_rejected_with_all_its_reasons_and_warned_of_in_none(raw, said):
    raw.rows("units", {})
    raw.rows("referrals", {})
    said("unit_not_in_register", "reject")
    said("referral_id_dangling", "reject")
    loaded = raw.load_one("investigations", {"unit": "Okänd", "referral_id": "A9", "outcome": "insats"})
    assert [one.rule for one in loaded.rejections] == ["referral_id_dangling", "unit_not_in_register"]
    assert loaded.account("utredningar.csv").rejected == 1
    assert "outcome_without_closed" not in loaded.warned


def test_a_row_that_is_noticed_and_rejected_is_no_target_of_others(raw, said):
    raw.rows("units", {})
    said("unit_not_in_register", "reject", extract="referrals")
    raw.rows("referrals", {"unit": "Okänd"})
    raw.rows("investigations", {"referral_id": "A1"})
    assert raw.load().warned["referral_id_dangling"] == 1


@pytest.mark.parametrize(
    ("rule", "severity", "extract", "told"),
    [
        ("closed_before_open", "warn", "", "är ingen regel. Menade du closed_before_opened?"),
        ("closed_before_opened", "warn", "referral", "är inget utdrag. Menade du referrals?"),
        (
            "closed_before_opened",
            "warn",
            "referrals",
            "regeln closed_before_opened finns inte i referrals, bara i investigations (utredningar).",
        ),
        ("missing", "warn", "", "kan bara vara stop eller reject"),
        ("conflict", "warn", "", "kan bara vara stop eller reject"),
        ("not_final", "reject", "", "kan bara vara stop eller warn"),
    ],
)
def test_what_cannot_be_said_is_told_of(raw, said, rule, severity, extract, told):
    said(rule, severity, extract)
    raw.rows("units", {})
    with pytest.raises(WrongUse) as fault:
        raw.load()
    assert str(fault.value).startswith("config.toml: severity nr 1")
    assert told in str(fault.value)


def test_what_is_noticed_of_files_can_stop_the_run(raw, said):
    said("register_missing", "stop")
    loaded = raw.load_one("investigations", {})
    severities = loading.Severities(raw.config, TODAY)
    assert loading.stopping.of_notices(loaded.quality.warnings, severities) == (
        "Enheter: Enhetsregistret saknas: enheternas verksamhetsuppdrag blir lika med verksamhetsområdet.",
    )
    other = tuple(replace(warned, rule="x") for warned in loaded.quality.warnings)
    assert loading.stopping.of_notices(other, severities) == ()


def stops(raw, quality):
    return loading.stopping.of_rows(quality, loading.Severities(raw.config, TODAY), TODAY)


def test_rows_that_stop_are_told_by_extract_and_counted(raw, said):
    said("closed_before_opened", "stop")
    said("unit_not_in_register", "stop")
    said("outcome_without_closed", "stop")
    raw.rows("units", {})
    raw.rows("referrals", {"unit": "Okänd"})
    raw.rows(
        "investigations",
        WRONG_ORDER,
        WRONG_ORDER | {"investigation_id": "U2"},
        {"investigation_id": "U3", "closed": "i går"},
        {"investigation_id": "U4", "outcome": "insats"},
    )
    assert sorted(stops(raw, raw.load().quality)) == [
        "Aktualiseringar: Enhet finns inte i enhetsregistret (1 rad).",
        "Utredningar: Avslutad ligger före Inledd (2 rader).",
        "Utredningar: Resultat är ifyllt men Avslutad saknas (1 rad).",
    ]


def test_a_stop_among_faults_that_are_not_listed_is_told_all_the_same(raw, said):
    said("closed_before_opened", "stop")
    quality = raw.load_one("investigations", WRONG_ORDER).quality
    cut = replace(quality, unlisted={"investigations": 7})
    assert stops(raw, cut) == ("Utredningar: Avslutad ligger före Inledd (minst 1 rad).",)
    assert any("Avslutad ligger före Inledd" in text for text in stops(raw, replace(cut, rejections=())))


@pytest.mark.parametrize(
    ("rule", "severity", "extract", "rejects"),
    [
        ("closed_before_opened", "warn", "investigations", False),
        ("closed_before_opened", "stop", "investigations", True),
        ("unreadable_date", "warn", "referrals", True),  # said of another extract
        ("unit_not_in_register", "warn", "", False),
        ("unit_not_in_register", "reject", "", True),
    ],
)
def test_whether_a_rule_rejects_now(raw, said, rule, severity, extract, rejects):
    said(rule, severity, extract)
    assert loading.Severities(raw.config, TODAY).rejects(rule, "investigations") is rejects


def test_what_has_expired_and_what_is_no_rule(raw, said):
    said("closed_before_opened", "warn", until=date(2026, 9, 7))
    severities = loading.Severities(raw.config, TODAY)
    assert severities.rejects("closed_before_opened", "investigations")
    assert not severities.rejects("a_rule_of_yesterday", "investigations")
    assert not severities.rejects("closed_before_opened", "referrals")
