"""Single cases, by list: what unit managers are to act on, and decisions to report that are not executed. Secret."""

from pipeline.cases.council import council
from pipeline.cases.unexecuted import demand_ended_quarter, quarter_ended, unexecuted
from pipeline.cases.watching import watch

__all__ = ["council", "demand_ended_quarter", "quarter_ended", "unexecuted", "watch"]
