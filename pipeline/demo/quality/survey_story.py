"""The surveys of the invented municipality: who is asked, what, and how content they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.demo.story import Area


@dataclass(frozen=True)
class SurveyStory:
    """A survey once a year: those who have a service of the area's units on its day are asked.

    `questions`: text → share of positive answers at both ends of the four years. `choices`: questions that are summed
    up by option instead, each option with its weight.
    """

    name: str
    month: int
    day: int
    area: Area
    answering: tuple[float, float]
    questions: Mapping[str, tuple[float, float]]
    choices: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    scale: int = 5


ELDERLY, FAMILIES = "Brukarundersökning äldreomsorg", "Föräldrar och barn om stödet"
AS_A_WHOLE, ASKED, HEARD = (
    "Hur nöjd är du med din hjälp som helhet?",
    "Tar personalen hänsyn till dina önskemål?",
    "Lyssnar vi på er?",
)

SURVEYS: Sequence[SurveyStory] = (
    SurveyStory(
        ELDERLY,
        3,
        18,
        Area.ELDERLY,
        (0.64, 0.58),
        {
            AS_A_WHOLE: (0.86, 0.88),
            "Kommer personalen på avtalad tid?": (0.8, 0.74),
            ASKED: (0.79, 0.83),
            "Känns det tryggt hemma?": (0.77, 0.78),
        },
        {"Vem svarade på frågorna?": {"Jag själv": 58, "En närstående": 34, "Någon annan": 8}},
    ),
    SurveyStory(
        "Brukarundersökning LSS",
        10,
        14,
        Area.DISABILITY,
        (0.7, 0.76),
        {
            "Får du bestämma om saker som är viktiga för dig?": (0.72, 0.81),
            "Förstår du vad personalen säger?": (0.76, 0.79),
            "Trivs du?": (0.84, 0.86),
        },
        scale=3,
    ),
    SurveyStory(
        FAMILIES,
        5,
        11,
        Area.CHILDREN,
        (0.44, 0.39),
        {
            "Har stödet hjälpt er?": (0.68, 0.75),
            HEARD: (0.74, 0.8),
            "Vet ni vad målet med stödet är?": (0.61, 0.72),
        },
        {"Hur fick ni kontakt med oss?": {"Vi ansökte": 46, "Skolan anmälde": 33, "Annat": 21}},
    ),
)
CARE_COUNTS = 0.5  # how far a unit's own way of working shows in the answers
