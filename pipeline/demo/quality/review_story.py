"""The file reviews of the invented municipality: questions, and how often the answer is yes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.demo.story import Area


@dataclass(frozen=True)
class Question:
    """A question to a file: how often yes, at both ends of the four years; the other answers share what is left."""

    text: str
    yes: tuple[float, float]
    partly: float = 0.5  # of those that are not yes
    not_relevant: float = 0.0
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReviewStory:
    """A review: once a year, of the past twelve months' files of each unit."""

    name: str
    month: int
    extract: str  # whose rows are the files
    day: str  # the column that says when a file was finished
    sample: int  # files a unit, at most
    questions: Sequence[Question]
    area: Area | None = None


CHILD, PREASSESSMENT, PLAN = (
    "Barnets perspektiv i utredningen",
    "Förhandsbedömningens dokumentation",
    "Genomförandeplanens innehåll",
)
HEARD, REASONS_GIVEN, INTELLIGIBLE, WHO_DOES_WHAT = (
    "Har barnet fått komma till tals?",
    "Är beslutet motiverat?",
    "Är målen begripliga för den enskilde?",
    "Framgår vem som gör vad och när?",
)

REVIEWS: Sequence[ReviewStory] = (
    ReviewStory(
        CHILD,
        10,
        "investigations",
        "closed",
        10,
        (
            Question(HEARD, (0.72, 0.9), 0.4, 0.05, ("Barnet ville inte", "Framgår inte")),
            Question("Framgår barnets egna ord?", (0.58, 0.74), 0.6, 0.05, ("Endast föräldrarnas beskrivning",)),
            Question("Har barnet fått information om utredningen?", (0.6, 0.83), 0.3, 0.04, ("Inte dokumenterat",)),
            Question("Är barnets behov bedömda?", (0.85, 0.95), 0.7, 0.0, ("Bedömningen är kortfattad",)),
            Question("Finns en samlad analys?", (0.74, 0.86), 0.6, 0.0, ("Analys och sammanfattning blandas",)),
        ),
        Area.CHILDREN,
    ),
    ReviewStory(
        PREASSESSMENT,
        5,
        "referrals",
        "decided",
        12,
        (
            Question("Är skyddsbedömningen motiverad?", (0.7, 0.88), 0.5, 0.02, ("Motivering saknas",)),
            Question(REASONS_GIVEN, (0.82, 0.92), 0.4, 0.0, ("Standardfras",)),
            Question("Är den som anmälde kontaktad?", (0.54, 0.64), 0.2, 0.2, ("Anonym anmälan", "Inte dokumenterat")),
        ),
        Area.CHILDREN,
    ),
    ReviewStory(
        PLAN,
        3,
        "plans",
        "established",
        8,
        (
            Question(INTELLIGIBLE, (0.66, 0.82), 0.7, 0.0, ("Fackspråk",)),
            Question(WHO_DOES_WHAT, (0.78, 0.84), 0.6, 0.0, ("Tider saknas",)),
            Question("Är planen undertecknad?", (0.62, 0.71), 0.1, 0.1, ("Den enskilde avböjde", "Glömt")),
            Question("Utgår planen från utredningen?", (0.8, 0.93), 0.5, 0.0, ("Utredningen saknas i akten",)),
        ),
    ),
)
REASONED = 0.6
FIRST_WEEKS = 25  # days of the month in which a review is made
