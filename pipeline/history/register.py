"""The register as it is thought of: each extract's deliveries in order, and how long each fault stood.

A fault is a span of deliveries in a row: from the first that had it to the last, and then the one where it was gone. A
fault that comes back after that is a new span. A delivery is known by its contents, so that a second run on the same
files finds the state from before them and says the same as the first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True)
class Delivery:
    """One extract's files, as they were when first seen."""

    extract: str
    delivery_id: str  # hash of the files' contents
    delivered: date
    first_run: date
    rows: int  # loaded
    filled: Mapping[str, int]  # column → rows where it is filled


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

    def earlier(self, extract: str, delivery_id: str, delivered: date) -> tuple[Delivery, ...]:
        """The extract's deliveries before this one, oldest first; those of the same day count when they came before."""
        log = self.log(extract)
        known = next((at for at, other in enumerate(log) if other.delivery_id == delivery_id), None)
        if known is not None:
            return log[:known]
        return tuple(other for other in log if other.delivered <= delivered)

    def standing(self, extract: str, earlier: Sequence[Delivery]) -> dict[str, Fault]:
        """The faults that the last of the extract's `earlier` deliveries had, by id."""
        ids = {one.delivery_id for one in earlier}
        own = (fault for fault in self.faults if fault.extract == extract)
        return {fault.fault_id: fault for fault in own if fault.first in ids and fault.mended not in ids}

    def with_delivery(self, new: Delivery, found: Mapping[str, Fault]) -> Register:
        """The register with a delivery and its faults (by id), in place of what was said of the same contents before.

        A delivery that is older than the newest one noted changes nothing: what is known of later ones stands.
        """
        log = self.log(new.extract)
        earlier = self.earlier(new.extract, new.delivery_id, new.delivered)
        same = [one for one in log if one.delivery_id == new.delivery_id]
        if len(earlier) + len(same) < len(log):
            return self
        noted = replace(new, delivered=same[0].delivered, first_run=same[0].first_run) if same else new
        others = tuple(one for one in self.deliveries if one.extract != new.extract)
        deliveries = sorted((*others, *earlier, noted), key=lambda one: one.extract)
        return Register(tuple(deliveries), self._faults_with(noted, earlier, found))

    def log(self, extract: str) -> tuple[Delivery, ...]:
        """The extract's deliveries, oldest first."""
        return tuple(one for one in self.deliveries if one.extract == extract)

    def _faults_with(self, new: Delivery, earlier: Sequence[Delivery], found: Mapping[str, Fault]) -> tuple[Fault, ...]:
        place = {one.delivery_id: at for at, one in enumerate((*earlier, new))}
        standing = self.standing(new.extract, earlier)
        others = [fault for fault in self.faults if fault.extract != new.extract]
        own = [fault for fault in self.faults if fault.extract == new.extract]
        closed = [fault for fault in own if fault.mended in place and fault.mended != new.delivery_id]
        gone = [
            replace(fault, last=earlier[-1].delivery_id, mended=new.delivery_id)
            for fault_id, fault in standing.items()
            if fault_id not in found
        ]
        seen = [
            replace(fault, first=standing[fault_id].first if fault_id in standing else new.delivery_id)
            for fault_id, fault in found.items()
        ]
        spans = [*closed, *gone, *(replace(one, last=new.delivery_id, mended="") for one in seen)]
        spans.sort(key=lambda one: (one.key, one.fault_id, place[one.first]))
        return tuple(sorted((*others, *spans), key=lambda one: one.extract))
