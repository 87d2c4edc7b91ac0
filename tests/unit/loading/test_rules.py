"""Rules 2–4: every reason a row can be rejected for, at its boundary, with file, row, heading and wording."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest


def cells(column, texts):
    """One investigation for each text, in that column."""
    return [{"investigation_id": f"U{n}", column: text} for n, text in enumerate(texts)]


def values(loaded, column):
    return [row[column] for row in loaded["investigations"]]


def rejected(loaded, index=0):
    found = loaded.rejections[index]
    return found.file, found.row, found.heading, found.value, found.reason


class TestRequired:
    def test_a_blank_required_cell_rejects_the_row(self, raw):
        loaded = raw.load_one("investigations", {}, {"investigation_id": "U2", "opened": " "})
        assert rejected(loaded) == ("utredningar.csv", 3, "Inledd", "", "Inledd saknas.")
        assert [row["investigation_id"] for row in loaded["investigations"]] == ["U1"]

    def test_a_row_is_rejected_with_all_its_reasons(self, raw):
        loaded = raw.load_one("investigations", {"unit": "", "opened": "i mars", "outcome": "klar"})
        assert loaded.reasons == [
            "Enhet saknas.",
            "Inledd (i mars) går inte att läsa som ett datum.",
            "Resultat (klar) är inte ett känt värde. Tillåtna värden: insats, ingen insats, avbruten, övrigt.",
        ]
        assert loaded.account("utredningar.csv").rejected == 1

    def test_a_required_day_that_is_open_is_missing(self, raw):
        loaded = raw.load_one("investigations", {"opened": "9999-12-31"})
        assert loaded.reasons == ["Inledd saknas: 9999-12-31 betyder att dagen är öppen."]

    def test_too_few_cells_are_blank_cells(self, raw):
        raw.write(
            "enheter.csv", "Enhet;Verksamhetsuppdrag;Verksamhetsområde;Regi\nVäst;Myndighet;Barn\nÖst;Myndighet\n"
        )
        loaded = raw.load()
        assert [row["unit"] for row in loaded["units"]] == ["Väst"]
        assert rejected(loaded) == ("enheter.csv", 3, "Verksamhetsområde", "", "Verksamhetsområde saknas.")

    def test_surplus_cells_reject_the_row_unless_they_are_empty(self, raw):
        raw.write(
            "enheter.csv", "Enhet;Verksamhetsuppdrag;Verksamhetsområde\nVäst;My;Barn;;\nÖst;My;Barn;x;19990101-1234\n"
        )
        loaded = raw.load()
        assert [row["unit"] for row in loaded["units"]] == ["Väst"]
        assert rejected(loaded) == (
            "enheter.csv", 3, "", "", "Raden har fler fält än rubrikraden."
        )  # fmt: skip

    def test_the_heading_is_told_as_it_stands_in_the_file(self, raw):
        raw.write("utredningar.csv", "utrednings_id;PERSON ID;enhet;Verksamhets-område;INLEDD\nU1;k;E;O;x\n")
        assert rejected(raw.load())[2:] == ("INLEDD", "x", "INLEDD (x) går inte att läsa som ett datum.")

    def test_an_error_value_is_neither_text_nor_empty(self, raw):
        loaded = raw.load_one("investigations", {"kind": "#N/A", "person_id": "#SAKNAS!", "closed": "#DIV/0!"})
        assert loaded.reasons == [
            "Person-ID innehåller felvärdet #SAKNAS!.",
            "Utredningstyp innehåller felvärdet #N/A.",
            "Avslutad innehåller felvärdet #DIV/0!.",
        ]


class TestDays:
    def test_the_time_is_cut_off(self, raw):
        texts = ["2026-03-01", "20260301", "2026-03-01 10:15", "2026-03-01T10:15:30", "2026-03-01 00:00:00.000",
                 "20260301 1:05", "2026-03-01T23:59:59Z", "2026-03-01T23:59:59+02:00", " 2026-03-01 "]  # fmt: skip
        loaded = raw.load_one("investigations", *cells("opened", texts))
        assert values(loaded, "opened") == [date(2026, 3, 1)] * len(texts)

    def test_what_is_no_day_is_rejected(self, raw):
        texts = ["2026-02-29", "2026-13-01", "20260230", "2026-03-01x", "1/3 2026", "-"]
        loaded = raw.load_one("investigations", *cells("closed", texts))
        assert loaded.reasons == [f"Avslutad ({text}) går inte att läsa som ett datum." for text in texts]

    def test_an_open_end_is_empty(self, raw):
        texts = ["9999-12-31", "2101-01-01", "99991231", "9999-12-31 00:00:00"]
        loaded = raw.load_one("investigations", *cells("closed", texts))
        assert values(loaded, "closed") == [None] * len(texts)

    def test_a_day_before_1900_is_rejected_and_the_first_day_of_1900_is_not(self, raw):
        loaded = raw.load_one(
            "investigations", {"opened": "1899-12-31"}, {"investigation_id": "U2", "opened": "1900-01-01"}
        )
        assert loaded.reasons == ["Inledd (1899-12-31) ligger före år 1900."]
        assert len(loaded["investigations"]) == 1

    def test_tomorrow_is_accepted_and_the_day_after_is_not(self, raw):
        loaded = raw.load_one(
            "investigations", {"opened": "2026-09-09"}, {"investigation_id": "U2", "opened": "2026-09-10"}
        )
        assert rejected(loaded) == (
            "utredningar.csv", 3, "Inledd", "2026-09-10",
            "Inledd (2026-09-10) ligger i framtiden, senare än 2026-09-09.",
        )  # fmt: skip
        assert len(loaded["investigations"]) == 1

    def test_the_last_day_of_2100_is_a_day_in_the_future(self, raw):
        loaded = raw.load_one("investigations", {"closed": "2100-12-31"})
        assert loaded.reasons == ["Avslutad (2100-12-31) ligger i framtiden, senare än 2026-09-09."]

    @pytest.mark.parametrize(
        ("extract", "columns"),
        [
            ("units", ["valid_from", "valid_to"]),
            ("investigations", ["extended_until"]),
            ("decisions", ["valid_to", "executed", "ended"]),
            ("plans", ["next_follow_up", "ended"]),
        ],
    )
    def test_what_may_be_planned_may_lie_ahead(self, raw, extract, columns):
        loaded = raw.load_one(extract, dict.fromkeys(columns, "2027-01-31"))
        assert [[row[column] for column in columns] for row in loaded[extract]] == [[date(2027, 1, 31)] * len(columns)]


class TestOrder:
    @pytest.mark.parametrize(
        ("extract", "key", "pairs"),
        [
            ("investigations", "investigation_id", [("closed", "opened"), ("extended", "opened")]),
            ("referrals", "referral_id", [("decided", "received"), ("protection_assessed", "received")]),
            ("decisions", "decision_id",
             [("interrupted", "decided"), ("ended", "decided"), ("resumed", "interrupted")]),
            ("plans", "plan_id",
             [("revised", "established"), ("followed_up", "established"), ("ended", "established")]),
        ],
    )  # fmt: skip
    def test_the_same_day_is_in_order_and_the_day_before_is_not(self, raw, extract, key, pairs):
        rows = [
            {key: f"{later} {day}", earlier: "2026-03-02", later: day}
            for later, earlier in pairs
            for day in ("2026-03-01", "2026-03-02", "")
        ]
        loaded = raw.load_one(extract, *rows)
        told = [(found.key.split(" / ")[0], found.rule) for found in loaded.rejections]
        assert told == [(f"{later} 2026-03-01", f"{later}_before_{earlier}") for later, earlier in pairs]

    def test_the_reason_names_both_headings_and_days(self, raw):
        loaded = raw.load_one("investigations", {"opened": "2026-02-01", "closed": "2026-01-03"})
        assert rejected(loaded) == (
            "utredningar.csv", 2, "Avslutad", "2026-01-03", "Avslutad (2026-01-03) ligger före Inledd (2026-02-01).",
        )  # fmt: skip

    def test_a_service_may_start_before_its_decision_with_a_warning(self, raw):
        loaded = raw.load_one("decisions", {"decided": "2026-03-02", "executed": "2026-03-01"})
        assert len(loaded["decisions"]) == 1
        (warned,) = [warned for warned in loaded.quality.warnings if warned.rule == "executed_before_decided"]
        assert (warned.count, warned.examples) == (1, ("B1",))
        assert warned.text == "Verkställighetsdatum ligger före Beslutsdatum; väntetiden räknas som 0 dagar."

    def test_measurable_goals_are_at_most_all_goals(self, raw):
        loaded = raw.load_one(
            "plans",
            {"plan_id": "P1", "goals": "2", "measurable_goals": "2"},
            {"plan_id": "P2", "goals": "2", "measurable_goals": "3"},
            {"plan_id": "P3", "goals": "", "measurable_goals": "3"},
        )
        assert loaded.reasons == ["Antal mätbara mål (3) är större än Antal mål (2)."]


class TestCodesAnswersAndCounts:
    def test_codes_are_compared_without_case_spaces_and_hyphens(self, raw):
        texts = ["ingen insats", "INGEN INSATS", "Ingen-insats", "ingen_insats", "ingen  insats"]
        loaded = raw.load_one("investigations", *cells("outcome", texts))
        assert values(loaded, "outcome") == ["ingen insats"] * len(texts)

    def test_a_code_in_another_unicode_form_is_the_same(self, raw):
        assert raw.load_one("referrals", {"kind": "anma\u0308lan"})["referrals"][0]["kind"] == "anmälan"

    def test_an_unknown_code_is_rejected(self, raw):
        loaded = raw.load_one("decisions", {"law": "HSL"})
        assert loaded.reasons == ["Lag (HSL) är inte ett känt värde. Tillåtna värden: SoL, LSS, LVU, LVM."]

    def test_answers(self, raw):
        meanings = {"ja": True, "Nej": False, "J": True, "n": False, "1": True, "0": False, "TRUE": True,
                    "false": False, "": None}  # fmt: skip
        loaded = raw.load_one("investigations", *cells("protected_identity", meanings))
        assert values(loaded, "protected_identity") == list(meanings.values())

    def test_what_is_no_answer_is_rejected(self, raw):
        loaded = raw.load_one("plans", {"participation": "kanske"})
        assert loaded.reasons == ["Delaktighet dokumenterad (kanske) ska vara ja eller nej."]

    def test_in_a_column_of_crosses_blank_is_no(self, raw):
        loaded = raw.load_one(
            "plans", {"participation": "x"}, {"plan_id": "P2"}, {"plan_id": "P3", "participation": "X"}
        )
        assert [row["participation"] for row in loaded["plans"]] == [True, False, True]

    def test_a_cross_among_other_answers_is_none(self, raw):
        loaded = raw.load_one("plans", {"participation": "x"}, {"plan_id": "P2", "participation": "nej"})
        assert loaded.reasons == ["Delaktighet dokumenterad (x) ska vara ja eller nej."]

    def test_crosses_say_nothing_of_files_without_the_column(self, raw):
        raw.rows("plans", {"participation": "x"}, file="genomförandeplaner 1.csv")
        raw.rows("plans", {"plan_id": "P2"}, file="genomförandeplaner 2.csv")
        assert [row["participation"] for row in raw.load()["plans"]] == [True, None]

    def test_crosses_in_one_file_and_words_in_another(self, raw):
        raw.rows("plans", {"participation": "x"}, {"plan_id": "P2"}, file="genomförandeplaner 1.csv")
        raw.rows(
            "plans",
            *({"plan_id": f"P{n}", "participation": text} for n, text in enumerate(("ja", "nej", ""), 3)),
            file="genomförandeplaner 2.csv",
        )
        loaded = raw.load()
        assert [row["participation"] for row in loaded["plans"]] == [True, False, True, False, None]

    def test_crosses_in_one_sheet_and_words_in_another(self, raw):
        book = openpyxl.Workbook()
        book.active.title = "Januari"
        texts = {"Januari": ("x", None), "Februari": ("ja", None)}
        for name, (first, second) in texts.items():
            sheet = book[name] if name in book.sheetnames else book.create_sheet(name)
            for row in (
                ["Plan-ID", "Enhet", "Upprättad", "Samverkan beskriven"],
                [f"{name} 1", "Väst", "2026-03-01", first],
                [f"{name} 2", "Väst", "2026-03-01", second],
            ):
                sheet.append(row)
        book.save(raw.folder / "genomförandeplaner.xlsx")
        assert [row["cooperation"] for row in raw.load()["plans"]] == [True, False, True, None]

    @pytest.mark.parametrize(("elsewhere", "answer"), [("x", False), ("ja", None)])
    def test_a_file_without_any_answer_goes_by_the_others(self, raw, elsewhere, answer):
        raw.rows("plans", {"participation": elsewhere}, file="genomförandeplaner 1.csv")
        raw.write("genomförandeplaner 2.csv", "Plan-ID;Enhet;Delaktighet dokumenterad\nP2;Väst;\n")
        assert [row["participation"] for row in raw.load()["plans"]] == [True, answer]

    def test_a_column_that_is_all_blank_is_not_answered(self, raw):
        assert raw.load_one("plans", {"participation": ""})["plans"][0]["participation"] is None

    def test_counts(self, raw):
        numbers = {"0": 0, "3": 3, "3,0": 3, "3.00": 3, "999999999": 999_999_999, "": None}
        loaded = raw.load_one("investigations", *cells("birth_year", numbers))
        assert values(loaded, "birth_year") == list(numbers.values())

    def test_what_is_no_count_is_rejected(self, raw):
        texts = ["-1", "2,5", "två", "1e3", "12345678901"]
        loaded = raw.load_one("investigations", *cells("birth_year", texts))
        assert loaded.reasons == [f"Födelseår ({text}) ska vara ett helt tal, 0 eller större." for text in texts]
