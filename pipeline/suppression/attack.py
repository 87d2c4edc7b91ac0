"""The attacker: what can be reckoned out of everything that is shown, by linear programming.

A target is found when no other whole number agrees with what is known. The search is for tables that agree with it:
most targets are seen to be safe in a few such tables, found for all at once; the rest are bounded one by one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice

import numpy as np
from scipy.optimize import OptimizeResult

from pipeline.suppression.guesses import STEP, Guesses
from pipeline.suppression.problem import Flags, Floats, Ints, Problem, Target

_IDLE = 1e-7  # a marginal that is no greater says that its sum told nothing
_ROUNDS, _ROUNDS_APART = 8, 8
_HARDLY_FEWER = 0.8
_REACH = 8.0
_BUNDLE = 1500  # unknowns of small parts that are looked at together
_FEW = 4  # targets that are looked at one by one rather than together
_SURE = 1e-5  # less than so much in all is nothing, by the arithmetic of the solver
_FEW_NEAR = 16  # targets of which each is looked at in what lies near it first
_NEARER = (1, 2, 3)
_NEAR = 4  # how many sums away another table may differ, where one is looked for by itself
_SEED = 20200229


@dataclass(frozen=True)
class Found:
    """A target that the attacker has found, how far it could still be from its value, and what told it.

    `sums` and `bounds` number those of the problem that the reckoning rests on.
    """

    target: Target
    below: float
    above: float
    sums: tuple[int, ...]
    bounds: tuple[int, ...]


def recovered(
    problem: Problem, hidden: Flags, among: Collection[Target] | None = None, most: int | None = None
) -> list[Found]:
    """The targets of hidden rows that are found out when the other rows are shown; all of them, or those `among`.

    No more than `most` are looked at closely where that is given, besides those that a single sum tells.
    """
    unknown = ~problem.known(hidden)
    wanted = sought(problem, hidden, among)
    told, open_ = _told_alone(problem, unknown, wanted)
    guesses = Guesses.of(problem, unknown)
    left = (one for one in unmoved(problem, guesses, open_) if not _is_free_near(guesses, one))
    bounded = (_bounded(guesses, one) for one in left)
    return [*told, *islice(filter(None, bounded), most)]


def found_out(problem: Problem, hidden: Flags, among: Collection[Target] | None = None) -> set[Target]:
    """The same targets, all of them, without what told them: those that cannot differ at all are seen to together."""
    unknown = ~problem.known(hidden)
    wanted = sought(problem, hidden, among)
    told, open_ = _told_alone(problem, unknown, wanted)
    guesses = Guesses.of(problem, unknown)
    # The solver lets other threads run meanwhile.
    with ThreadPoolExecutor() as pool:
        found = pool.map(lambda some: _found_of(problem, guesses, some), _bundles(guesses, open_))
        return {one.target for one in told}.union(*found)


def _bundles(guesses: Guesses, targets: Sequence[Target]) -> list[list[Target]]:
    """The targets by what knows nothing of each other, small parts together; those that are bound by nothing left out.

    Several programmes are quicker than one of them all.
    """
    sizes = np.bincount(guesses.part)
    of_part: dict[int, list[Target]] = {}
    for one in targets:
        if guesses.holds(one):
            of_part.setdefault(int(guesses.part[guesses.column[one.unsettled]]), []).append(one)
    bundles: list[list[Target]] = []
    room = 0
    for part in sorted(of_part, key=lambda part: (-sizes[part], part)):
        if sizes[part] > room:
            bundles.append([])
            room = max(_BUNDLE, int(sizes[part]))
        bundles[-1] += of_part[part]
        room -= int(sizes[part])
    return bundles


def _found_of(problem: Problem, guesses: Guesses, targets: list[Target]) -> set[Target]:
    if len(targets) <= _FEW_NEAR:
        settled = {one: _settled_near(guesses, one) for one in targets}
        found = {one for one, is_found in settled.items() if is_found}
        return found | _found_far(problem, guesses, [one for one in targets if settled[one] is None])
    return _found_far(problem, guesses, targets)


def _found_far(problem: Problem, guesses: Guesses, targets: list[Target]) -> set[Target]:
    left = unmoved(problem, guesses, targets)
    stuck = frozenset(left)
    if not _are_stuck(guesses, left):
        left = [one for one in left if not _is_free_near(guesses, one)]
        stuck = _stuck(guesses, left)
    bounded = (_bounded(guesses, one) for one in left if one not in stuck)
    return {*stuck, *(one.target for one in bounded if one)}


def sought(problem: Problem, hidden: Flags, among: Collection[Target] | None = None) -> list[Target]:
    """What must not be found of the hidden rows, but for what some other row shows; all of it, or that `among`."""
    unknown = ~problem.known(hidden)
    open_ = hidden[problem.target_columns[0]] & problem.is_open(unknown)
    found = (problem.targets[number] for number in np.flatnonzero(open_).tolist())
    few = None if among is None else frozenset(among)
    return [one for one in found if few is None or one in few]


def _told_alone(problem: Problem, unknown: Flags, targets: Sequence[Target]) -> tuple[list[Found], list[Target]]:
    """The targets that are the only unknown of a sum or set, and the others."""
    sums, quantities = problem.alone_unknown(unknown)
    alone = dict(zip(quantities.tolist(), sums.tolist(), strict=True))
    whole = (one for one in targets if one.less < 0 and one.quantity in alone)
    told = [Found(one, 0.0, 0.0, (alone[one.quantity],), ()) for one in whole]
    found = {one.target for one in told}
    return told, [one for one in targets if one not in found]


def unmoved(problem: Problem, guesses: Guesses, targets: Sequence[Target], *, is_thorough: bool = True) -> list[Target]:
    """The targets that stay where they are in a few tables that agree with what is known.

    Thorough is to look again for those that might only have stood in each other's way.
    """
    chance = np.random.default_rng(_SEED)
    left = list(targets)
    for aimed_at, rounds in ((list, _ROUNDS), (problem.apart, _ROUNDS_APART if is_thorough else 0)):
        for round_ in range(rounds):
            if not left:
                return left
            some = aimed_at(left)
            few = guesses.around(some).within(_REACH)
            signs = chance.choice([-1.0, 1.0], len(some)) if round_ > 1 else np.full(len(some), 1.0 - 2.0 * round_)
            weights = few.directions(some).T @ (signs * chance.uniform(0.5, 1.0, len(some)))
            before, left = len(left), _left(few, few.towards(weights, _REACH).x, left)
            if len(left) > _HARDLY_FEWER * before:
                break
    return left


def _stuck(guesses: Guesses, targets: list[Target]) -> frozenset[Target]:
    """Those of the targets that cannot differ at all, as far as some of them together show it."""
    if _are_stuck(guesses, targets):
        return frozenset(targets)
    if len(targets) <= _FEW:
        return frozenset()
    half = len(targets) // 2
    return _stuck(guesses, targets[:half]) | _stuck(guesses, targets[half:])


def _are_stuck(guesses: Guesses, targets: Sequence[Target]) -> bool:
    """Whether none of the targets can differ at all: then neither can their sum at weights drawn at random.

    And where one of them can, the sum can as well, but for weights that nobody draws.
    """
    if not targets:
        return True
    few = guesses.around(targets).within(_REACH)
    chance = np.random.default_rng(_SEED)
    drawn = chance.uniform(0.5, 1.0, len(targets)) * chance.choice([-1.0, 1.0], len(targets))
    weights = few.directions(targets).T @ drawn
    return all(abs(weights @ few.towards(sign * weights, _REACH).x) < _SURE for sign in (1.0, -1.0))


def _left(few: Guesses, differences: Floats, targets: Sequence[Target]) -> list[Target]:
    """The targets that do not differ by a whole number."""
    inside = [one for one in targets if few.holds(one)]
    moved = np.abs(few.directions(inside) @ differences) >= STEP
    gone = {one for one, far in zip(inside, moved, strict=True) if far}
    return [one for one in targets if one not in gone]


def _bounded(guesses: Guesses, target: Target) -> Found | None:
    """The target if both its bounds are less than a whole number from the truth."""
    few = guesses.around([target])
    weights = few.directions([target]).toarray()[0]
    far: list[float] = []
    used: list[tuple[set[int], set[int]]] = []
    for sign in (1.0, -1.0):
        answer = few.towards(sign * weights, np.inf)
        if answer.x is None or (distance := float(abs(weights @ answer.x))) >= STEP:
            return None
        far.append(distance)
        used.append((set(_told(answer, "eqlin", few.sums)), set(_told(answer, "ineqlin", few.bounds))))
    return Found(
        target,
        below=far[1],
        above=far[0],
        sums=tuple(sorted(used[0][0] | used[1][0])),
        bounds=tuple(sorted(used[0][1] | used[1][1])),
    )


def _settled_near(guesses: Guesses, target: Target) -> bool | None:
    """Whether the target is found, as far as it shows in what lies near it, which is quickly seen; None where not."""
    part = guesses.around([target])
    for steps in _NEARER:
        if part.holds(target) and _are_stuck(part.loosely_near([target], steps), [target]):
            return True
        if _is_free_near(part, target, steps):
            return False
    return None


def _is_free_near(guesses: Guesses, target: Target, steps: int = _NEAR) -> bool:
    """Whether the target differs in a table that agrees with what is known and differs around it only."""
    few = guesses.around([target])
    if not few.holds(target):
        return True  # nothing binds the two, and each is safe or not by itself
    near = few.within(_REACH).near([target], steps)
    if len(near.quantities) == len(few.quantities):
        return False
    weights = near.directions([target]).toarray()[0]
    return any(abs(weights @ near.towards(sign * weights, _REACH).x) >= STEP for sign in (1.0, -1.0))


def _told(answer: OptimizeResult, kind: str, numbers: Ints) -> Iterator[int]:
    marginals = np.asarray(answer[kind]["marginals"])
    return (int(numbers[row]) for row in np.flatnonzero(np.abs(marginals) > _IDLE))
