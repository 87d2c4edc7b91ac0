"""How large a municipality can be invented. Needs no heavy library, so that commands can name sizes at once."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

DEFAULT_SEED = 2026


class Size(StrEnum):
    """How large a municipality is invented."""

    SMALL = "small"
    CITY = "city"
    NATION = "nation"


@dataclass(frozen=True)
class Scale:
    """A size in numbers: `batches` slices of the population, each made in memory by itself."""

    batches: int
    volume: float  # times a small municipality's, a batch
    districts: tuple[str, ...]  # each has its own set of units, a batch


SCALES = {
    Size.SMALL: Scale(batches=1, volume=0.75, districts=("",)),
    Size.CITY: Scale(batches=1, volume=14.5, districts=("Centrum", "Hamnen", "Åsen", "Ängen")),
    Size.NATION: Scale(batches=21, volume=14.5, districts=("distrikt",)),
}
