"""The faults that a user can mend, each with its exit code.

    UserFault                 one clear sentence, no traceback
    ├── WrongUse          2   wrong arguments, configuration or folder; a file that cannot be read
    ├── DataBelowLimits   3   too many rejected rows: nothing is published
    ├── DatabaseBusy      4   another run holds the database
    └── ProtectionFailed  5   a figure that must stay hidden could be found: nothing is published

Any other exception is a fault in the program (exit code 1).
"""

from __future__ import annotations


class UserFault(Exception):
    """Base of all faults that are answered with their message alone; `exit_code` is the process's."""

    exit_code = 2


class WrongUse(UserFault):
    """Arguments, configuration, folder or file that must be mended before anything can be done."""

    exit_code = 2


class DataBelowLimits(UserFault):
    """The extracts hold more faults than the configuration allows; the quality report has been written."""

    exit_code = 3


class DatabaseBusy(UserFault):
    """Another run is writing the database."""

    exit_code = 4


class ProtectionFailed(UserFault):
    """A secret or a hidden figure would have been published."""

    exit_code = 5
