"""The faults that a user can mend, each with its exit code.

    UserFault                 one clear sentence, no traceback
    ├── WrongUse          2   wrong arguments, configuration or folder; a file that cannot be read
    ├── DataBelowLimits   3   too many rejected rows: nothing is published
    ├── DatabaseBusy      4   another run holds the database
    └── ProtectionFailed  5   a figure that must stay hidden could be found: nothing is published

Any other exception is a fault in the program (exit code 1).
"""

from __future__ import annotations

import errno

_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG)
_REFUSED = (errno.EACCES, errno.EPERM)


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


def told(fault: OSError) -> str:
    """What the system would not do, as a Swedish sentence: where, and what to do about it."""
    what = fault.filename if isinstance(fault.filename, str) else "En fil"
    if fault.errno in _FULL:
        return f"Disken är full: {what} kunde inte skrivas. Frigör utrymme och kör kommandot igen."
    if fault.errno in _REFUSED:
        return (
            f"{what} kan inte läsas eller skrivas: du har inte behörighet, eller så har ett annat program den öppen."
            " Stäng programmet, eller kontrollera behörigheten, och kör kommandot igen."
        )
    if fault.errno == errno.EROFS:
        return f"{what} ligger på en disk som bara går att läsa. Välj en annan mapp och kör kommandot igen."
    if fault.errno in (errno.ENOENT, errno.ENOTDIR):
        return f"{what} finns inte, eller ligger under något som inte är en mapp. Kontrollera sökvägen."
    return (
        f"{what} kan inte läsas eller skrivas: disken svarade med fel {fault.errno}. Kör kommandot igen; hjälper det"
        " inte, kontakta den som sköter datorn."
    )
