"""What hangs together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse

from pipeline.suppression.problem import Ints


def connected(pairs: Sequence[tuple[Ints, Ints]], count: int) -> Ints:
    """Of each of `count` things the number of the piece that it is in, when pairs of them hang together."""
    one, other = (np.concatenate(side) for side in zip(*pairs, strict=True))
    graph = sparse.csr_array((np.ones(len(one)), (one, other)), shape=(count, count))
    return np.asarray(sparse.csgraph.connected_components(graph, directed=False)[1])


def chained(matrix: sparse.csr_array) -> tuple[Ints, Ints]:
    """Each line's columns as a chain of pairs, which hangs together as all pairs of them would."""
    indices, ends = matrix.indices, matrix.indptr[1:-1]
    follows = np.ones(max(len(indices) - 1, 0), dtype=bool)
    follows[ends[(ends > 0) & (ends < len(indices))] - 1] = False
    return indices[:-1][follows], indices[1:][follows]
