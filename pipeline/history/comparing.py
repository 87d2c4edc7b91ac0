"""A run's deliveries against the last earlier ones: faults new, seen again and mended, and what fell."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from pipeline.history import storage
from pipeline.history.register import Delivery, Fault, Rejects
from pipeline.model import EXTRACT_NAMES, Mended, Quality, Rejection, Seen, Snapshot, Warned

_ID_LENGTH = 16
_PROTECTED = "skyddade personuppgifter"  # stands for the key of a row about somebody with a protected identity


def told_apart(rejections: Iterable[Rejection]) -> tuple[Rejection, ...]:
    """The rejections with an id each: the second of the same id, and those after it, get a number.

    Two rows may have the same key and the same fault; then two faults are mended when both are.
    """
    times: Counter[str] = Counter()
    apart = []
    for one in rejections:
        times[one.fault_id] += 1
        number = times[one.fault_id] if one.fault_id else 1
        apart.append(one if number == 1 else replace(one, fault_id=f"{one.fault_id}-{number}"))
    return tuple(apart)


def compare(folder: Path, quality: Quality, today: date, rejects: Rejects) -> Seen:
    """What the register in `folder` says of the deliveries of a run made on `today`; nothing is written.

    Only extracts that were delivered in the run are compared, each with its last delivery before this one: a fault of
    an extract that did not come is neither seen again nor mended. So it is with one that has more faults than are
    listed, since a cut list cannot tell what is gone, and with a fault whose rule `rejects` no rows now. The faults'
    ids are one each, see `told_apart`. Raises WrongUse when the register is damaged.
    """
    register = storage.read(folder)
    since: dict[str, date] = {}
    mended: list[Mended] = []
    warnings: list[Warned] = []
    days: dict[str, date] = {}
    later: dict[str, date] = {}
    found = _found(quality)
    for new in _deliveries(quality, today):
        place = register.place(new)
        earlier = place.earlier
        if place.later:
            later[new.extract] = place.later[-1].delivered
        if not earlier:
            continue
        first_seen = {one.delivery_id: one.delivered for one in earlier}
        days[new.extract] = earlier[-1].delivered
        for fault_id, fault in register.standing(new.extract, earlier).items():
            if fault_id in found[new.extract]:
                since[fault_id] = first_seen[fault.first]
            elif rejects(fault.rule, fault.extract):
                mended.append(_mended(fault, first_seen[fault.first], quality.secret_cases))
        warnings += _fallen(new, earlier[-1], quality)
    return Seen(since, tuple(sorted(mended, key=_reading_order)), tuple(warnings), days, later)


def store(folder: Path, quality: Quality, today: date, rejects: Rejects) -> None:
    """Note a run's deliveries and their faults in the register, once the run's reports are written.

    The same deliveries once more change nothing but their faults' list, should the program find others in them by then.
    `rejects` is as for `compare`. Raises WrongUse when the register is damaged or cannot be written; it is then as it
    was.
    """
    before = after = storage.read(folder)
    found = _found(quality)
    for new in _deliveries(quality, today):
        after = after.with_delivery(new, found[new.extract], rejects)
    if after != before:
        storage.write(folder, after)


def _deliveries(quality: Quality, today: date) -> Iterator[Delivery]:
    snapshots: Mapping[str, Snapshot] = {one.extract: one for one in quality.snapshots}
    for extract, total in quality.totals().items():
        if quality.unlisted.get(extract):
            continue
        snapshot = snapshots.get(extract)
        hashes = sorted(one.sha256 for one in quality.files if one.extract == extract)
        yield Delivery(
            extract=extract,
            delivery_id=hashlib.sha256("\n".join(hashes).encode()).hexdigest()[:_ID_LENGTH],
            delivered=total.delivered,
            first_run=today,
            rows=total.loaded,
            filled=dict(snapshot.filled) if snapshot else {},
        )


def _found(quality: Quality) -> dict[str, dict[str, Fault]]:
    """Extract → fault id → the fault; which deliveries it is in is filled in by the register."""
    found: dict[str, dict[str, Fault]] = {extract: {} for extract in quality.totals()}
    for rejection in quality.rejections:
        if rejection.fault_id:
            found.setdefault(rejection.extract, {})[rejection.fault_id] = _fault(rejection)
    return found


def _fault(rejection: Rejection) -> Fault:
    return Fault(
        extract=rejection.extract,
        fault_id=rejection.fault_id,
        key=_PROTECTED if rejection.protected else rejection.key,
        unit=rejection.unit,
        heading=rejection.heading,
        rule=rejection.rule,
        first="",
        last="",
    )


def _mended(fault: Fault, first_seen: date, secret_cases: frozenset[tuple[str, str]]) -> Mended:
    """The fault as it is told. Who was not protected when it was noted may be by now."""
    protected = fault.key == _PROTECTED or any((fault.extract, part) in secret_cases for part in fault.key.split(" / "))
    key = "" if protected else fault.key
    return Mended(fault.extract, fault.unit, key, fault.heading, fault.rule, first_seen, protected)


def _reading_order(one: Mended) -> tuple[str, ...]:
    return one.extract, one.unit, one.rule, one.key, one.heading


# --- what fell ------------------------------------------------------------------------------------------------------


def _fallen(new: Delivery, earlier: Delivery, quality: Quality) -> Iterator[Warned]:
    """A warning when half the rows or more are gone, and for each column that was filled and is not any more."""
    if earlier.rows and new.rows * 2 <= earlier.rows:
        text = (
            f"Utdraget har {_number(new.rows)} inlästa rader, mot {_number(earlier.rows)} i det förra, levererat"
            f" {earlier.delivered}."
            " Kontrollera att urvalet är detsamma."
        )
        yield Warned(new.extract, "rows_halved", text, 1)
    if not new.rows:
        return
    headings = next((one.headings for one in quality.snapshots if one.extract == new.extract), {})
    for column, before in earlier.filled.items():
        if before and not new.filled.get(column, 0):
            is_there = column in quality.columns.get(new.extract, ())
            how = "är tom på alla rader" if is_there else "finns inte"
            text = (
                f"{headings.get(column, column)} {how} i utdraget med {EXTRACT_NAMES.get(new.extract, new.extract)},"
                f" men var ifylld på {_number(before)} rader i det förra, levererat {earlier.delivered}."
            )
            yield Warned(new.extract, "column_emptied", text, 1)


def _number(count: int) -> str:
    return f"{count:,}".replace(",", "\N{NO-BREAK SPACE}")
