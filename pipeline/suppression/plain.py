"""The plainest problem: numbers that each stand in a row of their own, and nothing but sums between them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from scipy import sparse

from pipeline.suppression.problem import Flags, Problem, Target

_NONE = np.empty(0, dtype=np.int64)


def plain(
    values: Sequence[float],
    sums: Sequence[Mapping[int, float]],
    *,
    primary: Collection[int],
    fixed: Collection[int],
    importance: Sequence[float],
) -> Problem:
    """The problem of those numbers, by their place in `values`; each is secret once it is hidden.

    `sums`: number → coefficient, so that everything together is 0.
    """
    every = np.arange(len(values))
    entries = [(line, number, coefficient) for line, of in enumerate(sums) for number, coefficient in of.items()]
    lines, numbers, coefficients = np.array(entries, dtype=np.float64).reshape(-1, 3).T
    none = sparse.csr_array((0, len(values)), dtype=np.float64)
    return Problem(
        values=np.array(values, dtype=np.float64),
        prints_row=every,
        prints_quantity=every,
        sums=sparse.csr_array(
            (coefficients, (lines.astype(np.int64), numbers.astype(np.int64))), shape=(len(sums), len(values))
        ),
        sets=none,
        bounds=none,
        room=np.empty(0),
        primary=_flags(primary, len(values)),
        fixed=_flags(fixed, len(values)),
        cost=np.ones(len(values)),
        importance=np.array(importance, dtype=np.float64),
        ordinary=np.ones(len(values), dtype=bool),
        followers=_NONE,
        leaders=_NONE,
        targets=tuple(Target(number, number) for number in every.tolist()),
    )


def _flags(numbers: Collection[int], rows: int) -> Flags:
    found = np.zeros(rows, dtype=bool)
    found[list(numbers)] = True
    return found
