"""Whose rows they are: personnummer that a spreadsheet has spoilt, and ids that tell more than they should."""

from __future__ import annotations

import pytest

NUMBER = "20121130-2383"  # an invented one with a right check digit


def people(raw, *texts):
    raw.rows("referrals", *({"referral_id": f"A{n}", "person_id": text} for n, text in enumerate(texts)))
    return raw.load()


def valid_without_zero():
    """Nine digits that with a zero before them are a personnummer with a right check digit."""
    from pipeline.privacy import may_lack_zero
    from tests.unit.loading.conftest import TODAY

    return next(text for text in (f"91030{n:04d}" for n in range(1000, 9999)) if may_lack_zero(text, TODAY))


@pytest.mark.parametrize(
    "mangled",
    [
        "1,9901E+11",
        "1.99901011E+11",
        "1E+11",
        "9,10303E+10",
        "9,90E+09",
        "9.9e9",
        "1,01E+8",
        "199010000000",
        "199011000000",
    ],
)
def test_a_number_in_powers_of_ten_is_rejected_with_its_cause(raw, mangled):
    loaded = people(raw, NUMBER, mangled)
    (rejection,) = loaded.rejections
    assert (rejection.rule, rejection.row, rejection.heading) == ("mangled_person", 3, "Person-ID")
    assert rejection.reason == (
        "Person-ID är ett personnummer som Excel har gjort om till ett tal, så siffror har gått förlorade."
    )
    assert mangled not in rejection.value


def test_a_lost_zero_is_told_of_among_personnummer(raw):
    loaded = people(raw, NUMBER, valid_without_zero())
    assert [(one.rule, one.row) for one in loaded.rejections] == [("mangled_person", 3)]


@pytest.mark.parametrize("whole_first", [True, False])
def test_where_in_the_file_the_whole_ones_stand_is_no_matter(raw, whole_first, monkeypatch):
    monkeypatch.setattr("pipeline.sources.table.BATCH_ROWS", 1)
    texts = [NUMBER, valid_without_zero()]
    assert [one.rule for one in people(raw, *(texts if whole_first else texts[::-1])).rejections] == ["mangled_person"]


@pytest.mark.parametrize("number", ["199205040000", "19920504-0000", "9205040000"])
def test_a_day_and_four_digits_are_a_personnummer_whatever_the_digits(raw, number):
    assert people(raw, NUMBER, number).rejections == ()


def test_nine_digits_among_ids_of_the_systems_own_are_one(raw):
    loaded = people(raw, "100000001", valid_without_zero())
    assert loaded.rejections == ()


def test_a_record_id_that_is_a_personnummer_becomes_a_pseudonym(raw):
    raw.rows("referrals", {"referral_id": NUMBER})
    raw.rows("investigations", {"referral_id": NUMBER})
    loaded = raw.load()
    (referral,), (investigation,) = loaded["referrals"], loaded["investigations"]
    assert NUMBER not in referral["referral_id"]
    assert referral["referral_id"] == investigation["referral_id"]
    assert "referral_id_dangling" not in loaded.warned
    assert loaded.warned["person_number_masked"] == 1


@pytest.mark.parametrize("own", ["2012113023", "A-20121130-99", "121130238"])
def test_a_record_id_that_only_resembles_one_stays(raw, own):
    assert raw.load_one("referrals", {"referral_id": own})["referrals"][0]["referral_id"] == own
