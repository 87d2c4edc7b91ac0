"""Other tables that agree with everything that is shown: the fewer rows that they differ in, the better.

A target that differs in such a table cannot be found, however clever the attacker: the table might be the true one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from pipeline.suppression.attack import unmoved
from pipeline.suppression.guesses import CRUMB, STEP, Guesses
from pipeline.suppression.problem import Flags, Floats, Ints, Problem, Target
from pipeline.suppression.solving import least

_REACH = 4.0  # how far a quantity may be from the truth; other whole numbers are all that is asked for
_FAR = 1000.0
_WORTH = 10_000.0  # what it is worth that a target differs, in rows
_TINY = 1e-3
_ROUNDS = 4
_TRIES = 8
_NEAR = 2  # how many sums away what may differ lies at first
_HARDLY_FEWER = 0.8
_SEED = 20200229


@dataclass
class Alternatives:
    """The alternative tables found so far: which targets differ in one of them, and which rows any of them changes.

    Hiding more takes none of them away. `safe` are the targets that differ in one, `given_up` those that differ in
    none, whatever is hidden as far as was tried; the attacker finds the `hopeless` among them whatever is hidden.
    """

    problem: Problem
    changed: Flags = field(init=False)
    safe: set[Target] = field(default_factory=set)
    given_up: set[Target] = field(default_factory=set)
    hopeless: set[Target] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.changed = self.problem.primary.copy()

    def seek(self, targets: Sequence[Target], may_differ: Flags) -> list[Target]:
        """Look for tables in which the targets differ, in quantities that may; those that still do not."""
        guesses = Guesses.of(self.problem, may_differ)
        chance = np.random.default_rng(_SEED)
        left = [one for one in targets if guesses.holds(one)]
        signs = chance.choice([-1.0, 1.0], len(left))
        for round_ in range(_ROUNDS):
            if not left:
                break
            moved = self._differing(guesses, left, signs)
            left = [one for one in left if one not in self.safe]
            signs = -signs[~moved] if round_ == 0 else chance.choice([-1.0, 1.0], len(left))
        return left

    def widen(self, targets: Sequence[Target]) -> list[Target]:
        """The same with more rows, ordinary ones first, some targets at a time; those that are given up for good.

        What lies near the targets comes first: its programmes are small, and it takes fewer rows in all.
        """
        problem = self.problem
        left = list(targets)
        unordinary = problem.rows_print(~problem.ordinary & ~self.changed)
        for may_differ in (problem.hideable & ~unordinary, problem.hideable):
            guesses = Guesses.of(problem, may_differ)
            for steps in (_NEAR, None):
                left = self._widen_within(guesses, left, steps)
        self.given_up.update(left)
        return left

    def _widen_within(self, guesses: Guesses, targets: Sequence[Target], steps: int | None) -> list[Target]:
        """The same in what lies so many steps from the targets, or in everything; those that still do not differ."""
        left = list(targets)
        before = len(left)
        for round_ in range(_TRIES):
            some = self.problem.apart([one for one in left if guesses.holds(one)])
            if not some:
                break
            is_second = bool(round_ % 2)
            before = before if is_second else len(left)
            if self._differing(guesses, some, np.full(len(some), 1.0 if is_second else -1.0), steps=steps).any():
                left = self.not_free(left)
            if is_second and len(left) > _HARDLY_FEWER * before:
                break
        return left

    def force(self, target: Target) -> bool:
        """Whether there is a table in which a target differs, be it far from the truth; one is added then."""
        guesses = Guesses.of(self.problem, self.problem.hideable)
        if not guesses.holds(target):
            return False
        return any(self._differing(guesses, [target], np.array([sign]), _FAR)[0] for sign in (1.0, -1.0))

    def not_free(self, targets: list[Target]) -> list[Target]:
        """The targets that do not differ in any table in which only what is hidden already differs."""
        open_ = [one for one in targets if one not in self.safe]
        guesses = Guesses.of(self.problem, ~self.problem.known(self.changed))
        left = unmoved(self.problem, guesses, open_, is_thorough=False)
        self.safe.update(set(open_).difference(left))
        return left

    def _differing(
        self,
        guesses: Guesses,
        targets: list[Target],
        signs: Floats,
        reach: float = _REACH,
        steps: int | None = None,
    ) -> Flags:
        few = guesses.around(targets).within(reach)
        if steps is not None:
            few = few.near(targets, steps)
        directions = few.directions(targets)
        found = _cheapest(few, self._cost(few), _WORTH * (directions.T @ signs), reach)
        moved = np.abs(directions @ found) >= STEP
        self.safe.update(one for one, far in zip(targets, moved, strict=True) if far)
        used = few.quantities[np.abs(found) > CRUMB]
        if moved.any():
            self._change(self.problem.rows_of(used))
        return moved

    def _change(self, rows: Ints) -> None:
        self.changed[rows] = True
        beside = [row for leader in rows.tolist() for row in self.problem.followers_of.get(leader, ())]
        self.changed[beside] = True

    def _cost(self, guesses: Guesses) -> Floats:
        """What it costs that a quantity differs: the rows that print it and are not changed already."""
        problem = self.problem
        cost = np.zeros(len(problem.values))
        np.add.at(cost, problem.prints_quantity, np.where(self.changed, 0.0, problem.weight)[problem.prints_row])
        return cost[guesses.quantities] + _TINY


def _cheapest(guesses: Guesses, cost: Floats, worth: Floats, reach: float) -> Floats:
    """The differences (float, one a quantity) of least cost less worth; each is what is more less what is less."""
    more = np.full(len(guesses.values), reach)
    less = np.minimum(guesses.values, reach)
    equal, at_most = guesses.equal, guesses.at_most
    answer = least(
        np.concatenate([cost - worth, cost + worth]),
        as_it_stands=True,
        A_ub=sparse.hstack([at_most, -at_most]).tocsr() if at_most.shape[0] else None,
        b_ub=guesses.room if at_most.shape[0] else None,
        A_eq=sparse.hstack([equal, -equal]).tocsr() if equal.shape[0] else None,
        b_eq=np.zeros(equal.shape[0]) if equal.shape[0] else None,
        bounds=np.column_stack([np.zeros(2 * len(more)), np.concatenate([more, less])]),
    )
    count = len(more)
    return np.asarray(answer.x[:count] - answer.x[count:])
