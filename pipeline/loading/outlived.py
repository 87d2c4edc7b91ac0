"""Which loaded rows nobody needs any more: their case has ended, and nothing in them is of a later day than a limit.

The rule of `purge`. It holds for rows about single persons, cases and case workers. What only counts (surveys,
controls, measurements) or describes the organisation (units, goals, requirements, plans of follow-up) stays.
"""

from __future__ import annotations

from datetime import date

from pipeline.database import Database
from pipeline.model import Warned
from pipeline.schemas import EXTRACTS
from pipeline.schemas.extract import Kind

RULE = "past_retention"
# Extract → SQL for whether the case has ended; what happens once has ended when it has happened. Of referrals, those
# that are pre-assessed are open until that is decided.
ENDED = {
    "referrals": "decided is not null or kind not in ('anmälan', 'information på annat sätt')",
    "investigations": "closed is not null",
    "decisions": "result = 'avslag' or ended is not null or valid_to is not null",
    "plans": "ended is not null or decision_id in (select decision_id from loaded.decisions where {decision})",
    "care_levels": "true",
    "coordinated_plans": "true",
    "incidents": "closed is not null",
    "reviews": "true",
    "vignettes": "true",
}
_A_DAY = r"(?:19|20)\d\d-[01]\d-[0-3]\d"


def condition(extract: str, before: date) -> str:
    """SQL for the rows of an extract whose case has ended and whose last day is before the limit.

    A plan has also ended when the decision that it is for has.
    """
    ended = ENDED[extract]
    if "{decision}" in ended:
        ended = ended.format(decision=condition("decisions", before))
    return f"({ended}) and {_is_before(extract, before)}"


def standing(extract: str, before: date) -> str:
    """SQL for the rows of an extract whose last day is before the limit, but whose case is open: they stay."""
    return f"{_is_before(extract, before)} and not ({condition(extract, before)})"


def quarantined(before: date) -> str:
    """SQL for the quarantined rows that hold no readable day from the limit on."""
    return f"coalesce({_LAST_READ}, '') < '{before.isoformat()}'"


def counts(database: Database, before: date) -> dict[str, int]:
    """Extract → loaded rows past the limit, where there are some; `quarantine` → quarantined rows that tell a day."""
    found = {
        extract: database.value(f"select count(*) from loaded.{extract} where {condition(extract, before)}")
        for extract in ENDED
    }
    of_faults = f"select count(*) from quarantine where {_LAST_READ} is not null and {quarantined(before)}"
    return {name: count for name, count in {**found, "quarantine": database.value(of_faults)}.items() if count}


def warnings(database: Database, before: date | None) -> list[Warned]:
    """A warning for each extract that has brought back rows from before the day that was purged to."""
    if before is None:
        return []
    return [
        Warned(
            extract,
            RULE,
            f"Utdraget har rader om ärenden som avslutades före {before}, den dag som uppgifterna har gallrats till."
            " De är nu inlästa igen. Ta ut utdraget på nytt utan dem, och gallra sedan igen.",
            count,
        )
        for extract, count in counts(database, before).items()
        if extract in EXTRACTS
    ]


_LAST_READ = f"list_max(regexp_extract_all(content, '{_A_DAY}'))"


def _is_before(extract: str, before: date) -> str:
    days = ", ".join(column.name for column in EXTRACTS[extract].of_kind(Kind.DATE))
    return f"coalesce(greatest({days}) < date '{before.isoformat()}', true)"
