"""Internal control (internkontroll): risks, and what the checks of the latest tertials found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.demo.quality.whole import tertial_ends, whole
from pipeline.demo.society import Society
from pipeline.demo.tables import Table

_COLUMNS = (
    "risk",
    "control",
    "unit",
    "date",
    "probability",
    "consequence",
    "sampled",
    "deviating",
    "outcome",
    "analysis",
    "action",
)
_NOT_COUNTED = -1
ACCESS, SAMPLED_ACCESS = (
    "Fel person kommer åt uppgifter om enskilda",
    "Stickprov av behörigheter i verksamhetssystemet",
)
LARGE = 0.1  # share of deviations from which they are large


@dataclass(frozen=True)
class ControlStory:
    """A check: how many were sampled and deviated at the latest tertials' ends; None = it was not carried out."""

    risk: str
    control: str
    probability: int
    consequence: int
    found: Sequence[tuple[int, int] | None]
    analysis: str = ""
    action: str = ""
    unit: str = ""


CONTROLS: Sequence[ControlStory] = (
    ControlStory(
        ACCESS,
        SAMPLED_ACCESS,
        3,
        4,
        ((60, 9), (64, 7), (58, 4), (62, 3)),
        "De flesta fel gäller medarbetare som bytt enhet",
        "Behörigheter avslutas samma dag som anställningen ändras",
    ),
    ControlStory(
        "Beslut fattas av någon som saknar delegation",
        "Granskning av slumpvis utvalda beslut",
        2,
        4,
        ((30, 1), (30, 0), (30, 2), (30, 0)),
    ),
    ControlStory(
        "Barn står utan skydd när en anmälan blir liggande",
        "Tid från inkommen till registrerad anmälan",
        2,
        4,
        ((40, 3), (40, 2), (40, 2), (40, 1)),
        "Förseningar efter helger",
        "Bemanning även måndag morgon",
        unit="MBU",
    ),
    ControlStory(
        "Fel belopp betalas ut",
        "Kontroll av utbetalningar mot beslut",
        3,
        3,
        ((50, 2), (50, 3), (50, 6), (50, 5)),
        "Fler manuella utbetalningar under sommaren",
        "Två i förening godkänner manuella utbetalningar",
        unit="FSE",
    ),
    ControlStory(
        "Läkemedel ges utan giltig delegering",
        "Genomgång av delegeringar",
        2,
        4,
        ((24, 1), None, (26, 0), (25, 1)),
        unit="SOL",
    ),
    ControlStory(
        "Privata utförare följer inte avtalet",
        "Avtalsuppföljning på plats",
        2,
        3,
        (None, None, (12, 2), None),
        "Planer saknas hos två av tolv granskade",
        "Utföraren ska lämna en åtgärdsplan",
        unit="LIN",
    ),
    ControlStory(
        "Verksamheten stannar vid avbrott i verksamhetssystemet",
        "Övning av reservrutin",
        2,
        3,
        (None, None, None, None),
        action="Flyttad till nästa år",
    ),
    ControlStory(
        "Egna medel hanteras fel",
        "Kassainventering på gruppbostad",
        2,
        2,
        ((8, 0), (8, 0), (8, 1), (8, 0)),
        unit="BJÖ",
    ),
)


def make(society: Society, cases: Mapping[str, Table]) -> Table:
    """The oldest checks first."""
    records = [
        _checked(society, story, place, day)
        for place, day in enumerate(tertial_ends(society.calendar, len(CONTROLS[0].found)))
        for story in CONTROLS
    ]
    return whole(society, _COLUMNS, records)


def _checked(society: Society, story: ControlStory, place: int, day: Any) -> tuple[Any, ...]:
    found = story.found[place]
    sampled, deviating = found or (_NOT_COUNTED, _NOT_COUNTED)
    explained = not found or deviating > 0
    return (
        story.risk,
        story.control,
        society.organisation.name_of(story.unit),
        day,
        story.probability,
        story.consequence,
        sampled,
        deviating,
        _outcome(found),
        story.analysis if explained and found else "",
        story.action if explained else "",
    )


def _outcome(found: tuple[int, int] | None) -> str:
    if not found:
        return "ej utförd"
    sampled, deviating = found
    if not deviating:
        return "ingen avvikelse"
    return "stor avvikelse" if deviating >= LARGE * sampled else "mindre avvikelse"
