"""What looks wrong only when all rows are seen together: empty columns, days that nobody noted, late registration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from pipeline.database import Database
from pipeline.loading.protected import FLAG
from pipeline.loading.snapshots import Words, filled, heading
from pipeline.model import FileAccount, Lateness, Warned
from pipeline.periods import month_end
from pipeline.schemas.extract import Extract, Kind

FEWEST_DATES = 20
FEWEST_REGISTERED = 30
# Days that somebody sets, and that are the first of a month as often as not.
_SET_DAYS = frozenset({"valid_from", "valid_to", "extended_until", "next_follow_up", "due", "next_revision"})
# Extracts whose rows are sums for a month or a year, or plans for one.
_SUMMED = frozenset({"units", "surveys", "measurements", "activities", "controls", "requirements", "goals"})
_LATE = "referrals"  # the extract that tells when something came in and when it was registered
_SETTLED_DAYS = 90  # after so long, nearly everything that is ever registered is
_REFERENCE_MONTHS = 12
_NEWEST_MONTHS = 3


def warnings(
    database: Database, words: Words, extracts: Sequence[Extract], columns: Mapping[str, frozenset[str]]
) -> list[Warned]:
    """Warnings on the loaded tables; `columns`: which columns of which extracts some file has."""
    return [warned for extract in extracts for warned in _of(database, words, extract, columns[extract.name])]


def without_rows(files: Sequence[FileAccount]) -> list[Warned]:
    """A warning for each file that has headings and no row: what is counted in it would be 0 without a word."""
    text = "Filen har rubriker men inga rader, så det som räknas i den blir 0."
    return [Warned(file.extract, "no_rows", text, 1, (file.file,)) for file in files if not file.read]


def _of(database: Database, words: Words, extract: Extract, delivered: frozenset[str]) -> Iterator[Warned]:
    rows, counts = filled(database, extract)
    if not rows:
        return
    for name in extract.names:  # of the flag for protected identity more is told, see `unflagged`
        if name in delivered and not counts[name] and name != FLAG:
            text = f"{heading(words, extract, name)} finns i utdraget men är tom på alla rader ({rows})."
            yield Warned(extract.name, "column_empty", text, 1)
    for name in _watched_days(extract):
        if counts[name] >= FEWEST_DATES and _all_on_the_first(database, extract, name):
            text = (
                f"Alla datum i {heading(words, extract, name)} ({counts[name]}) är den första i en månad:"
                " troligen har bara månaden registrerats."
            )
            yield Warned(extract.name, "dates_on_first", text, 1)


def _watched_days(extract: Extract) -> list[str]:
    if extract.name in _SUMMED:
        return []
    return [column.name for column in extract.of_kind(Kind.DATE) if column.name not in _SET_DAYS]


def _all_on_the_first(database: Database, extract: Extract, column: str) -> bool:
    return bool(database.value(f"select bool_and(day({column}) = 1) from loaded.{extract.name}"))


# --- late registration ----------------------------------------------------------------------------------------------


def lateness(database: Database, delivered: Mapping[str, date]) -> tuple[Lateness, ...]:
    """How final the newest months of referrals are, judged by how late earlier ones were registered.

    For each of the last three months that had ended on the day of delivery: the days from its end to that day, and the
    share of an ordinary month's rows that were registered as many days after their month's end. Ordinary are the twelve
    months that ended 90 days or more before the delivery, since a month that is still being registered would look
    quick. Nothing is said on fewer than thirty rows that have both days.
    """
    if _LATE not in delivered:
        return ()
    day = delivered[_LATE]
    until = _last_month_end(day - timedelta(days=_SETTLED_DAYS))
    since = _months_back(until, _REFERENCE_MONTHS - 1).replace(day=1)
    newest = _last_month_end(day)
    found = (_late(database, _months_back(newest, back), day, since, until) for back in reversed(range(_NEWEST_MONTHS)))
    return tuple(filter(None, found))


def _late(database: Database, month_ends: date, delivered: date, since: date, until: date) -> Lateness | None:
    days = (delivered - month_ends).days
    ((rows, registered),) = database.rows(
        f"""
        select count(*), count(*) filter (where registered <= last_day(received) + cast($days as integer))
        from loaded.{_LATE}
        where registered is not null and received between $since and $until
        """,
        {"days": days, "since": since, "until": until},
    )
    if rows < FEWEST_REGISTERED:
        return None
    return Lateness(_LATE, month_ends.replace(day=1), days, registered / rows, rows, since, until)


def _last_month_end(day: date) -> date:
    """The last day of a month that is not after `day`."""
    ends = month_end(day.year, day.month)
    return ends if ends == day else day.replace(day=1) - timedelta(days=1)


def _months_back(ends: date, months: int) -> date:
    year, month = divmod(ends.year * 12 + ends.month - 1 - months, 12)
    return month_end(year, month + 1)
