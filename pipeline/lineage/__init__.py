"""Where figures come from: file → column of an extract → table → metric → section of the report.

Found by parsing the SQL of the project (sql/tables, sql/prepared, sql/views, sql/metrics), never by searching its text.
`python -m pipeline.lineage` writes docs/lineage.md.
"""

from pipeline.lineage.kinds import Kind
from pipeline.lineage.library import Library, read
from pipeline.lineage.relations import Origin, Relation
from pipeline.lineage.uses import CALENDAR, WEEKDAY, CannotFollow, Following, Use
from pipeline.lineage.widening import Shown, Span, Types, Widened, widen

__all__ = [
    "CALENDAR",
    "WEEKDAY",
    "CannotFollow",
    "Following",
    "Kind",
    "Library",
    "Origin",
    "Relation",
    "Shown",
    "Span",
    "Types",
    "Use",
    "Widened",
    "read",
    "widen",
]
