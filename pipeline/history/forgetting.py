"""What need not be remembered: faults mended before a day and hidden numbers of days before it.

The whole register of faults goes when the key is changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.history import shelf, storage
from pipeline.history.register import Register


@dataclass(frozen=True)
class Forgotten:
    """How many faults, deliveries and hidden numbers of earlier reports were past a day."""

    faults: int
    deliveries: int
    hidden: int


def past(folder: Path, before: date) -> Forgotten:
    """What `forget` would take. Raises WrongUse when the register or the shelf is damaged."""
    register = storage.read(folder)
    left = _without(register, before)
    return Forgotten(
        faults=len(register.faults) - len(left.faults),
        deliveries=len(register.deliveries) - len(left.deliveries),
        hidden=shelf.past_hidden(folder, before),
    )


def forget(folder: Path, before: date) -> Forgotten:
    """Take away the faults that were mended before a day, and the older deliveries that nothing refers to any more.

    The copy of the last register goes too, since it holds the same, and so do the numbers that earlier reports hid of
    days before the day. Raises WrongUse when the register or the shelf is damaged or cannot be written.
    """
    found = past(folder, before)
    if found.faults or found.deliveries:
        storage.write(folder, _without(storage.read(folder), before))
    if found.hidden:
        shelf.forget_hidden(folder, before)
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
