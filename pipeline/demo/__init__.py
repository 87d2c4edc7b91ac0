"""The invented municipality: extracts as messy as real ones, for trying the pipeline without anyone's data.

Nothing in them is about real people, units or municipalities.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pipeline.demo.sizes import DEFAULT_SEED, SCALES, Size

__all__ = ["DEFAULT_SEED", "Size", "write"]


def write(out: Path, size: Size, seed: int, today: date) -> list[Path]:
    """Write the extracts to a folder (made if need be) and return the files, by name.

    The files depend on the size, the seed and the last tertial that had been delivered on `today`, and on nothing
    else. Extracts are delivered a week after a tertial's last day and hold what was known then. During that week the
    tertial before is the last one delivered, so no file is from the future, and the command gives the same bytes
    whichever day it is run until the next delivery. File names carry the day of delivery (rule 11).
    """
    from pipeline.demo.delivery import Delivery
    from pipeline.demo.times import Calendar

    out.mkdir(parents=True, exist_ok=True)
    delivery = Delivery(out, size, Calendar.on(today))
    for batch in range(SCALES[size].batches):
        delivery.add(seed, batch)
    return delivery.close()
