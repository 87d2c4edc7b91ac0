"""The log of who asked what of the data: `history/audit/`, one line a question or run, only ever added to.

A rebuild of the database never touches it. Every line is a JSON object: `at` (local time with its offset from UTC),
`user` (the account in the operating system), `command`, `what` was asked for (personnummer and pseudonyms masked), and
`rows`, how many rows were handed out, or read by a run (null where that says nothing). What is full is closed and
stands beside as `audit-0001.jsonl`, `audit-0002.jsonl` and so on. Secret: what was asked may name a case.
"""

from pipeline.audit.forgetting import forget, past
from pipeline.audit.reading import Entry, read
from pipeline.audit.storage import FOLDER, folder
from pipeline.audit.writing import demand_writable, record

__all__ = ["FOLDER", "Entry", "demand_writable", "folder", "forget", "past", "read", "record"]
