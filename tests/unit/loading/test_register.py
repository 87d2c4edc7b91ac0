"""Units that the register knows but not on the period's last day, and areas that nobody knows."""

from __future__ import annotations

import pytest

from pipeline import database, loading
from pipeline.config import Committee
from pipeline.periods import Period

PERIOD = Period.parse("2026T2")


@pytest.fixture
def asked(raw):
    """Loads what lies in the folder and asks of the loaded database."""

    def asking(question, about):
        with database.in_memory() as db:
            loading.load(db, raw.config, PERIOD.ends, raw.folder)
            return question(db, about)

    return asking


class TestOutsideRegister:
    def outside(self, asked):
        return [name for warned in asked(loading.outside_register, PERIOD) for name in warned.examples]

    @pytest.mark.parametrize(
        ("valid_from", "valid_to", "is_outside"),
        [
            ("", "", False),
            ("2026-08-31", "2026-08-31", False),
            ("", "2026-08-30", True),
            ("2026-09-01", "", True),
        ],
    )
    def test_the_last_day_decides(self, raw, asked, valid_from, valid_to, is_outside):
        raw.rows("units", {"unit": "Väst", "valid_from": valid_from, "valid_to": valid_to})
        raw.rows("referrals", {"unit": "VÄST"})
        assert self.outside(asked) == (["Väst"] if is_outside else [])

    def test_one_row_of_several_is_enough(self, raw, asked):
        raw.rows("units", {"valid_to": "2025-12-31"}, {"valid_from": "2026-01-01"})
        raw.rows("referrals", {})
        assert self.outside(asked) == []

    def test_units_of_every_extract_are_looked_for_and_others_are_not(self, raw, asked):
        names = ["Beslut", "Plan", "Utförare", "Utredning", "Ärende"]
        raw.rows("units", *({"unit": name, "valid_to": "2026-01-01"} for name in (*names, "Utan rader")))
        raw.rows("referrals", {"unit": "Ärende"})
        raw.rows("investigations", {"unit": "Utredning"}, {"investigation_id": "U2", "unit": "Okänd"})
        raw.rows("decisions", {"unit": "Beslut", "provider_unit": "Utförare"})
        raw.rows("plans", {"unit": "Plan"})
        (warned,) = asked(loading.outside_register, PERIOD)
        assert (warned.extract, warned.rule, warned.count, warned.examples) == (
            "units", "outside_register", 5, tuple(names)
        )  # fmt: skip
        assert warned.text == (
            "Enheten har rader i utdragen och finns i enhetsregistret, men gäller inte där på periodens sista dag"
            " 2026-08-31."
        )

    def test_without_a_register_there_is_nothing_to_say(self, raw, asked):
        raw.rows("referrals", {})
        assert asked(loading.outside_register, PERIOD) == []


class TestUnknownAreas:
    def unknown(self, raw, asked, *areas):
        config = raw.config.model_copy(update={"committee": Committee(name="Socialnämnden", areas=areas)})
        return [warned.text for warned in asked(loading.unknown_areas, config)]

    def test_an_area_that_nobody_has_is_told_with_the_nearest(self, raw, asked):
        raw.rows("units", {"area": "Barn och unga"}, {"unit": "Öst", "area": "Äldreomsorg"})
        assert self.unknown(raw, asked, "Äldre omsorg", "barn och unga") == [
            "Verksamhetsområdet Äldre omsorg, som står i config.toml (committee.areas), finns varken i utdragen eller i"
            " enhetsregistret; närmast är Äldreomsorg."
        ]

    @pytest.mark.parametrize("extract", ["referrals", "investigations", "decisions"])
    def test_an_area_that_stands_in_an_extract_is_known(self, raw, asked, extract):
        raw.rows("units", {"area": "Vuxna"})
        raw.rows(extract, {"area": "ÄLDREOMSORG"})
        assert self.unknown(raw, asked, "Äldreomsorg") == []

    def test_no_area_is_nearest_where_there_is_none(self, raw, asked):
        raw.rows("plans", {})
        assert self.unknown(raw, asked, "Vuxna") == [
            "Verksamhetsområdet Vuxna, som står i config.toml (committee.areas), finns varken i utdragen eller i"
            " enhetsregistret."
        ]
