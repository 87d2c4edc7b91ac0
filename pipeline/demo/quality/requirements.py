"""The requirement matrix (kravmatris): what law demands, the routine that answers it, and when it is looked over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from pipeline.demo.quality.controls import ACCESS, SAMPLED_ACCESS
from pipeline.demo.quality.review_story import CHILD, HEARD, PLAN, PREASSESSMENT, REASONS_GIVEN, WHO_DOES_WHAT
from pipeline.demo.quality.whole import named, whole
from pipeline.demo.society import Society
from pipeline.demo.tables import Table
from pipeline.demo.times import NO_DAY, months_on

_COLUMNS = (
    "regulation",
    "requirement",
    "area",
    "force",
    "unit",
    "routine",
    "revised",
    "next_revision",
    "method",
    "responsible",
    "metrics",
)
BINDING, ADVICE = "föreskrift", "allmänt råd"


@dataclass(frozen=True)
class RequirementStory:
    """A demand. `revised`: months since its routine was looked over; `every`: months between; 0 = never planned."""

    regulation: str
    text: str
    area: str
    routine: str
    revised: int
    method: str
    responsible: str
    metrics: tuple[str, ...] = ()
    every: int = 12
    force: str = BINDING
    unit: str = ""


ACT, LSS_ACT = "Socialtjänstlagen", "LSS"
SYSTEM, RECORDS = "SOSFS 2011:9", "SOSFS 2014:5"
DECIDED_IN_TIME = "Förhandsbedömning är klar inom 14 dagar"
PROTECTED = "Barnets behov av skydd bedöms genast"
INVESTIGATED_IN_TIME = "Barnutredning är klar inom fyra månader"
EXECUTED_IN_TIME = "Beslut verkställs utan oskäligt dröjsmål"
PARTICIPATING = "Den enskilde är delaktig i planeringen"
SELF_CHECKED = "Egenkontroll görs så ofta som behövs"
COMPLAINED = "Klagomål och synpunkter tas emot och utreds"
LEARNED_FROM = "Missförhållanden rapporteras och utreds"

REQUIREMENTS: Sequence[RequirementStory] = (
    RequirementStory(
        ACT,
        PROTECTED,
        "Barn och unga",
        "Rutin för skyddsbedömning",
        7,
        "Mått varje tertial",
        "Enhetschef mottagningen",
        ("protection_assessed_by_next_day",),
    ),
    RequirementStory(
        ACT,
        DECIDED_IN_TIME,
        "Barn och unga",
        "Rutin för förhandsbedömning",
        14,
        "Mått varje tertial; granskning av akter i maj",
        "Enhetschef mottagningen",
        ("preassessment_within_14_days", "preassessment_open_over_14_days"),
    ),
    RequirementStory(
        ACT,
        INVESTIGATED_IN_TIME,
        "Barn och unga",
        "Handbok för barnutredning",
        5,
        "Mått varje månad",
        "Enhetschef",
        ("investigation_within_allowed_time", "investigation_open_over_allowed_time"),
    ),
    RequirementStory(
        ACT,
        "Barnet får relevant information och får framföra sina åsikter",
        "Barn och unga",
        "Handbok för barnutredning",
        5,
        "Granskning av akter i oktober",
        "Utvecklingsledare barn och unga",
        (f"review_fulfilled: {CHILD}: {HEARD}",),
    ),
    RequirementStory(
        ACT,
        EXECUTED_IN_TIME,
        "Alla områden",
        "Rutin för beslut som inte är verkställda",
        16,
        "Mått varje kvartal; rapport till nämnden",
        "Verksamhetscontroller",
        ("decision_unexecuted_over_3_months", "decision_executed_within_3_months"),
    ),
    RequirementStory(
        ACT,
        LEARNED_FROM,
        "Alla områden",
        "Rutin för lex Sarah",
        10,
        "Sammanställning varje år",
        "Kvalitetsstrateg",
        ("lex_sarah_reported_to_ivo",),
    ),
    RequirementStory(
        LSS_ACT,
        "Den enskilde erbjuds en individuell plan",
        "Funktionsnedsättning",
        "",
        -1,
        "",
        "Enhetschef LSS-handläggningen",
        every=0,
    ),
    RequirementStory(
        LSS_ACT,
        LEARNED_FROM,
        "Funktionsnedsättning",
        "Rutin för lex Sarah",
        10,
        "Sammanställning varje år",
        "Kvalitetsstrateg",
        ("lex_sarah_reported_to_ivo",),
    ),
    RequirementStory(
        SYSTEM,
        "Processer och rutiner är kända och aktuella",
        "Alla områden",
        "Ledningssystemets handbok",
        26,
        "Genomgång varje år",
        "Socialchef",
        every=24,
    ),
    RequirementStory(
        SYSTEM,
        "Risker analyseras fortlöpande",
        "Alla områden",
        "Rutin för riskanalys",
        20,
        "Internkontroll",
        "Kvalitetsstrateg",
        ("control_deviation",),
    ),
    RequirementStory(
        SYSTEM,
        SELF_CHECKED,
        "Alla områden",
        "Uppföljningsplan",
        8,
        "Uppföljningsplanen",
        "Kvalitetsstrateg",
        ("plan_current", "service_followed_up_within_12_months"),
    ),
    RequirementStory(
        SYSTEM,
        COMPLAINED,
        "Alla områden",
        "Rutin för synpunkter och klagomål",
        11,
        "Sammanställning varje år",
        "Kvalitetsstrateg",
        ("feedback", "incident_open_over_90_days"),
    ),
    RequirementStory(
        SYSTEM,
        "Personalen medverkar i kvalitetsarbetet",
        "Alla områden",
        "",
        -1,
        "Medarbetarenkät",
        "Enhetschef",
        every=0,
        force=ADVICE,
    ),
    RequirementStory(
        RECORDS,
        "Genomförandeplanen beskriver mål, vem som gör vad och när",
        "Alla områden",
        "Rutin för genomförandeplan",
        9,
        "Granskning av planer i mars",
        "Metodstödjare",
        ("plan_in_force", "plan_current_measurable_goal"),
        force=ADVICE,
    ),
    RequirementStory(
        RECORDS,
        PARTICIPATING,
        "Alla områden",
        "Rutin för genomförandeplan",
        9,
        "Mått varje tertial",
        "Metodstödjare",
        ("plan_current_participation",),
        force=ADVICE,
    ),
    RequirementStory(
        RECORDS,
        "Det som dokumenteras är tillräckligt, väsentligt och korrekt",
        "Alla områden",
        "Rutin för dokumentation",
        30,
        "Granskning av akter",
        "Enhetschef",
        (f"review_fulfilled: {PREASSESSMENT}: {REASONS_GIVEN}",),
        every=24,
    ),
    RequirementStory(
        RECORDS,
        "Det som dokumenteras är tillräckligt, väsentligt och korrekt",
        "Äldreomsorg",
        "Lokal rutin för social dokumentation",
        3,
        "Kollegial granskning",
        "Enhetschef Solgläntans äldreboende",
        (f"review_fulfilled: {PLAN}: {WHO_DOES_WHAT}",),
        unit="SOL",
    ),
    RequirementStory(
        "Offentlighets- och sekretesslagen",
        "Uppgifter om enskilda lämnas inte ut utan prövning",
        "Alla områden",
        "Rutin för utlämnande av handling",
        6,
        "Internkontroll",
        "Nämndsekreterare",
        (f"control_deviation: {ACCESS}: {SAMPLED_ACCESS}",),
    ),
)


def make(society: Society, cases: Mapping[str, Table]) -> Table:
    """The demands, regulation by regulation."""
    return whole(society, _COLUMNS, [_row(society, story) for story in REQUIREMENTS])


def _row(society: Society, story: RequirementStory) -> tuple[Any, ...]:
    delivered = np.array([society.calendar.delivered], dtype="datetime64[D]")
    revised = months_on(delivered, -story.revised)[0] if story.routine else NO_DAY
    return (
        story.regulation,
        story.text,
        story.area,
        story.force,
        society.organisation.name_of(story.unit),
        story.routine,
        revised,
        months_on(np.array([revised]), story.every)[0] if story.every else NO_DAY,
        story.method,
        story.responsible,
        named(story.metrics),
    )
