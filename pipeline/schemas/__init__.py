"""The extracts as data: columns, keys and rules. `judge` holds the pandera schemas made from them."""

from __future__ import annotations

from pipeline.schemas import decisions, investigations, plans, referrals, units
from pipeline.schemas.extract import Extract

# In the order that they are read, shown and accounted for.
EXTRACTS: dict[str, Extract] = {
    extract.name: extract
    for extract in (units.EXTRACT, referrals.EXTRACT, investigations.EXTRACT, decisions.EXTRACT, plans.EXTRACT)
}
