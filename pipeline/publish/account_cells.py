"""What became of an extract's or a file's rows, as cells: the same columns in both workbooks."""

from __future__ import annotations

from pipeline.language import say
from pipeline.model import FileAccount
from pipeline.publish import faults
from pipeline.publish.forms import DASH
from pipeline.publish.workbook_cells import COUNT, SHARE_EXACT, Column, Entry, numbers


def row_columns() -> list[Column]:
    """The columns of `row_cells`."""
    return [numbers(say("{heading} (rader)", heading=heading)) for heading in faults.ROW_HEADINGS]


def row_cells(account: FileAccount) -> list[Entry]:
    """How many rows were read, and what they became."""
    return [Entry(count, COUNT) for count in faults.row_counts(account).values()]


def share_column() -> Column:
    """The column of `share_cell`."""
    return numbers(f"{faults.REJECTED_SHARE} (%)")


def share_cell(account: FileAccount) -> Entry:
    """The rejected rows' share of those read."""
    return Entry(account.rejected / account.read, SHARE_EXACT) if account.read else Entry(DASH)
