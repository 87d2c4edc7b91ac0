"""The dice: a seeded generator that draws whole columns.

Only uniform draws and linear interpolation are used, no logarithms or powers, so that the same seed gives the same
files on every machine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from zlib import crc32

import numpy as np

from pipeline.demo.times import Column, last_of_month

Quantiles = Sequence[tuple[float, float]]  # (share of cases, at most this many), rising


class Chance:
    """Draws for one batch; batches of the same seed are independent of each other, and so are purposes in a batch."""

    def __init__(self, seed: int, batch: int, purpose: str = "") -> None:
        self._seed, self._batch = seed, batch
        key = (batch, crc32(purpose.encode())) if purpose else (batch,)
        self._generator = np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=key)))

    def apart(self, purpose: str) -> Chance:
        """Dice of their own for a purpose: what is drawn with them changes nothing that is drawn with these."""
        return Chance(self._seed, self._batch, purpose)

    def uniform(self, count: int) -> Column:
        """Numbers from 0 up to 1."""
        return self._generator.random(count)

    def happens(self, probability: Column | float, count: int) -> Column:
        """Yes or no for each case."""
        return self.uniform(count) < probability

    def whole(self, low: int, high: int, count: int) -> Column:
        """Whole numbers from low to high, both included."""
        return self._generator.integers(low, high + 1, count)

    def pick(self, weights: Mapping[str, float], count: int) -> Column:
        """One of the texts for each case, as often as their weights say."""
        return np.array(list(weights), dtype=object)[self.place(list(weights.values()), count)]

    def place(self, weights: Sequence[float], count: int) -> Column:
        """The position of one of the weights for each case."""
        edges = np.cumsum(weights)
        return np.searchsorted(edges, self.uniform(count) * edges[-1], side="right").clip(0, len(weights) - 1)

    def spread(self, quantiles: Quantiles, count: int) -> Column:
        """Numbers (not yet rounded) distributed as the quantiles say."""
        shares, values = zip(*quantiles, strict=True)
        return np.interp(self.uniform(count), shares, values)

    def days(self, quantiles: Quantiles, count: int) -> Column:
        """Whole numbers distributed as the quantiles say."""
        return np.floor(self.spread(quantiles, count) + 0.5).astype(int)

    def often_on_month_ends(self, days: Column) -> Column:
        """Work is finished before the month is: some of the days just before a month's last are moved to it."""
        last = last_of_month(days)
        near = (last - days).astype(int) <= 2
        return np.where(near & self.happens(0.4, len(days)), last, days)


def drifting(progress: Column, ends: tuple[Column | float, Column | float]) -> Column:
    """A value that moves evenly from what it was when the four years began to what it is when they end."""
    first, last = ends
    return np.asarray(first + (np.asarray(last) - first) * progress)
