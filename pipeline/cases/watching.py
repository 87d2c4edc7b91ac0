"""What unit managers are to look at today: every case that has passed a limit or comes near one, by unit."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from pipeline.cases import catalogue
from pipeline.cases.catalogue import CaseList
from pipeline.cases.delivered import columns, lacking, unflagged
from pipeline.config import Config, Watch
from pipeline.database import Database
from pipeline.model import Rule
from pipeline.model.cases import Watch as Watched
from pipeline.model.cases import WatchRow
from pipeline.periods import Period

_WINDOW = "watch"
# A row's area is its own, else its unit's in the register on the day; a committee's own areas decide whose it is.
_ROWS = """
with listed as (
    {sql}
),

register as (
    select u.unit, u.area, row_number() over (
        partition by u.unit order by u.valid_from desc nulls last, u.programme, u.area
    ) as recency
    from units as u
    where (u.valid_from is null or u.valid_from <= $day) and (u.valid_to is null or u.valid_to >= $day)
)

select l.case_id, l.unit, coalesce(l.area, r.area) as area, l.subject, l.since, l.limit_day, l.act, l.note,
    p.person_id is not null or c.case_id is not null as is_protected
from listed as l
left join register as r on l.unit = r.unit and r.recency = 1
left join protected_persons as p on l.person_id = p.person_id
left join protected_cases as c on c.extract = $extract and l.case_id = c.case_id
where l.limit_day is null or l.limit_day <= $day + cast($near as integer)
order by l.case_id
"""


def watch(
    database: Database,
    config: Config,
    period: Period,
    today: date,
    deliveries: Mapping[str, date],
    rules: Mapping[str, Rule],
) -> Watched:
    """Every unit's cases as the data stand: as of the newest delivery, or today where that comes first.

    Managers act now, so the period's last day does not count; its first day is only how far back what can no longer
    be mended is listed. `deliveries`: extract → the day it was delivered. `rules`: the rules of law by id. Needs the
    prepared tables, and leaves them as they were.
    """
    day = min(today, max(deliveries.values(), default=today))
    delivered = columns(database)
    lists = catalogue.read()
    why = {one.id: lacking(one.needs, delivered) for one in lists}
    every: list[tuple[WatchRow, bool]] = []
    read = set[str]()
    with _on(database, config.watch, min(period.starts, day), day):
        for one in lists:
            if not why[one.id]:
                every += _rows(database, one, config, day, rules)
                read |= set(one.needs)
    by_unit: dict[str, list[WatchRow]] = defaultdict(list)
    for row, is_protected in every:
        if not is_protected:
            by_unit[row.unit].append(row)
    return Watched(
        as_of=day,
        rows={unit: tuple(sorted(rows, key=_urgency)) for unit, rows in by_unit.items()},
        left_out=Counter(row.unit for row, is_protected in every if is_protected),
        lacking=tuple(f"{one.title}: {why[one.id]}" for one in lists if why[one.id]),
        old={name: deliveries[name] for name in sorted(read & set(deliveries)) if deliveries[name] < day},
        unflagged=unflagged(delivered, read),
    )


@contextmanager
def _on(database: Database, settings: Watch, starts: date, day: date) -> Iterator[None]:
    """The window that the lists read, and the settings, while they are asked."""
    database.run("create temp table watch_settings (name varchar, days integer)")
    for name, days in settings.model_dump().items():
        database.run("insert into watch_settings values (?, ?)", [name, days])
    database.run("insert into windows values (?, ?, 'stock', ?, ?, ?, ?)", [_WINDOW, _WINDOW, starts, day, starts, day])
    try:
        yield
    finally:
        database.run("delete from windows where window_id = ?", [_WINDOW])
        database.run("drop table watch_settings")


def _rows(
    database: Database, one: CaseList, config: Config, day: date, rules: Mapping[str, Rule]
) -> Iterator[tuple[WatchRow, bool]]:
    near = getattr(config.watch, one.near) if one.near else 0
    ours = {area.casefold() for area in config.committee.areas}
    asked = {"day": day, "near": near, "extract": next(iter(one.needs), "")}
    for found in database.rows(_ROWS.format(sql=one.sql), asked):
        case_id, unit, area, subject, since, limit, act, note, is_protected = found
        if ours and (area or "").casefold() not in ours:
            continue
        row = WatchRow(
            list_id=one.id,
            demand=one.title,
            case_id=case_id,
            unit=unit,
            area=area or "",
            subject=subject or "",
            since=since,
            limit=limit,
            days_left=None if limit is None else (limit - day).days,
            law=rules[one.law].on(since or limit or day, act or "") if one.law else (),
            todo=one.todo,
            note=note or "",
        )
        yield row, is_protected


def _urgency(row: WatchRow) -> tuple[Any, ...]:
    """Those most overdue first, then the nearest limit; what has no day last."""
    return row.days_left is None, row.days_left or 0, row.demand, row.case_id
