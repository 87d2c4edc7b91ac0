"""What kinds of values there are, as to whom they may tell of."""

from __future__ import annotations

from enum import IntEnum


class Kind(IntEnum):
    """What a value is, the more telling the greater."""

    CATEGORY = 0
    DAY = 1  # of a case, as it stands
    NUMBER = 2  # of a case, as it stands
    MOVED_DAY = 3  # a case's day and so many days of its number
    RECKONED = 4  # made of days, numbers or rows in a way that may tell each of them
    SECRET = 5  # points out somebody
