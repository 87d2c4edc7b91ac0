"""Figures as other parts than a metric's own section refer to them: what they are called there, and what is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from pipeline.language import say
from pipeline.lastcheck.findings import Piece
from pipeline.lastcheck.looking_up import same
from pipeline.publish import words
from pipeline.publish.forms import DASH, HIDDEN

Labels = tuple[str, ...]
UNPLACED = "utan uppgift"
_UNPLACED = "Utan uppgift om allvarlighetsgrad eller risk: {in_words}."


class Region(StrEnum):
    """The parts that refer to figures."""

    GOALS = "mål"
    LEVELS = "nivåer"
    INCIDENTS = "avvikelsematris"
    YEARS = "synpunkter alla år"
    PLAN = "uppföljningsplan"
    REQUIREMENTS = "kravmatris"
    ACTIVITIES = "från beslut till siffra"
    CONTROLS = "internkontroll"
    CONTENTS = "innehåll"
    AREAS = "kvalitetsområden"
    OTHERS = "jämförelser"


@dataclass(frozen=True)
class Entry:
    """A figure in a written file: in which part, by which names, the texts that tell it, and where that is."""

    region: Region
    labels: Labels
    texts: tuple[str, ...]
    place: str

    @property
    def is_marked(self) -> bool:
        """Whether it tells nothing: each of its texts is the hidden mark, with words at most, or nothing at all."""
        return all(map(_tells_nothing, self.texts))


Hidden = Counter[tuple[Region, Labels]]


def named(region: Region, *labels: str) -> tuple[Region, Labels]:
    """Names as they are compared."""
    return region, tuple(same(label) for label in labels)


def unmarked(entries: Iterable[Entry], hidden: Hidden) -> Iterator[str]:
    """The places where something stands instead of a hidden figure's mark.

    Several figures may go by the same names; as many of them as are hidden must be marked.
    """
    found: dict[tuple[Region, Labels], list[Entry]] = {}
    for entry in entries:
        key = named(entry.region, *entry.labels)
        if key in hidden:
            found.setdefault(key, []).append(entry)
    for key, of_names in found.items():
        told = [entry for entry in of_names if not entry.is_marked]
        if len(of_names) - len(told) < hidden[key]:
            yield from (entry.place for entry in told)


def _tells_nothing(text: str) -> bool:
    if any(map(str.isdigit, text)):
        return False
    return HIDDEN in text or text.strip(" .,:") in ("", DASH)


def beginning(pattern: str) -> str:
    """What stands before the first place of a pattern, in the language of the file."""
    return say(pattern).partition("{")[0]


# --- texts as they are compared -------------------------------------------------------------------------------------


def unplaced(pieces: Iterable[Piece]) -> Iterator[Entry]:
    """The incidents that have no place in their matrix, as they are told in words under it."""
    start = beginning(_UNPLACED)
    for piece in pieces:
        if piece.text.startswith(start):
            said = piece.text.removeprefix(start).rstrip(".")
            told = HIDDEN if said == str(words.PROTECTED) else said
            yield Entry(Region.INCIDENTS, (UNPLACED,), (told,), piece.place)


def without_category(text: str) -> str:
    """A hidden figure's text without the name of its category, which may have digits."""
    return HIDDEN if text.startswith(f"{HIDDEN} (") else text


def written(text: str) -> str:
    """What somebody wrote of hidden numbers, which tells something whatever it is, unless the mark stands there."""
    bare = text.removeprefix(beginning("Åtgärd: {action}").strip()).strip()
    return bare if bare in ("", DASH, HIDDEN) else f"0 {bare}"
