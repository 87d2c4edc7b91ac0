"""The follow-up plan (uppföljningsplan): what is followed up in a year, how, when and by whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.demo.quality import requirements as demands
from pipeline.demo.quality.measurements import TRAINED
from pipeline.demo.quality.review_story import CHILD, HEARD, INTELLIGIBLE, PLAN, PREASSESSMENT, REASONS_GIVEN
from pipeline.demo.quality.survey_story import AS_A_WHOLE, ELDERLY, FAMILIES
from pipeline.demo.quality.survey_story import HEARD as LISTENED_TO
from pipeline.demo.quality.whole import named, whole
from pipeline.demo.society import Society
from pipeline.demo.tables import Table

_COLUMNS = (
    "area",
    "unit",
    "goal",
    "definition",
    "method",
    "level",
    "responsible",
    "schedule",
    "metrics",
    "requirement",
    "kind",
)
STRUCTURE, PROCESS, RESULT = "struktur", "process", "resultat"
PERSON, ASSIGNMENT, THEME = "individ", "uppdrag/avtal", "tematisk"
EACH_TERTIAL, EACH_MONTH, EACH_QUARTER = "T1, T2, T3", "varje månad", "var tredje månad"


@dataclass(frozen=True)
class FollowUpStory:
    """Something that is followed up at the units with the given codes."""

    area: str
    units: tuple[str, ...]
    goal: str
    definition: str
    method: str
    level: str
    responsible: str
    schedule: str
    metrics: tuple[str, ...] = ()
    requirement: str = ""
    kind: str = PROCESS


PLANNED: Sequence[FollowUpStory] = (
    FollowUpStory(
        "Ledning och styrning",
        ("MBU",),
        "Oro för barn tas om hand direkt",
        "Andel anmälningar som är bedömda inom 14 dagar",
        "Utdrag ur verksamhetssystemet",
        ASSIGNMENT,
        "Enhetschef, stöd av verksamhetscontroller",
        EACH_MONTH,
        ("preassessment_within_14_days", "protection_assessed_by_next_day"),
        demands.DECIDED_IN_TIME,
    ),
    FollowUpStory(
        "Ledning och styrning",
        ("UGN", "UGS"),
        "Utredningar drar inte ut på tiden",
        "Andel barnutredningar som är klara inom 120 dagar",
        "Utdrag ur verksamhetssystemet",
        ASSIGNMENT,
        "Enhetschef",
        EACH_TERTIAL,
        ("investigation_within_120_days", "investigation_days", "investigation_overrun_recorded"),
        demands.INVESTIGATED_IN_TIME,
    ),
    FollowUpStory(
        "Ledning och styrning",
        ("LSS", "BIS"),
        "Ingen väntar längre än nödvändigt",
        "Beslut som inte är verkställda inom tre månader",
        "Utdrag ur verksamhetssystemet",
        ASSIGNMENT,
        "Verksamhetscontroller",
        EACH_QUARTER,
        ("decision_unexecuted_over_3_months", "decision_wait_days"),
        demands.EXECUTED_IN_TIME,
    ),
    FollowUpStory(
        "Delaktighet",
        ("BJÖ", "LIN", "DAG"),
        "Var och en har en plan som går att förstå",
        "Andel insatser med aktuell plan och dokumenterad delaktighet",
        "Utdrag ur verksamhetssystemet",
        PERSON,
        "Enhetschef, stöd av metodstödjare",
        "T2, årsbokslut",
        ("plan_current", "plan_current_participation"),
        demands.PARTICIPATING,
        RESULT,
    ),
    FollowUpStory(
        "Delaktighet",
        ("HTC", "HTL", "SOL"),
        "Den enskilde bestämmer över sin vardag",
        "Hur nöjda brukarna är",
        "Brukarundersökning",
        THEME,
        "Kvalitetsstrateg",
        "T1",
        (f"survey_positive: {ELDERLY}: {AS_A_WHOLE}", f"survey_response_rate: {ELDERLY}"),
        kind=RESULT,
    ),
    FollowUpStory(
        "Delaktighet",
        ("FAM",),
        "Familjer är med och utformar stödet",
        "Andel föräldrar och barn som tycker att vi lyssnar",
        "Enkät under en vecka i maj",
        THEME,
        "Enhetschef",
        "maj",
        (f"survey_positive: {FAMILIES}: {LISTENED_TO}", f"survey_response_rate: {FAMILIES}"),
        kind=RESULT,
    ),
    FollowUpStory(
        "Personcentrerat arbetssätt",
        ("UGN", "UGS"),
        "Barnet hörs i sin egen utredning",
        "Barnets perspektiv i utredningar",
        "Granskning av tio akter per grupp",
        PERSON,
        "Utvecklingsledare barn och unga",
        "oktober",
        (f"review_fulfilled: {CHILD}: {HEARD}",),
        kind=RESULT,
    ),
    FollowUpStory(
        "Personcentrerat arbetssätt",
        ("SOL",),
        "Planen är begriplig för den som den gäller",
        "Andel planer med mål som den enskilde förstår",
        "Granskning av åtta planer",
        PERSON,
        "Metodstödjare",
        "mars, augusti",
        (f"review_fulfilled: {PLAN}: {INTELLIGIBLE}",),
        demands.PARTICIPATING,
    ),
    FollowUpStory(
        "Personcentrerat arbetssätt",
        ("BJÖ", "DAG"),
        "Målen går att följa upp",
        "Andel planer där målen är mätbara",
        "Utdrag ur verksamhetssystemet",
        PERSON,
        "Metodstödjare",
        "mars, september",
        ("plan_current_measurable_goal", "plan_all_goals_measurable"),
    ),
    FollowUpStory(
        "Samverkan",
        ("VUX", "LSS"),
        "Den som behöver flera får en gemensam plan",
        "Antal samordnade individuella planer och hur många som visar delaktighet",
        "Utdrag ur verksamhetssystemet",
        ASSIGNMENT,
        "Enhetschef",
        "T2, årsbokslut",
        ("sip_established", "sip_participation"),
    ),
    FollowUpStory(
        "Samverkan",
        ("SOL",),
        "Utskrivning från sjukhus fungerar",
        "Avvikelser, även i samverkan med regionen",
        "Sammanställning av avvikelser och vårdavvikelser",
        THEME,
        "Medicinskt ansvarig sjuksköterska",
        EACH_QUARTER,
        ("incidents", "incident_open_over_90_days"),
        demands.LEARNED_FROM,
    ),
    FollowUpStory(
        "Personalens kompetens",
        ("BJÖ", "SOL", "HTC"),
        "Personalen har rätt utbildning",
        "Andel medarbetare med föreskriven utbildning",
        "Uppgift från enhetschef",
        ASSIGNMENT,
        "HR-specialist",
        "T2",
        (TRAINED,),
        kind=STRUCTURE,
    ),
    FollowUpStory(
        "Kunskapsbaserad verksamhet",
        ("UGN", "UGS", "LSS"),
        "Handläggare bedömer lika",
        "Samstämmighet i bedömning av vinjetter",
        "Alla handläggare svarar var för sig",
        THEME,
        "Utvecklingsledare",
        "november",
        ("rater_agreement",),
        kind=RESULT,
    ),
    FollowUpStory(
        "Kunskapsbaserad verksamhet",
        ("LSS",),
        "Omsorgsnivån är rätt oavsett handläggare",
        "Nivåbedömningar: hur många som görs, ändras, görs gemensamt och följs upp",
        "Utdrag ur verksamhetssystemet",
        PERSON,
        "Enhetschef, stöd av kvalitetsstrateg",
        "T2, årsbokslut",
        (
            "care_level_assessments",
            "care_level_changed",
            "care_level_joint",
            "care_level_preliminary_followed_up",
        ),
    ),
    FollowUpStory(
        "Kunskapsbaserad verksamhet",
        ("MBU",),
        "Det går att följa hur vi har bedömt",
        "Andel förhandsbedömningar med motiverat beslut",
        "Granskning av tolv akter",
        THEME,
        "Utvecklingsledare barn och unga",
        "maj",
        (f"review_fulfilled: {PREASSESSMENT}: {REASONS_GIVEN}",),
    ),
    FollowUpStory(
        "Kunskapsbaserad verksamhet",
        ("DAG", "HTC", "VUX"),
        "Stödet följs upp",
        "Andel insatser som myndigheten följt upp inom ett år",
        "Utdrag ur verksamhetssystemet",
        PERSON,
        "Enhetschef",
        EACH_TERTIAL,
        ("service_followed_up_within_12_months",),
        demands.SELF_CHECKED,
    ),
    FollowUpStory(
        "Ledning och styrning",
        ("FSE",),
        "Synpunkter leder till förbättring",
        "Synpunkter och klagomål under året",
        "Sammanställning",
        THEME,
        "Kvalitetsstrateg",
        "årsbokslut",
        ("feedback",),
        demands.COMPLAINED,
    ),
)


def make(society: Society, cases: Mapping[str, Table]) -> Table:
    """A row a unit and thing that is followed up."""
    return whole(society, _COLUMNS, [_row(society, story, code) for story in PLANNED for code in story.units])


def _row(society: Society, story: FollowUpStory, code: str) -> tuple[Any, ...]:
    return (
        story.area,
        society.organisation.name_of(code),
        story.goal,
        story.definition,
        story.method,
        story.level,
        story.responsible,
        story.schedule,
        named(story.metrics),
        story.requirement,
        story.kind,
    )
