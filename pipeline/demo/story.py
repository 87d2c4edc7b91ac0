"""What the invented municipality is like: every number that shapes it, and no code that draws.

Volumes are a small municipality's a year; larger sizes multiply them. Pairs are (when the four years begin, when they
end). Quantiles are (share of cases, at most this many days).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pipeline.demo.chance import Quantiles


class Area(StrEnum):
    """The areas (verksamhetsområden)."""

    CHILDREN = "Barn och unga"
    ECONOMIC = "Ekonomiskt bistånd"
    ADDICTION = "Missbruk och beroende"
    DISABILITY = "Funktionsnedsättning"
    ELDERLY = "Äldreomsorg"


PROGRAMMES: Mapping[Area, tuple[str, str]] = {  # before and after the reorganisation
    Area.CHILDREN: ("Individ- och familjeomsorg", "Barn och familj"),
    Area.ECONOMIC: ("Individ- och familjeomsorg", "Vuxna"),
    Area.ADDICTION: ("Individ- och familjeomsorg", "Vuxna"),
    Area.DISABILITY: ("Vård och omsorg", "Stöd till personer med funktionsnedsättning"),
    Area.ELDERLY: ("Vård och omsorg", "Äldreomsorg"),
}


class Role(StrEnum):
    """What a unit does with a case."""

    RECEIVES = "receives"
    INVESTIGATES = "investigates"
    PERFORMS = "performs"


@dataclass(frozen=True)
class UnitStory:
    """A unit of each district: its part of the area's cases, and how it differs from the others."""

    name: str
    area: Area
    roles: tuple[Role, ...]
    code: str
    share: float = 1.0
    pace: tuple[float, float] = (1.0, 1.0)  # times the area's usual time
    care: tuple[float, float] = (0.86, 0.95)  # how often plans are made and services followed up
    provider_type: str = "egen"
    services: tuple[str, ...] = ()  # what a performing unit performs; empty = whatever the area has
    merged_into: str = ""  # closed at the reorganisation


HOUSING = ("Bostad med särskild service", "Korttidsvistelse", "Boendestöd")
BY_DAY = ("Daglig verksamhet", "Kontaktperson", "Ledsagarservice")
AT_HOME = ("Hemtjänst", "Trygghetslarm", "Matdistribution")
IN_A_HOME = ("Särskilt boende", "Dagverksamhet")

UNITS = (
    UnitStory("Mottagningen barn och unga", Area.CHILDREN, (Role.RECEIVES,), "MBU"),
    UnitStory("Utredningsgruppen Norr", Area.CHILDREN, (Role.INVESTIGATES,), "UGN", 0.5, (1.1, 0.8)),
    UnitStory("Utredningsgruppen Söder", Area.CHILDREN, (Role.INVESTIGATES,), "UGS", 0.3, (0.86, 1.14)),
    UnitStory(
        "Utredningsgruppen Väst",
        Area.CHILDREN,
        (Role.INVESTIGATES,),
        "UGV",
        0.2,
        (1.12, 1.0),
        merged_into="Utredningsgruppen Söder",
    ),
    UnitStory("Familjestödet", Area.CHILDREN, (Role.PERFORMS,), "FAM", care=(0.76, 0.94)),
    UnitStory(
        "Försörjningsstödsenheten",
        Area.ECONOMIC,
        (Role.RECEIVES, Role.INVESTIGATES, Role.PERFORMS),
        "FSE",
        care=(0.3, 0.4),
    ),
    UnitStory(
        "Vuxenenheten",
        Area.ADDICTION,
        (Role.RECEIVES, Role.INVESTIGATES, Role.PERFORMS),
        "VUX",
        pace=(1.1, 1.0),
        care=(0.74, 0.88),
    ),
    UnitStory("LSS-handläggningen", Area.DISABILITY, (Role.RECEIVES, Role.INVESTIGATES), "LSS", pace=(1.0, 1.1)),
    UnitStory(
        "Gruppbostaden Björken", Area.DISABILITY, (Role.PERFORMS,), "BJÖ", 0.65, care=(0.9, 0.99), services=HOUSING
    ),
    UnitStory(
        "Gruppbostaden Linden",
        Area.DISABILITY,
        (Role.PERFORMS,),
        "LIN",
        0.35,
        care=(0.92, 0.72),
        provider_type="privat",
        services=HOUSING,
    ),
    UnitStory("Dagliga verksamheten", Area.DISABILITY, (Role.PERFORMS,), "DAG", care=(0.84, 0.96), services=BY_DAY),
    UnitStory("Biståndsenheten", Area.ELDERLY, (Role.RECEIVES, Role.INVESTIGATES), "BIS", pace=(1.1, 0.95)),
    UnitStory("Hemtjänsten Centrum", Area.ELDERLY, (Role.PERFORMS,), "HTC", 0.7, care=(0.82, 0.96), services=AT_HOME),
    UnitStory(
        "Hemtjänsten Lunden",
        Area.ELDERLY,
        (Role.PERFORMS,),
        "HTL",
        0.3,
        care=(0.94, 0.8),
        provider_type="privat",
        services=AT_HOME,
    ),
    UnitStory("Solgläntans äldreboende", Area.ELDERLY, (Role.PERFORMS,), "SOL", care=(0.86, 0.98), services=IN_A_HOME),
)

AT_ONCE: Quantiles = ((0, -3), (0.12, 0), (0.8, 1), (1, 7))
SOON: Quantiles = ((0, 0), (0.5, 4), (0.9, 14), (1, 45))
WITHIN_SEASON: Quantiles = ((0, 3), (0.5, 30), (0.8, 72), (0.92, 96), (1, 220))
LONG: Quantiles = ((0, 8), (0.25, 35), (0.5, 70), (0.68, 98), (0.9, 200), (1, 460))

A_FEW_MONTHS: Quantiles = ((0, 28), (0.5, 85), (1, 400))
MONTHS: Quantiles = ((0, 40), (0.5, 210), (1, 700))
SOME_YEARS: Quantiles = ((0, 40), (0.5, 520), (1, 2300))
MANY_YEARS: Quantiles = ((0, 200), (0.5, 1300), (1, 4200))


@dataclass(frozen=True)
class Service:
    """A service (insats): how often it is granted, how long people wait for it and have it."""

    name: str
    weight: float
    laws: Mapping[str, float]
    wait: Quantiles
    lasts: Quantiles
    months: int  # length of a plan, and of a decision when `limited`
    limited: bool = True
    offers: bool = False  # the person is offered a place or a contact, and may decline
    provided_inside: bool = True  # by a unit of the register


SOL, LSS = {"SoL": 1.0}, {"LSS": 1.0}


@dataclass(frozen=True)
class AreaStory:
    """How cases of an area come in, are investigated and lead to services."""

    received: float  # a year
    growth: float  # a year, as a share of the first
    seasons: tuple[float, ...]  # January to December
    kinds: Mapping[str, float]
    sources: Mapping[str, float]
    ages: tuple[float, float]
    opened: Mapping[str, float]  # share that is investigated, by kind
    investigation_kinds: Mapping[str, float]
    days: Quantiles
    outcomes: Mapping[str, float]
    granted_before: float  # services granted a year, before the four years
    services: tuple[Service, ...]
    end_reasons: Mapping[str, float]
    people_a_case: float = 0.6  # people for every case received: the others come back
    preassessed: tuple[float, float] = (0.8, 0.9)  # reports decided within 14 days


_EVEN = (1.0,) * 12
_OPENED = {"ansökan": 0.97, "information på annat sätt": 0.4, "överflyttning": 0.9, "begäran om yttrande": 0.95}

AREAS: Mapping[Area, AreaStory] = {
    Area.CHILDREN: AreaStory(
        received=285,
        growth=0.07,
        seasons=(1.0, 1.0, 1.1, 1.0, 1.15, 0.95, 0.55, 0.8, 1.2, 1.3, 1.2, 0.95),
        kinds={
            "anmälan": 0.76,
            "ansökan": 0.1,
            "information på annat sätt": 0.04,
            "begäran om yttrande": 0.05,
            "överflyttning": 0.02,
            "övrigt": 0.03,
        },
        sources={
            "Skola": 25,
            "Polis": 20,
            "Hälso- och sjukvård": 14,
            "Annan del av socialtjänsten": 9,
            "Anhörig": 9,
            "Vårdnadshavare": 8,
            "Anonym": 7,
            "Förskola": 5,
            "Barnet": 3,
        },
        ages=(0.1, 16.8),
        opened=_OPENED,
        investigation_kinds={"Barnavårdsutredning": 0.94, "Familjehemsutredning": 0.04, "Vårdnad": 0.02},
        days=((0, 4), (0.1, 32), (0.3, 68), (0.5, 92), (0.66, 108), (0.78, 118), (0.9, 131), (0.96, 172), (1, 330)),
        outcomes={"insats": 0.44, "ingen insats": 0.49, "avbruten": 0.05, "övrigt": 0.02},
        granted_before=45,
        services=(
            Service("Öppenvårdsinsats", 0.5, SOL, SOON, MONTHS, 12),
            Service("Kontaktfamilj", 0.15, SOL, LONG, SOME_YEARS, 12, offers=True),
            Service("Kontaktperson", 0.11, SOL, LONG, MONTHS, 12, offers=True),
            Service("Familjehem", 0.16, {"SoL": 0.6, "LVU": 0.4}, AT_ONCE, SOME_YEARS, 12, provided_inside=False),
            Service("HVB", 0.08, {"SoL": 0.6, "LVU": 0.4}, AT_ONCE, MONTHS, 12, provided_inside=False),
        ),
        end_reasons={"Målen uppnådda": 5, "Avslutad på egen begäran": 3, "Flyttat": 1, "Ersatt av annan insats": 1},
        people_a_case=1.1,
        preassessed=(0.79, 0.92),
    ),
    Area.ECONOMIC: AreaStory(
        received=75,
        growth=-0.04,
        seasons=(1.2, 1.0, 1.0, 0.95, 1.0, 1.1, 1.1, 1.0, 1.0, 1.0, 0.95, 0.9),
        kinds={"ansökan": 0.97, "övrigt": 0.03},
        sources={"Den enskilde": 95, "Annan myndighet": 5},
        ages=(18, 63),
        opened=_OPENED,
        investigation_kinds={"Ekonomiskt bistånd": 1},
        days=((0, 2), (0.5, 12), (0.9, 25), (0.98, 60), (1, 130)),
        outcomes={"insats": 0.72, "ingen insats": 0.24, "avbruten": 0.04},
        granted_before=0,
        services=(Service("Försörjningsstöd", 1, SOL, SOON, A_FEW_MONTHS, 6),),
        end_reasons={"Egen försörjning": 5, "Annan ersättning": 3, "Flyttat": 2},
    ),
    Area.ADDICTION: AreaStory(
        received=42,
        growth=0.02,
        seasons=_EVEN,
        kinds={"anmälan": 0.52, "ansökan": 0.43, "information på annat sätt": 0.05},
        sources={"Den enskilde": 40, "Polis": 25, "Hälso- och sjukvård": 20, "Anhörig": 15},
        ages=(18, 70),
        opened=_OPENED,
        investigation_kinds={"Vuxenutredning": 1},
        days=((0, 5), (0.5, 52), (0.88, 88), (0.95, 110), (1, 260)),
        outcomes={"insats": 0.56, "ingen insats": 0.3, "avbruten": 0.12, "övrigt": 0.02},
        granted_before=14,
        services=(
            Service("Öppenvårdsbehandling", 0.6, SOL, SOON, MONTHS, 12),
            Service("Boendestöd", 0.25, SOL, WITHIN_SEASON, SOME_YEARS, 24),
            Service("HVB vuxna", 0.15, {"SoL": 0.75, "LVM": 0.25}, AT_ONCE, MONTHS, 12, provided_inside=False),
        ),
        end_reasons={"Målen uppnådda": 4, "Avbrutit i förtid": 4, "Flyttat": 1, "Avliden": 1},
    ),
    Area.DISABILITY: AreaStory(
        received=38,
        growth=0.03,
        seasons=_EVEN,
        kinds={"ansökan": 0.97, "övrigt": 0.03},
        sources={"Den enskilde": 55, "Företrädare": 45},
        ages=(7, 63),
        opened=_OPENED,
        investigation_kinds={"LSS": 0.75, "Bistånd enligt SoL": 0.25},
        days=((0, 8), (0.5, 54), (0.88, 86), (0.95, 105), (1, 240)),
        outcomes={"insats": 0.74, "ingen insats": 0.22, "avbruten": 0.04},
        granted_before=24,
        services=(
            Service("Daglig verksamhet", 0.26, LSS, WITHIN_SEASON, MANY_YEARS, 24),
            Service("Bostad med särskild service", 0.14, LSS, LONG, MANY_YEARS, 24, limited=False, offers=True),
            Service("Kontaktperson", 0.18, LSS, LONG, SOME_YEARS, 24, offers=True),
            Service("Ledsagarservice", 0.14, LSS, WITHIN_SEASON, SOME_YEARS, 24),
            Service("Korttidsvistelse", 0.12, LSS, WITHIN_SEASON, SOME_YEARS, 24),
            Service("Boendestöd", 0.16, SOL, WITHIN_SEASON, SOME_YEARS, 24),
        ),
        end_reasons={"Avslutad på egen begäran": 5, "Flyttat": 2, "Ersatt av annan insats": 2, "Avliden": 1},
        people_a_case=1.5,
    ),
    Area.ELDERLY: AreaStory(
        received=105,
        growth=0.04,
        seasons=(1.1, 1.05, 1.0, 0.95, 0.95, 0.95, 0.95, 0.95, 1.0, 1.0, 1.05, 1.05),
        kinds={"ansökan": 0.86, "information på annat sätt": 0.11, "överflyttning": 0.03},
        sources={"Den enskilde": 45, "Hälso- och sjukvård": 30, "Anhörig": 25},
        ages=(66, 94),
        opened=_OPENED,
        investigation_kinds={"Bistånd enligt SoL": 1},
        days=((0, 1), (0.5, 15), (0.9, 42), (1, 150)),
        outcomes={"insats": 0.86, "ingen insats": 0.1, "avbruten": 0.04},
        granted_before=78,
        services=(
            Service("Hemtjänst", 0.48, SOL, SOON, SOME_YEARS, 18),
            Service("Trygghetslarm", 0.16, SOL, SOON, SOME_YEARS, 18),
            Service("Matdistribution", 0.08, SOL, SOON, MONTHS, 18),
            Service("Särskilt boende", 0.2, SOL, WITHIN_SEASON, SOME_YEARS, 18, offers=True),
            Service("Dagverksamhet", 0.08, SOL, WITHIN_SEASON, MONTHS, 18),
        ),
        end_reasons={"Avliden": 5, "Avslutad på egen begäran": 2, "Ersatt av annan insats": 3},
        people_a_case=1.5,
    ),
}

CHILD_REPORT_BY_SCHOOL = ("Skola", "Förskola")  # closed in summer

SERVICES: tuple[tuple[Area, Service], ...] = tuple(
    (area, service) for area, story in AREAS.items() for service in story.services
)

DELAY_REASONS = {
    "Saknar lämplig uppdragstagare": 4,
    "Saknar ledig plats eller bostad": 3,
    "Den enskilde har tackat nej till erbjudande": 2,
    "Den enskilde vill vänta": 1,
    "Annat": 1,
}
