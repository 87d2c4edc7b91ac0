"""The register as it is thought of: each extract's deliveries in order, and how long each fault stood.

A fault is a span of deliveries in a row: from the first that had it to the last, and then the one where it was gone. A
fault that comes back after that is a new span. A delivery is known by its contents, so that a second run on the same
files finds the state from before them and says the same as the first. The same contents after another delivery are a
new one: what had been mended is back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

_AGAIN = "-"  # between the contents' hash and the number of the time that they came

# Whether a row of an extract that breaks a rule is rejected now: rule, extract.
Rejects = Callable[[str, str], bool]


@dataclass(frozen=True)
class Delivery:
    """One extract's files, as they were when first seen."""

    extract: str
    delivery_id: str  # hash of the files' contents; with a number when they had come before, and others since
    delivered: date
    first_run: date
    rows: int  # loaded
    filled: Mapping[str, int]  # column → rows where it is filled

    @property
    def contents(self) -> str:
        """The hash of the files' contents, the same every time that they come."""
        return self.delivery_id.partition(_AGAIN)[0]


@dataclass(frozen=True)
class Place:
    """Where a delivery stands among its extract's: those before it, itself if it is noted, and those after it."""

    earlier: tuple[Delivery, ...]
    same: Delivery | None
    later: tuple[Delivery, ...]


@dataclass(frozen=True)
class Fault:
    """A fault of a row, and the ids of the deliveries that it was first and last in; `mended`: where it was gone."""

    extract: str
    fault_id: str
    key: str
    unit: str
    heading: str
    rule: str
    first: str
    last: str
    mended: str = ""


@dataclass(frozen=True)
class Register:
    """All deliveries that runs were made on, oldest first for each extract, and all faults."""

    deliveries: tuple[Delivery, ...] = ()
    faults: tuple[Fault, ...] = ()

    def place(self, new: Delivery) -> Place:
        """Where a delivery belongs; those of the same day were before it.

        It is the same as the last one that is not younger, or as the newest one whatever its day, when their contents
        are the same.
        """
        log = self.log(new.extract)
        until = sum(one.delivered <= new.delivered for one in log)
        for end in (until, len(log)):
            if end and log[end - 1].contents == new.contents:
                return Place(log[: end - 1], log[end - 1], log[end:])
        return Place(log[:until], None, log[until:])

    def standing(self, extract: str, earlier: Sequence[Delivery]) -> dict[str, Fault]:
        """The faults that the last of the extract's `earlier` deliveries had, by id."""
        ids = {one.delivery_id for one in earlier}
        own = (fault for fault in self.faults if fault.extract == extract)
        return {fault.fault_id: fault for fault in own if fault.first in ids and fault.mended not in ids}

    def with_delivery(self, new: Delivery, found: Mapping[str, Fault], rejects: Rejects) -> Register:
        """The register with a delivery and its faults (by id), in place of what was said of the same one before.

        A delivery that is older than the newest one noted changes nothing: what is known of later ones stands. A fault
        whose rule rejects no rows now is not known to be gone, so it stands as it was.
        """
        place = self.place(new)
        if place.later:
            return self
        noted = self._named(new, place)
        others = tuple(one for one in self.deliveries if one.extract != new.extract)
        deliveries = sorted((*others, *place.earlier, noted), key=lambda one: one.extract)
        return Register(tuple(deliveries), self._faults_with(noted, place.earlier, found, rejects))

    def log(self, extract: str) -> tuple[Delivery, ...]:
        """The extract's deliveries, oldest first."""
        return tuple(one for one in self.deliveries if one.extract == extract)

    @staticmethod
    def _named(new: Delivery, place: Place) -> Delivery:
        """The delivery by the id, and with the days, that it is noted by."""
        if place.same:
            same = place.same
            return replace(new, delivery_id=same.delivery_id, delivered=same.delivered, first_run=same.first_run)
        times = sum(one.contents == new.contents for one in place.earlier)
        return replace(new, delivery_id=f"{new.contents}{_AGAIN}{times + 1}") if times else new

    def _faults_with(
        self, new: Delivery, earlier: Sequence[Delivery], found: Mapping[str, Fault], rejects: Rejects
    ) -> tuple[Fault, ...]:
        place = {one.delivery_id: at for at, one in enumerate((*earlier, new))}
        standing = self.standing(new.extract, earlier)
        others = [fault for fault in self.faults if fault.extract != new.extract]
        own = [fault for fault in self.faults if fault.extract == new.extract]
        closed = [fault for fault in own if fault.mended in place and fault.mended != new.delivery_id]
        known = {fault.fault_id: fault for fault in own if fault.first == new.delivery_id} | standing
        lost = [fault for fault_id, fault in known.items() if fault_id not in found]
        untold = [replace(fault, mended="") for fault in lost if not rejects(fault.rule, fault.extract)]
        gone = [
            replace(
                fault,
                last=earlier[-1].delivery_id if fault.last == new.delivery_id else fault.last,
                mended=new.delivery_id,
            )
            for fault in lost
            if fault.fault_id in standing and rejects(fault.rule, fault.extract)
        ]
        seen = [
            replace(fault, first=standing[fault_id].first if fault_id in standing else new.delivery_id)
            for fault_id, fault in found.items()
        ]
        spans = [*closed, *gone, *untold, *(replace(one, last=new.delivery_id, mended="") for one in seen)]
        spans.sort(key=lambda one: (one.key, one.fault_id, place[one.first]))
        return tuple(sorted((*others, *spans), key=lambda one: one.extract))
