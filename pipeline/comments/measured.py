"""The comments that were delivered with measured values."""

from __future__ import annotations

from pipeline.database import Database
from pipeline.model.comments import Remark
from pipeline.periods import Period
from pipeline.privacy import mask

_LATEST = """
with
judged as (
    select measure, unit, date, comment, max(date) over (partition by measure, unit) as latest
    from loaded.measurements
    where date between ? and ?
)
select measure, unit, date, comment
from judged
where date_trunc('month', date) = date_trunc('month', latest) and trim(comment) <> ''
qualify row_number() over (partition by measure, unit order by date desc, comment) = 1
order by measure, unit
"""


def measured(database: Database, period: Period) -> tuple[Remark, ...]:
    """The comment on the latest value of each measure and unit in the time that the period's report judges; masked.

    A comment is on the values of its month: one on an earlier month's is not repeated under a later value.
    """
    starts = period.starts.replace(month=1) if period.judges_year_to_date else period.starts
    rows = database.rows(_LATEST, [starts, period.ends])
    return tuple(Remark(measure, unit, day, mask(" ".join(text.split()))) for measure, unit, day, text in rows)
