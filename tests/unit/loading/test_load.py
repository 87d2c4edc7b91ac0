"""The story as a whole: accounts, pseudonyms, spelling, warnings, what is delivered, and limits."""

from __future__ import annotations

import json
from datetime import date

import pytest

from pipeline import loading
from pipeline.errors import WrongUse
from pipeline.periods import Period

NUMBER = "19990101-1234"


def test_every_table_exists_when_one_extract_came(raw):
    loaded = raw.load_one("units", {})
    assert [loaded[name] for name in ("referrals", "investigations", "decisions", "plans", "quarantine")] == [[]] * 5
    assert {row["column_name"] for row in loaded["delivered"]} == {"unit", "programme", "area"}
    assert loaded.quality.columns == {"units": frozenset({"unit", "programme", "area"})}


def test_the_quarantine_holds_a_row_for_each_reason(raw):
    loaded = raw.load_one("investigations", {"unit": "", "opened": "x", "person_id": NUMBER, "kind": f"om {NUMBER}"})
    first, second = loaded["quarantine"]
    assert (first["file"], first["row_number"], first["heading"], first["column_name"]) == (
        "utredningar.csv", 2, "Enhet", "unit"
    )  # fmt: skip
    assert (second["value"], second["reason"], second["record_key"]) == (
        "x", "Inledd (x) går inte att läsa som ett datum.", "U1"
    )  # fmt: skip
    content = json.loads(first["content"])
    assert content["kind"] == "om •••"
    assert len(content["person_id"]) == 32


def test_nobody_is_named_in_what_is_told(raw):
    raw.rows(
        "investigations", {"investigation_id": NUMBER, "person_id": NUMBER, "opened": NUMBER, "referral_id": NUMBER}
    )
    raw.rows("referrals", {"person_id": "", "kind": NUMBER, "received": NUMBER.replace("-", ""), "unit": NUMBER[2:]})
    raw.rows("decisions", {"person_id": "19990101-1235", "unit": f"Hos {NUMBER}", "referral_id": NUMBER})
    raw.rows("units", {})
    loaded = raw.load()
    told = repr((loaded.quality, loaded["quarantine"]))
    for trace in ("990101", "1234", "1235"):
        assert trace not in told


def test_one_person_is_one_in_every_form_extract_and_run(raw):
    raw.rows("referrals", {"person_id": "19990101-1234"}, {"referral_id": "A2", "person_id": "199901011234"})
    raw.rows("investigations", {"person_id": "990101-1234"}, {"investigation_id": "U2", "person_id": "9901011234"})
    raw.rows("decisions", {"person_id": "k-7"})
    first, second = raw.load(), raw.load()
    persons = {row["person_id"] for name in ("referrals", "investigations") for row in first[name]}
    assert len(persons) == 1
    assert persons.isdisjoint({row["person_id"] for row in first["decisions"]})
    assert first.tables == second.tables


def test_another_key_gives_other_pseudonyms(raw):
    raw.rows("investigations", {"case_worker": "Anna"})
    first = raw.load()["investigations"][0]
    raw.config.paths.key.unlink()
    second = raw.load()["investigations"][0]
    assert first["person_id"] != second["person_id"]
    assert first["case_worker"] != second["case_worker"]


def test_a_blank_person_is_no_person(raw):
    assert raw.load_one("plans", {"person_id": ""})["plans"][0]["person_id"] is None


def test_a_wrong_check_digit_only_warns(raw):
    raw.rows("units", {})
    raw.rows("referrals", {"person_id": "121212-1212"}, {"referral_id": "A2", "person_id": "121212-1213"})
    loaded = raw.load()
    assert len(loaded["referrals"]) == 2
    (warned,) = loaded.quality.warnings
    assert (warned.rule, warned.count, warned.examples) == ("wrong_check_digit", 1, ("aktualiseringar.csv, rad 3",))


class TestPersonNumbersInTexts:
    def test_they_are_masked_in_every_text_that_is_no_id(self, raw):
        raw.rows("units", {})
        raw.rows("referrals", {"source": f"Mormor {NUMBER}"}, {"referral_id": "A2", "source": "Skola"})
        raw.rows("investigations", {"kind": NUMBER, "referral_id": "A1"})
        raw.rows(
            "decisions",
            {"service": f"stöd till {NUMBER}", "end_reason": NUMBER[2:], "delay_reason": f"{NUMBER}, sjuk"},
        )
        raw.rows("plans", {"service": NUMBER, "plan_id": NUMBER})
        loaded = raw.load()
        assert [row["source"] for row in loaded["referrals"]] == ["Mormor •••", "Skola"]
        assert loaded["investigations"][0]["kind"] == "•••"
        (decision,) = loaded["decisions"]
        assert (decision["service"], decision["end_reason"], decision["delay_reason"]) == (
            "stöd till •••", "•••", "•••, sjuk"
        )  # fmt: skip
        assert (loaded["plans"][0]["service"], loaded["plans"][0]["plan_id"]) == ("•••", NUMBER)

    def test_a_warning_for_each_column_tells_how_many(self, raw):
        raw.rows("units", {})
        raw.rows(
            "referrals",
            {"source": f"Mormor {NUMBER}"},
            {"referral_id": "A2", "source": f"Mormor {NUMBER}", "source_system": f"Viva {NUMBER}"},
            {"referral_id": "A3", "source": "Skola"},
        )
        first, second = raw.load().quality.warnings
        assert (first.rule, first.count, first.examples) == (
            "person_number_masked", 2, ("aktualiseringar.csv, rad 2", "aktualiseringar.csv, rad 3")
        )  # fmt: skip
        assert first.text == (
            "Kolumnen Aktualiserad av innehöll något som ser ut som ett personnummer; det har maskerats."
        )
        assert (second.rule, second.count) == ("person_number_masked", 1)


class TestSpelling:
    def test_units_are_spelt_as_in_the_register(self, raw):
        raw.rows("units", {"unit": "Barn Väst", "area": "Barn och unga"})
        rows = [{"decision_id": f"B{n}", "unit": "BARN VÄST", "provider_unit": "barn väst", "area": "Barn Och Unga"}
                for n in range(3)]  # fmt: skip
        raw.rows("decisions", *rows)
        loaded = raw.load()
        assert {(row["unit"], row["provider_unit"], row["area"]) for row in loaded["decisions"]} == {
            ("Barn Väst", "Barn Väst", "Barn och unga")
        }

    def test_other_words_are_spelt_as_most_often_over_all_extracts(self, raw):
        raw.rows("decisions", {"service": "Hemtjänst"}, {"decision_id": "B2", "service": "hemtjänst"})
        raw.rows("plans", {"service": "hemtjänst"})
        loaded = raw.load()
        assert {row["service"] for name in ("decisions", "plans") for row in loaded[name]} == {"hemtjänst"}

    def test_a_tie_goes_to_the_first_by_code_point(self, raw):
        loaded = raw.load_one("decisions", {"service": "hemtjänst"}, {"decision_id": "B2", "service": "Hemtjänst"})
        assert {row["service"] for row in loaded["decisions"]} == {"Hemtjänst"}

    def test_rejected_rows_have_no_say(self, raw):
        loaded = raw.load_one(
            "decisions",
            {"service": "hemtjänst"},
            *({"decision_id": f"X{n}", "service": "HEMTJÄNST", "decided": "x"} for n in range(3)),
        )
        assert loaded["decisions"][0]["service"] == "hemtjänst"

    def test_a_blank_category_stays_blank(self, raw):
        assert raw.load_one("referrals", {"source": ""})["referrals"][0]["source"] is None


class TestWarnings:
    def test_references_that_point_nowhere(self, raw):
        raw.rows("units", {})
        raw.rows("referrals", {"referral_id": "A1", "source_system": "Viva"})
        raw.rows(
            "investigations",
            {"investigation_id": "U1", "referral_id": "A1", "source_system": "viva"},
            {"investigation_id": "U2", "referral_id": "A1", "source_system": "Treserva"},
            {"investigation_id": "U3", "referral_id": "A1"},
            {"investigation_id": "U4", "referral_id": "A9"},
            {"investigation_id": "U5"},
        )
        (warned,) = raw.load().quality.warnings
        assert (warned.extract, warned.rule, warned.count, warned.examples) == (
            "investigations", "referral_id_dangling", 2, ("U2", "U4")
        )  # fmt: skip
        assert warned.text == "Aktualiserings-ID pekar på något som inte finns bland aktualiseringarna."

    def test_no_reference_is_looked_for_in_an_extract_that_did_not_come(self, raw):
        assert raw.load_one("investigations", {"referral_id": "A9"}).warned == {"register_missing": 1}

    def test_units_that_are_not_in_the_register(self, raw):
        raw.rows("units", {"unit": "Väst"})
        raw.rows("decisions", {"unit": "VÄST", "provider_unit": "Öst"}, {"decision_id": "B2", "unit": "Nord"})
        loaded = raw.load()
        assert loaded.warned == {"unit_not_in_register": 1, "provider_unit_not_in_register": 1}
        assert [warned.examples for warned in loaded.quality.warnings] == [("Nord",), ("Öst",)]

    def test_a_plan_may_be_for_a_programme_an_area_or_all_units(self, raw):
        raw.rows("units", {"unit": "Väst", "programme": "Barn och familj", "area": "Barn och unga"})
        named = ("BARN OCH FAMILJ", "barn och unga", "Alla enheter", "Väst", "Alladin", "Nord")
        raw.rows("followup_plan", *({"definition": name, "unit": name} for name in named))
        loaded = raw.load()
        assert loaded.warned == {"unit_not_in_register": 2}
        assert [warned.examples for warned in loaded.quality.warnings] == [("Alladin", "Nord")]

    def test_a_missing_register(self, raw):
        (warned,) = raw.load_one("referrals", {}).quality.warnings
        assert (warned.extract, warned.rule, warned.count) == ("units", "register_missing", 1)
        assert warned.text == (
            "Enhetsregistret saknas: enheternas verksamhetsuppdrag blir lika med verksamhetsområdet."
        )

    def test_outcomes_without_a_day_and_plans_without_one(self, raw):
        raw.rows("units", {})
        raw.rows("referrals", {"outcome": "utredning inleds"})
        raw.rows(
            "investigations",
            {"outcome": "insats"},
            {"investigation_id": "U2", "outcome": "insats", "closed": "2026-03-02"},
        )
        raw.rows("plans", {"established": ""})
        assert raw.load().warned == {
            "outcome_without_decided": 1, "outcome_without_closed": 1, "established_missing": 1, "column_empty": 1
        }  # fmt: skip


class TestLimits:
    @pytest.mark.parametrize(("faulty", "over"), [(1, ()), (2, ("investigations",))])
    def test_the_share_of_rejected_rows(self, raw, faulty, over):
        rows = [{"investigation_id": f"U{n}", "opened": "x" if n < faulty else "2026-03-01"} for n in range(20)]
        assert raw.load_one("investigations", *rows).quality.above(raw.config.limits.rejected_percent) == over

    def test_the_limit_itself_is_held_in_whole_numbers(self, raw):
        rows = [{"investigation_id": f"U{n}", "opened": "x" if n < 7 else "2026-03-01"} for n in range(100)]
        assert raw.load_one("investigations", *rows).quality.above(7.0) == ()

    def test_an_extract_without_rows_is_within_the_limit(self, raw):
        raw.write("enheter.csv", "Enhet;Verksamhetsuppdrag;Verksamhetsområde\n")
        assert raw.load().quality.above(0) == ()

    def test_an_extract_delivered_before_the_last_day_is_not_final(self, raw):
        raw.rows("units", {}, file="enheter 2026-08-31.csv")
        raw.rows("plans", {}, file="genomförandeplaner 2026-05-01.csv")
        raw.rows("plans", {}, file="genomförandeplaner_20260830.csv")
        (warned,) = loading.not_final(raw.load().quality, Period.parse("2026T2"))
        assert warned.extract == "plans"
        assert warned.text == (
            "Utdraget med genomförandeplanerna är från 2026-08-30, före periodens sista dag 2026-08-31: siffrorna för"
            " den dagen är inte slutliga."
        )


def test_a_file_that_changes_while_it_is_read_stops_the_run(raw, monkeypatch):
    path = raw.rows("units", {})
    read = loading.staging.read

    def slow(file, wordings, limits):
        path.write_text(path.read_text(encoding="utf-8") + "X;Y;Z\n", encoding="utf-8")
        return read(file, wordings, limits)

    monkeypatch.setattr(loading.staging, "read", slow)
    with pytest.raises(WrongUse, match=r"enheter\.csv ändrades medan den lästes"):
        raw.load()


def test_unknown_columns_are_ignored_and_named(raw):
    raw.write("enheter.csv", "Enhet;Verksamhetsuppdrag;Chef;Verksamhetsområde;\nVäst;My;Bo;Barn;fritext\n")
    assert raw.load().account("enheter.csv").ignored_columns == ("Chef", "kolumn 5 (utan rubrik)")


def test_the_account_tells_of_the_file(raw):
    raw.rows("units", {}, file="Enheter 2026-09-01.csv", encoding="cp1252")
    account = raw.load().account("Enheter 2026-09-01.csv")
    assert (account.encoding, account.delivered, len(account.sha256)) == ("Windows-1252", date(2026, 9, 1), 64)
    assert account.balanced
