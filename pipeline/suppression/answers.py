"""Answers that were found before, by all that they hang on: the same question need not be solved again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Mapping
from functools import cache
from pathlib import Path

import numpy as np
import scipy

from pipeline.suppression.problem import Flags, Problem, Target

Solved = tuple[Flags, Collection[Target]]
_Answer = tuple[list[int], list[tuple[int, int, int]]]  # the rows to hide, and the targets that nothing protects


class Answers:
    """What `choose` has found for parts of problems: numbers of rows, by hashes; nothing can be told from them.

    Every answer is one that the same program gave to the same question, so using it changes nothing but the time.
    `told` are those that were given or found since this was made, to be kept for another run.
    """

    def __init__(self, known: Mapping[str, _Answer] | None = None) -> None:
        self._known = dict(known or {})
        self.told: dict[str, _Answer] = {}

    @classmethod
    def loads(cls, text: bytes) -> Answers:
        """Those that `dumps` wrote; of another version of the program, none. Raises ValueError when it is no such."""
        kept = json.loads(text)
        if not isinstance(kept, dict) or kept.get("program") != _program():
            return cls()
        return cls(
            {key: (rows, [(one, two, three) for one, two, three in lost]) for key, rows, lost in kept["answers"]}
        )

    def dumps(self) -> bytes:
        """The answers of `told`, in an order that does not hang on time."""
        answers = [[key, *self.told[key]] for key in sorted(self.told)]
        return json.dumps({"program": _program(), "answers": answers}, separators=(",", ":")).encode("ascii")

    def of(self, problem: Problem, solve: Callable[[Problem], Solved]) -> Solved:
        """The rows to hide (bool, m) and the targets that are lost, as `solve` finds them."""
        key = _key(problem, solve.__name__)
        if key in self._known:
            self.told[key] = self._known[key]
        else:
            hidden, lost = solve(problem)
            self.told[key] = (
                np.flatnonzero(hidden).tolist(),
                [(one.row, one.quantity, one.less) for one in sorted(lost)],
            )
        rows, targets = self.told[key]
        found = np.zeros(len(problem.primary), dtype=bool)
        found[rows] = True
        return found, [Target(*one) for one in targets]


def _key(problem: Problem, way: str) -> str:
    """A hash of everything in the problem."""
    digest = hashlib.sha256(way.encode("ascii"))
    matrices = (problem.sums, problem.sets, problem.bounds)
    arrays = [
        problem.values, problem.prints_row, problem.prints_quantity, problem.room, problem.primary, problem.fixed,
        problem.cost, problem.importance, problem.ordinary, problem.followers, problem.leaders,
        *problem.target_columns,
        *(part for one in matrices for part in (np.array(one.shape), one.data, one.indices, one.indptr)),
    ]  # fmt: skip
    for array in arrays:
        digest.update(f"{array.dtype}{array.shape}".encode("ascii"))
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()


@cache
def _program() -> str:
    """What finds the answers: this package and the solver."""
    files = sorted(Path(__file__).parent.glob("*.py"))
    digest = hashlib.sha256(b"\0".join(file.read_bytes() for file in files))
    digest.update(f"scipy {scipy.__version__} numpy {np.__version__}".encode("ascii"))
    return digest.hexdigest()
