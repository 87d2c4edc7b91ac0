"""The primary rule: which rows are too small to be shown, whatever else is.

Source: the protection contract. Rows of persons with protected identity have a higher limit.
"""

from __future__ import annotations

import numpy as np

from pipeline.config import STRICT_SMALLEST_FOR_ALL_OR_NONE, Disclosure
from pipeline.disclosure.tables import Layout, Table
from pipeline.model import Level, Statistic
from pipeline.suppression.problem import Flags, Floats, Ints


def too_small(layout: Layout, rule: Disclosure) -> Flags:
    """The rows that must be hidden, were they the only ones; those of earlier publications as far as they are told."""
    small = np.zeros(len(layout), dtype=bool)
    may_hide = may_be_hidden(layout)
    for table in layout.tables.values():
        rows = table.rows[table.rows >= 0]
        small[rows] = _in_table(layout, table, rows, rule, may_hide[rows])
    return small


def may_be_hidden(layout: Layout) -> Flags:
    """All rows but the committee's own totals."""
    level = np.array([org.level for org in layout.orgs], dtype=np.int64)[layout.place[:, 1]]
    cuts = zip(layout.table, layout.place[:, 2], strict=True)
    is_total = np.array([not table.cuts[cut].breakdown for table, cut in cuts], dtype=bool)
    return (level != Level.COMMITTEE) | ~is_total


def _in_table(layout: Layout, table: Table, rows: Ints, rule: Disclosure, may_hide: Flags) -> Flags:
    total = layout.total[rows]
    if table.statistic is Statistic.VALUE:
        # Nobody knows what it was made of: a whole number so small may be of people.
        value = layout.value[rows]
        return may_hide & (value >= 1) & (value < rule.smallest) & (value == np.floor(value))
    everywhere = max(table.metric.fewest, rule.smallest if table.statistic.is_distribution else 0)
    small = (total > 0) & (total < np.where(may_hide, max(everywhere, rule.smallest), everywhere))
    if table.statistic is Statistic.LONGEST_WAIT:
        return (total > 0) & (total < everywhere)
    small |= may_hide & (layout.protected[rows] > 0) & (total < rule.smallest_with_protected)
    if rule.rule == "strict" and table.statistic.is_share:
        small |= may_hide & _is_telling(total, layout.part[rows], rule.smallest)
    return small


def _is_telling(total: Floats, part: Floats, smallest: int) -> Flags:
    """Few in the numerator or besides; or all or none of few: under the strict rule alone."""
    rest = total - part
    few = ((part > 0) & (part < smallest)) | ((rest > 0) & (rest < smallest))
    return few | ((total > 0) & (total < STRICT_SMALLEST_FOR_ALL_OR_NONE) & ((part == 0) | (rest == 0)))
