"""A run's line in the log of who asked what of the data."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pipeline.errors import UserFault

if TYPE_CHECKING:
    from pipeline.model import Quality
    from pipeline.starting import Request


@contextmanager
def noted(request: Request, command: str, beside: str = "") -> Iterator[list[Quality]]:
    """Note a run in the log when it is over, also when it stopped; nothing of the invented municipality's.

    What is appended to the list is the state of the data that the run read. A run that cannot be noted does not begin.
    """
    from pipeline import audit, database, starting

    processed = request.config.paths.processed
    read: list[Quality] = []
    if starting.is_invented(request):
        yield read
        return
    database.prepare(processed)
    audit.demand_writable(processed)
    what = [request.period.code if request.period else "", beside]
    try:
        yield read
    except UserFault as fault:
        what.append(f"stannade med kod {fault.exit_code}")
        raise
    except BaseException:
        what.append("avbröts")
        raise
    finally:
        rows = sum(account.loaded for account in read[0].totals().values()) if read else None
        audit.record(processed, command, ", ".join(filter(None, what)), rows)
