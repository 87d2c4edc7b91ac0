"""The tables of config.toml whose values must also agree with one another: limits, and the quarter's report."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field, field_validator

from pipeline.config.values import Count, Percent, Section, Text, Texts

_A_LEAP_YEAR = 2000  # has every day that some year has


class Limits(Section):
    """Limits of the definitions; names as in the metric catalogue."""

    child_areas: Texts = ("Barn och unga",)
    not_child_kinds: Texts = (
        "ekonomiskt bistånd",
        "familjerätt",
        "vårdnad",
        "boende",
        "umgänge",
        "adoption",
        "faderskap",
        "familjehemsutredning",
        "yttrande",
        "LSS",
    )
    plan_grace_days: Count = 0
    plan_exempt_areas: Texts = ("Ekonomiskt bistånd",)
    plan_exempt_services: Texts = ("trygghetslarm", "matdistribution")
    plan_current_months: dict[Text, Annotated[int, Field(ge=1)]] = Field(default={"default": 12, "Äldreomsorg": 6})
    execution_exempt_areas: Texts = ("Ekonomiskt bistånd",)
    care_level_services: Texts = ("daglig verksamhet", "bostad med särskild service")
    incident_days: Count = 90
    control_minor_percent: Percent = 0
    control_major_percent: Percent = 10
    risk_medium_from: Count = 4
    risk_high_from: Count = 9
    near_points: Percent = 5
    near_percent: Percent = 5
    rejected_percent: Percent = 5

    @field_validator("plan_current_months")
    @classmethod
    def _one_number_an_area(cls, months: dict[str, int]) -> dict[str, int]:
        if "default" not in months:
            raise ValueError("saknar default, månaderna för områden som inte nämns")
        if len({area.casefold() for area in months}) < len(months):
            raise ValueError("nämner ett område två gånger; stora och små bokstäver är lika")
        return months


class Ivo(Section):
    """The quarter's report on decisions not executed.

    `Q1` to `Q4`: the first and last day (month-day) when each quarter is reported, the first such days after its end.
    `bands`: the first day, counted from the decision, of each band in the statistics; those before the first belong
    to it.
    """

    Q1: Texts = ("04-01", "04-30")
    Q2: Texts = ("07-01", "08-31")
    Q3: Texts = ("10-01", "10-31")
    Q4: Texts = ("01-01", "01-31")
    bands: Annotated[tuple[Annotated[int, Field(ge=1)], ...], Field(strict=False)] = (91, 181, 366)

    @field_validator("Q1", "Q2", "Q3", "Q4")
    @classmethod
    def _first_and_last(cls, days: tuple[str, ...]) -> tuple[str, ...]:
        for day in days:
            try:
                date.fromisoformat(f"{_A_LEAP_YEAR}-{day}")
            except ValueError:
                raise ValueError(f"nämner {day}; skriv månad och dag, till exempel 04-30") from None
        if len(days) != 2 or days[0] > days[1]:
            raise ValueError('ska vara första och sista dagen, till exempel ["04-01", "04-30"]')
        return days

    @field_validator("bands")
    @classmethod
    def _rising(cls, bands: tuple[int, ...]) -> tuple[int, ...]:
        if not bands or list(bands) != sorted(set(bands)):
            raise ValueError("ska vara minst en dag, och varje dag senare än den förra, till exempel [91, 181, 366]")
        return bands
