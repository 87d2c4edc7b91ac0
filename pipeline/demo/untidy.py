"""What is not a fault but stands in every export: spaces too many, and units spelt in another case."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from pipeline.demo.chance import Chance
from pipeline.demo.tables import Table, length

NO_BREAK = "\N{NO-BREAK SPACE}"
COLUMNS = ("unit", "area", "service", "provider_unit")
WAYS: tuple[tuple[float, Callable[[str], str]], ...] = (
    (0.008, lambda text: f"{text} "),
    (0.004, lambda text: text.replace(" ", NO_BREAK)),
    (0.004, lambda text: f"{text}{NO_BREAK}"),
    (0.003, str.upper),
    (0.003, str.lower),
)


def untidy(chance: Chance, table: Table) -> Table:
    """The same table, less tidy in the texts that name units, areas and services."""
    untidied = dict(table)
    for name in COLUMNS:
        if name in table:
            column = table[name].copy()
            for share, way in WAYS:
                for row in np.flatnonzero(chance.happens(share, length(table))):
                    column[row] = way(column[row]) if column[row] else ""
            untidied[name] = column
    return untidied
