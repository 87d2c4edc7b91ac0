"""The fewest and least important rows to hide besides those that must be, so that the attacker finds nothing.

A small problem is solved exactly (`_exactly`): demands are added as they are found to be broken, by a single sum or by
the attacker; each holds in every answer, so the rows that meet them all at the least cost, once nothing is found any
longer, are the best there are. A large one is solved in steps (`_in_steps`): integer programmes for what single sums
tell, then other tables that agree with what is shown and differ in every target, in as few further rows as it takes.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from pipeline.suppression import demands
from pipeline.suppression.alternatives import Alternatives
from pipeline.suppression.attack import recovered, sought
from pipeline.suppression.problem import Flags, Problem, Target
from pipeline.suppression.programme import Demand, cheapest

# A problem of so many rows is solved exactly, if so many rounds suffice, each with so many of the attacker's findings.
_SMALL, _MOST_ROUNDS, _FINDINGS_A_ROUND = 120, 12, 12
# A nought is a poor cover: all that it is the sum of must be unknown too. Its price makes the steps fewer.
_PRICE_OF_NOUGHT = 2.5


def choose(problem: Problem) -> Flags:
    """Which rows to hide (bool, m): the primary ones and those that protect them."""
    hidden, lost = _in_steps(problem)
    if not (hidden & ~problem.primary).any() or (~problem.primary & ~problem.fixed).sum() > _SMALL:
        return hidden
    # Some were given up along the way, and are safe all the same now that more is hidden.
    lost = _found(problem, hidden, lost)
    exact = _exactly(problem, lost)
    if exact is None or _cost(problem, exact) > _cost(problem, hidden) or _found(problem, exact) - lost:
        return hidden
    return exact


def _found(problem: Problem, hidden: Flags, among: Collection[Target] | None = None) -> set[Target]:
    return {one.target for one in recovered(problem, hidden, among)}


def _cost(problem: Problem, hidden: Flags) -> float:
    return float(problem.cost[hidden].sum())


def _exactly(problem: Problem, lost: Collection[Target]) -> Flags | None:
    """The best answer; None when it is not reached in reasonable time. `lost` targets are found whatever is hidden."""
    known: set[Demand] = set()
    hidden = problem.primary.copy()
    problem = replace(problem, targets=tuple(one for one in problem.targets if one not in lost))
    for _ in range(_MOST_ROUNDS):
        more = demands.of_single_sums(problem, hidden)
        if not more:
            more = demands.of_findings(problem, recovered(problem, hidden, most=_FINDINGS_A_ROUND), hidden)
        if not set(more) - known:
            return hidden
        known.update(more)
        hidden = problem.primary.copy()
        hidden[cheapest(problem, known, problem.primary)] = True
    return None


def _in_steps(problem: Problem) -> tuple[Flags, Collection[Target]]:
    """A good answer, and the targets that are found whatever is hidden."""
    alternatives = Alternatives(problem)
    left = alternatives.seek(
        [one for one in problem.targets if problem.primary[one.row]],
        ~problem.known(_by_single_sums(problem, problem.primary)),
    )
    while True:
        alternatives.widen(left)
        hidden = _by_single_sums(problem, alternatives.changed)
        alternatives.changed |= hidden
        left = alternatives.not_free([one for one in sought(problem, hidden) if one not in alternatives.given_up])
        if left:
            continue
        left = _stoppable(problem, hidden, alternatives)
        if not left or not alternatives.force(left[0]):
            return hidden, alternatives.given_up


def _stoppable(problem: Problem, hidden: Flags, alternatives: Alternatives) -> list[Target]:
    """The targets given up that are found, but would not be if more were hidden."""
    found = _found(problem, hidden, alternatives.given_up)
    if not found:
        return []
    return sorted(found - _found(problem, ~problem.fixed, found))


def _by_single_sums(problem: Problem, hidden: Flags) -> Flags:
    """The rows, and what integer programmes add for what single sums tell, round by round."""
    hidden = hidden.copy()
    dear = replace(problem, cost=problem.weight * np.where(problem.is_nought, _PRICE_OF_NOUGHT, 1.0))
    while more := demands.of_single_sums(problem, hidden):
        hidden[cheapest(dear, set(more), hidden)] = True
    return hidden
