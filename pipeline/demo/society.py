"""What the cases of one batch have in common: its calendar, dice, people and units."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline.demo.chance import Chance
from pipeline.demo.organisation import Organisation
from pipeline.demo.people import People, invent
from pipeline.demo.sizes import Scale
from pipeline.demo.times import Calendar

_STEP = 200_000


@dataclass(frozen=True)
class Society:
    """One batch of the municipality, before anything has happened in it."""

    calendar: Calendar
    scale: Scale
    batch: int
    chance: Chance
    people: People
    organisation: Organisation

    @classmethod
    def invent(cls, calendar: Calendar, scale: Scale, seed: int, batch: int) -> Society:
        """The same arguments always give the same society."""
        chance = Chance(seed, batch)
        people = invent(chance, calendar, scale, batch)
        return cls(calendar, scale, batch, chance, people, Organisation.of(scale, batch))

    def apart(self, purpose: str) -> Society:
        """The same society with dice of its own, so that what is drawn for a purpose changes nothing else."""
        return replace(self, chance=self.chance.apart(purpose))

    def first_id(self) -> int:
        """Where the batch's series of case ids begin; no batch has as many rows of an extract as the step."""
        return self.batch * _STEP + 1
