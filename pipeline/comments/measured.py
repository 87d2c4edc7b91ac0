"""The comments that were delivered with measured values."""

from __future__ import annotations

from pipeline.database import Database
from pipeline.model.comments import Remark
from pipeline.periods import Period
from pipeline.privacy import mask

_LATEST = """
select m.measure, m.unit, m.date, m.comment
from loaded.measurements as m
where m.date between ? and ? and trim(m.comment) <> ''
qualify row_number() over (partition by m.measure, m.unit order by m.date desc, m.comment) = 1
order by m.measure, m.unit
"""


def measured(database: Database, period: Period) -> tuple[Remark, ...]:
    """The latest comment on each measure and unit dated in the time that the period's report judges; masked."""
    starts = period.starts.replace(month=1) if period.judges_year_to_date else period.starts
    rows = database.rows(_LATEST, [starts, period.ends])
    return tuple(Remark(measure, unit, day, mask(" ".join(text.split()))) for measure, unit, day, text in rows)
