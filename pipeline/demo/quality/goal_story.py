"""The goals of the invented committee, and what is done to reach them.

Metrics are named as in the report: by id, by id and category, or as a measure of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.demo.quality.measurements import TRAINED
from pipeline.demo.quality.survey_story import ASKED, ELDERLY
from pipeline.demo.story import Area

SHARE, MEAN = "andel", "medel"
HIGHER, LOWER = "högre", "lägre"
DONE, PARTLY, NOT_DONE, NOT_JUDGED = "genomfört", "delvis genomfört", "ej genomfört", "ej bedömt"


@dataclass(frozen=True)
class ActivityStory:
    """An activity: its status at the ends of the latest tertials, the last one last. `unit` is a unit's code."""

    text: str
    responsible: str
    statuses: tuple[str, ...]
    comment: str = ""
    unit: str = ""
    months_left: int = 4  # from the latest tertial's end to the day it is due; below zero = that day has passed


@dataclass(frozen=True)
class TargetStory:
    """A metric that shows whether a goal is reached, and the value to reach; `before`: until the reorganisation."""

    metric: str
    value: float
    statistic: str = SHARE
    better: str = HIGHER
    area: str = ""
    unit: str = ""
    before: float | None = None


@dataclass(frozen=True)
class GoalStory:
    """A delivery goal in the tree, with its metrics and activities. `judged`: the committee's own word on the goal."""

    direction: str
    effect: str
    delivery: str
    targets: Sequence[TargetStory]
    activities: Sequence[ActivityStory] = ()
    judged: str = ""


SAFE = "Barn och unga i Exempelköping växer upp tryggt"
HEARD = "Den som får stöd bestämmer över sin vardag"
IN_TIME = "Stödet kommer när det behövs"
LEARNING = "Verksamheten lär sig och har rätt kompetens"

GOALS: Sequence[GoalStory] = (
    GoalStory(
        SAFE,
        "Oro för barn tas om hand direkt",
        "Alla orosanmälningar är bedömda inom lagens tid",
        (TargetStory("preassessment_within_14_days", 100), TargetStory("protection_assessed_by_next_day", 100)),
        (
            ActivityStory(
                "Daglig genomgång av nya anmälningar",
                "Enhetschef mottagningen",
                (PARTLY, DONE, DONE, DONE),
                "Sker nu också under sommaren",
                unit="MBU",
            ),
            ActivityStory(
                "Skolor och förskolor får information om vad en anmälan ska innehålla",
                "Utvecklingsledare barn och unga",
                (NOT_DONE, PARTLY, PARTLY, PARTLY),
                "Sju av elva skolor besökta; resten i höst",
                unit="MBU",
                months_left=4,
            ),
        ),
    ),
    GoalStory(
        SAFE,
        "Utredningar drar inte ut på tiden",
        "Barnutredningar är klara inom 120 dagar",
        (
            TargetStory("investigation_within_120_days", 90, before=85),
            TargetStory("investigation_days", 110, MEAN, LOWER, area=Area.CHILDREN),
            TargetStory("investigation_overrun_extended", 100),
        ),
        (
            ActivityStory(
                "Avstämning av varje utredning efter 60 dagar",
                "Arbetsledare",
                (NOT_DONE, PARTLY, DONE, DONE),
                "Införd i båda grupperna",
            ),
            ActivityStory(
                "Mall för utredningsplan tas i bruk",
                "Arbetsledare Utredningsgruppen Söder",
                (NOT_JUDGED, NOT_DONE, NOT_DONE, PARTLY),
                "Försenad på grund av vakanser",
                unit="UGS",
                months_left=-2,
            ),
            ActivityStory(
                "Beslut om förlängning fattas före tidens utgång",
                "Enhetschef",
                (PARTLY, PARTLY, PARTLY, DONE),
            ),
        ),
    ),
    GoalStory(
        SAFE,
        "Utredningar drar inte ut på tiden",
        "Familjer behöver inte söka hjälp för samma sak igen",
        (TargetStory("not_returned_within_12_months", 80),),
        (
            ActivityStory(
                "Uppföljande samtal tre månader efter avslutad utredning",
                "Enhetschef Familjestödet",
                (NOT_DONE, NOT_DONE, PARTLY, PARTLY),
                "Provas\ni en grupp",
                unit="FAM",
                months_left=8,
            ),
        ),
    ),
    GoalStory(
        HEARD,
        "Var och en har en plan som går att förstå",
        "Insatser har en aktuell genomförandeplan",
        (
            TargetStory("plan_in_force", 95),
            TargetStory("plan_current", 90),
            TargetStory("plan_current", 95, unit="BJÖ"),
            TargetStory("plan_established_within_30_days", 85),
        ),
        (
            ActivityStory(
                "Lista till enhetscheferna varje månad över planer som snart är inaktuella",
                "Verksamhetscontroller",
                (PARTLY, DONE, DONE, DONE),
            ),
            ActivityStory(
                "Alla kontaktpersoner går utbildningen i att skriva planer",
                "Verksamhetschef",
                (NOT_DONE, PARTLY, PARTLY, DONE),
                "46 av 48 har gått",
                months_left=-1,
            ),
            ActivityStory(
                "Genomgång av planerna hos privata utförare",
                "Avtalscontroller",
                (NOT_DONE, NOT_DONE, NOT_DONE, NOT_DONE),
                "Väntar på nytt avtal",
                unit="LIN",
            ),
        ),
        judged=PARTLY,
    ),
    GoalStory(
        HEARD,
        "Var och en har en plan som går att förstå",
        "Den enskilde är med och gör sin plan",
        (TargetStory("plan_current_participation", 90), TargetStory("plan_current_measurable_goal", 80)),
        (
            ActivityStory(
                "Bildstöd finns på alla gruppbostäder",
                "Enhetschef",
                (NOT_DONE, PARTLY, DONE, DONE),
                unit="BJÖ",
            ),
            ActivityStory(
                "Kollegial granskning av mål i planerna",
                "Metodstödjare",
                (NOT_JUDGED, NOT_JUDGED, NOT_DONE, PARTLY),
                'Granskarna kallar det "tre frågor till målet"',
                months_left=6,
            ),
        ),
    ),
    GoalStory(
        IN_TIME,
        "Ingen väntar längre än nödvändigt",
        "Beslut om stöd verkställs inom tre månader",
        (
            TargetStory("decision_executed_within_3_months", 100),
            TargetStory("decision_wait_days", 45, MEAN, LOWER),
        ),
        (
            ActivityStory(
                "Rekrytera fler kontaktpersoner och kontaktfamiljer",
                "Familjehemssekreterare",
                (PARTLY, PARTLY, PARTLY, PARTLY),
                "Fem nya under året, målet är åtta",
                unit="FAM",
                months_left=4,
            ),
            ActivityStory(
                "Gemensam kö för bostad med särskild service",
                "Verksamhetschef",
                (NOT_DONE, NOT_DONE, PARTLY, DONE),
                unit="LSS",
                months_left=-1,
            ),
        ),
    ),
    GoalStory(
        IN_TIME,
        "Stödet följs upp",
        "Alla insatser följs upp minst en gång om året",
        (
            TargetStory("service_followed_up_within_12_months", 100),
            TargetStory("plan_followed_up_within_12_months", 95),
        ),
        (
            ActivityStory(
                "Tid för uppföljning läggs in i kalendern när beslutet fattas",
                "Enhetschef Biståndsenheten",
                (NOT_DONE, PARTLY, PARTLY, DONE),
                unit="BIS",
            ),
        ),
    ),
    GoalStory(
        HEARD,
        "Personalen lyssnar",
        "Fler tycker att personalen tar hänsyn till deras önskemål",
        (TargetStory(f"survey_positive: {ELDERLY}: {ASKED}", 85),),
        (
            ActivityStory(
                "Resultatet av brukarundersökningen gås igenom på varje enhet",
                "Enhetschef",
                (NOT_DONE, NOT_DONE, PARTLY, DONE),
                "Varje enhet har valt en förbättring",
            ),
        ),
    ),
    GoalStory(
        LEARNING,
        "Fel och brister leder till förbättring",
        "Avvikelser och synpunkter är utredda inom 90 dagar",
        (
            TargetStory("incident_open_over_90_days", 10, better=LOWER),
            TargetStory("investigation_overrun_recorded", 100),
        ),
        (
            ActivityStory(
                "Påminnelse till cheferna varje månad om öppna avvikelser",
                "Kvalitetsstrateg",
                (NOT_DONE, NOT_DONE, PARTLY, PARTLY),
                "Skickas, men inte till privata utförare",
            ),
        ),
    ),
    GoalStory(
        LEARNING,
        "Behov bedöms lika",
        "Preliminära omsorgsnivåer följs upp i tid",
        (TargetStory("care_level_preliminary_followed_up", 90),),
        (
            ActivityStory(
                "Nivåerna bedöms av två handläggare tillsammans",
                "Enhetschef LSS-handläggningen",
                (PARTLY, PARTLY, DONE, DONE),
                unit="LSS",
            ),
        ),
    ),
    GoalStory(
        LEARNING,
        "Personalen har rätt utbildning",
        "Medarbetare har den utbildning som uppdraget kräver",
        (TargetStory(TRAINED, 85),),
        (
            ActivityStory(
                "Utbildningsplan för varje medarbetare utan föreskriven utbildning",
                "HR-specialist",
                (NOT_DONE, PARTLY, PARTLY, PARTLY),
                "Klar på fyra av sex enheter",
                months_left=8,
            ),
        ),
    ),
)
