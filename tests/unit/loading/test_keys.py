"""Rule 5: exact duplicates, conflicts and supersession, in that order."""

from __future__ import annotations

import pytest


def ids(loaded):
    return [row["investigation_id"] for row in loaded["investigations"]]


def account(loaded, file="utredningar.csv"):
    found = loaded.account(file)
    return found.read, found.loaded, found.rejected, found.duplicates, found.superseded


def test_the_same_row_twice_counts_once(raw):
    loaded = raw.load_one("investigations", {"kind": "barn"}, {"kind": " barn\u00a0"}, {"kind": "barn"})
    assert account(loaded) == (3, 1, 0, 2, 0)


def test_the_same_key_with_other_contents_rejects_every_such_row(raw):
    loaded = raw.load_one("investigations", {"kind": "a"}, {"investigation_id": "U2"}, {"kind": "b"})
    assert ids(loaded) == ["U2"]
    assert [rejection.row for rejection in loaded.rejections] == [2, 4]
    assert set(loaded.reasons) == {"Utrednings-ID (U1) finns på flera rader i filen med olika innehåll: rad 2, 4."}


def test_a_duplicate_among_conflicting_rows_is_a_duplicate(raw):
    loaded = raw.load_one("investigations", {"kind": "a"}, {"kind": "a"}, {"kind": "b"})
    assert account(loaded) == (3, 0, 2, 1, 0)


def test_a_conflicting_row_is_told_its_other_faults_too(raw):
    loaded = raw.load_one("investigations", {"kind": "a", "opened": "x"}, {"kind": "b"})
    assert [rejection.rule for rejection in loaded.rejections] == ["conflict", "unreadable_date", "conflict"]


def test_the_file_whose_name_sorts_last_wins(raw):
    raw.rows("investigations", {"kind": "ny"}, file="Utredningar_2.csv")
    raw.rows("investigations", {"kind": "gammal"}, {"investigation_id": "U2"}, file="utredningar_1.csv")
    loaded = raw.load()
    assert [(row["investigation_id"], row["kind"]) for row in loaded["investigations"]] == [("U2", None), ("U1", "ny")]
    assert account(loaded, "utredningar_1.csv") == (2, 1, 0, 0, 1)


def test_the_same_row_in_two_files_is_superseded_not_a_duplicate(raw):
    raw.rows("investigations", {}, file="utredningar_1.csv")
    raw.rows("investigations", {}, file="utredningar_2.csv")
    assert account(raw.load(), "utredningar_1.csv") == (1, 0, 0, 0, 1)


def test_a_rejected_newest_row_revives_no_older_one(raw):
    raw.rows("investigations", {}, file="utredningar_1.csv")
    raw.rows("investigations", {"opened": "x"}, file="utredningar_2.csv")
    loaded = raw.load()
    assert ids(loaded) == []
    assert account(loaded, "utredningar_1.csv") == (1, 0, 0, 0, 1)


def test_conflicting_newest_rows_revive_no_older_one(raw):
    raw.rows("investigations", {}, file="utredningar_1.csv")
    raw.rows("investigations", {"kind": "a"}, {"kind": "b"}, file="utredningar_2.csv")
    loaded = raw.load()
    assert account(loaded, "utredningar_1.csv") == (1, 0, 0, 0, 1)
    assert account(loaded, "utredningar_2.csv") == (2, 0, 2, 0, 0)


def test_conflicts_in_an_old_file_stay_rejected(raw):
    raw.rows("investigations", {"kind": "a"}, {"kind": "b"}, file="utredningar_1.csv")
    raw.rows("investigations", {}, file="utredningar_2.csv")
    assert account(raw.load(), "utredningar_1.csv") == (2, 0, 2, 0, 0)


def test_source_systems_have_keys_of_their_own(raw):
    loaded = raw.load_one(
        "investigations",
        {"source_system": "Viva"},
        {"source_system": "Treserva"},
        {"source_system": "VIVA", "kind": "b"},
    )
    assert [row["source_system"] for row in loaded["investigations"]] == ["Treserva"]
    assert [rejection.row for rejection in loaded.rejections] == [2, 4]


def test_patterns_have_keys_of_their_own(raw):
    patterns = {**raw.config.files, "investigations": ("utredningar*", "gamla*")}
    raw.config = raw.config.model_copy(update={"files": patterns})
    raw.rows("investigations", {}, file="gamla.csv")
    raw.rows("investigations", {}, file="utredningar.csv")
    assert ids(raw.load()) == ["U1", "U1"]


def test_patterns_that_differ_in_marks_only_are_one(raw):
    raw.rows("plans", {}, file="genomforandeplaner 1.csv")
    raw.rows("plans", {}, file="genomförandeplaner 2.csv")
    loaded = raw.load()
    assert len(loaded["plans"]) == 1
    assert loaded.account("genomforandeplaner 1.csv").superseded == 1


def test_a_unit_in_a_key_is_compared_without_case_and_a_day_as_a_day(raw):
    loaded = raw.load_one(
        "units",
        {"unit": "Väst", "valid_from": "2026-01-01"},
        {"unit": "VÄST", "valid_from": "20260101", "area": "Annat"},
        {"unit": "Väst", "valid_from": ""},
    )
    assert len(loaded["units"]) == 1
    assert loaded.reasons[0] == (
        "Enhet + Giltig från (Väst / 2026-01-01) finns på flera rader i filen med olika innehåll: rad 2–3."
    )


def test_an_empty_optional_key_part_is_a_value(raw):
    loaded = raw.load_one("plans", {"decision_id": ""}, {"decision_id": "B1"}, {"decision_id": "", "kind": "vårdplan"})
    assert [row["decision_id"] for row in loaded["plans"]] == ["B1"]


def test_rows_without_key_contradict_nobody(raw):
    loaded = raw.load_one(
        "investigations", {"investigation_id": "", "kind": "a"}, {"investigation_id": "", "kind": "b"}
    )
    assert [rejection.rule for rejection in loaded.rejections] == ["missing", "missing"]


def test_ids_are_compared_letter_by_letter(raw):
    assert ids(raw.load_one("investigations", {"investigation_id": "u1"}, {"investigation_id": "U1"})) == ["u1", "U1"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"opened": "2026-05-02"}, {"opened": "2026-05-02 00:00:00"}),
        ({"closed": ""}, {"closed": "9999-12-31"}),
        ({"unit": "Barn Väst"}, {"unit": "barn väst"}),
        ({"outcome": "Insats"}, {"outcome": "insats"}),
        ({"protected_identity": "ja"}, {"protected_identity": "1"}),
    ],
)
def test_rows_that_say_the_same_are_one_however_they_are_written(raw, one, other):
    loaded = raw.load_one("investigations", one, other)
    assert loaded.rejections == ()
    assert loaded.account("utredningar.csv").duplicates == 1
