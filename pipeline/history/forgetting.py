"""What the register of faults need not remember: faults mended before a day, or all of it when the key is changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.history import storage
from pipeline.history.register import Register


@dataclass(frozen=True)
class Forgotten:
    """How many faults and deliveries were past a day."""

    faults: int
    deliveries: int


def past(folder: Path, before: date) -> Forgotten:
    """What `forget` would take. Raises WrongUse when the register is damaged."""
    register = storage.read(folder)
    left = _without(register, before)
    return Forgotten(len(register.faults) - len(left.faults), len(register.deliveries) - len(left.deliveries))


def forget(folder: Path, before: date) -> Forgotten:
    """Take away the faults that were mended before a day, and the older deliveries that nothing refers to any more.

    The copy of the last register goes too, since it holds the same. Raises WrongUse when the register is damaged or
    cannot be written.
    """
    found = past(folder, before)
    if found != Forgotten(0, 0):
        storage.write(folder, _without(storage.read(folder), before))
    storage.remove_previous(folder)
    return found


def forget_all(folder: Path) -> None:
    """Begin the register anew: the ids of many faults are made with the key, and some name records by a pseudonym."""
    storage.remove(folder)


def _without(register: Register, before: date) -> Register:
    """What is left: open faults, those mended since, and the deliveries that they name or that are the newest."""
    delivered = {(one.extract, one.delivery_id): one.delivered for one in register.deliveries}
    faults = tuple(
        fault for fault in register.faults if not fault.mended or delivered[fault.extract, fault.mended] >= before
    )
    named = {(fault.extract, one) for fault in faults for one in (fault.first, fault.last, fault.mended)}
    newest = {one.extract: one.delivery_id for one in register.deliveries}
    deliveries = tuple(
        one
        for one in register.deliveries
        if one.delivered >= before or (one.extract, one.delivery_id) in named or newest[one.extract] == one.delivery_id
    )
    return Register(deliveries, faults)
