"""The fewest and least important rows to hide besides those that must be, so that the attacker finds nothing.

A small problem is solved exactly (`_exactly`): demands are added as they are found to be broken, by a single sum or by
the attacker; each holds in every answer, so the rows that meet them all at the least cost, once nothing is found any
longer, are the best there are. A large one is solved in steps (`_in_steps`): integer programmes for what single sums
tell, then other tables that agree with what is shown and differ in every target, in as few further rows as it takes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np

from pipeline.suppression import demands
from pipeline.suppression.alternatives import Alternatives
from pipeline.suppression.answers import Answers, Solved
from pipeline.suppression.attack import found_out, recovered, sought
from pipeline.suppression.parts import parts
from pipeline.suppression.problem import Flags, Problem, Target
from pipeline.suppression.programme import Demand, cheapest

# A problem of so many rows is solved exactly, if so many rounds suffice, each with so many of the attacker's findings.
_SMALL, _MOST_ROUNDS, _FINDINGS_A_ROUND = 120, 12, 12
# A nought is a poor cover: all that it is the sum of must be unknown too. Its price makes the steps fewer.
_PRICE_OF_NOUGHT = 2.5


def choose(
    problem: Problem, poor: Flags | None = None, wanted: Flags | None = None, answers: Answers | None = None
) -> Flags:
    """Which rows to hide (bool, m): the primary ones and those that protect them.

    `poor` rows (bool, m) are no good cover and are hidden only where nothing else protects. `wanted` are the primary
    rows (bool, m) that need protection, all of them unless given. `answers` are asked before anything is solved.
    """
    answers = Answers() if answers is None else answers
    hidden = problem.primary.copy()
    wanted = hidden if wanted is None else wanted
    if poor is not None:
        few = replace(problem, fixed=problem.fixed | (poor & ~problem.primary))
        hidden, given_up = _each_part(few, hidden, wanted, _choose_if_possible, answers)
        wanted = given_up | (_told_by(few, problem, hidden) & wanted)
        rows = problem.target_columns[0]
        left = (wanted | ~hidden)[rows]  # the others are safe already
        targets = tuple(problem.targets[one] for one in np.flatnonzero(left).tolist())
        problem = replace(problem, primary=hidden, targets=targets)
    return _each_part(problem, hidden, wanted, _choose, answers)[0]


def _told_by(few: Problem, problem: Problem, hidden: Flags) -> Flags:
    """The hidden rows of which something is told in the one problem that is not in the other."""
    rows = problem.target_columns[0]
    told = hidden[rows] & problem.is_open(few.told) & ~problem.is_open(problem.told)
    found = np.zeros(len(hidden), dtype=bool)
    found[rows[told]] = True
    return found


def _each_part(
    problem: Problem, hidden: Flags, wanted: Flags, solve: Callable[[Problem], Solved], answers: Answers
) -> tuple[Flags, Flags]:
    """The rows to hide when the parts that any of the wanted rows are in are solved, and rows that were given up."""
    hidden, given_up = hidden.copy(), np.zeros(len(hidden), dtype=bool)
    largest_first = sorted(parts(problem, wanted), key=lambda part: -len(part.rows))
    # The solver lets other threads run meanwhile.
    with ThreadPoolExecutor() as pool:
        solved = pool.map(lambda part: answers.of(part.problem, solve), largest_first)
        for part, (chosen, lost) in zip(largest_first, solved, strict=True):
            hidden[part.rows] = chosen
            given_up[part.rows[[one.row for one in lost]]] = True
    return hidden, given_up


def _choose_if_possible(problem: Problem) -> Solved:
    """The same; a small problem of which some target seems to be found whatever is hidden is left as it is."""
    hidden, lost = _in_steps(problem, may_lose=not _is_small(problem))
    if not lost:
        return _no_more_than_needed(problem, hidden, lost)
    return (problem.primary, problem.targets) if _is_small(problem) else (hidden, lost)


def _choose(problem: Problem) -> Solved:
    """The rows to hide, and the targets that are found whatever is hidden."""
    hidden, lost = _in_steps(problem)
    # Some were given up along the way, and are safe all the same now that more is hidden.
    return _no_more_than_needed(problem, hidden, found_out(problem, hidden, lost))


def _no_more_than_needed(problem: Problem, hidden: Flags, lost: Collection[Target]) -> Solved:
    """The best answer instead of a good one, where that is soon found."""
    if not (hidden & ~problem.primary).any() or not _is_small(problem):
        return hidden, lost
    exact = _exactly(problem, lost, _cost(problem, hidden))
    return hidden if exact is None or found_out(problem, exact) - set(lost) else exact, lost


def _is_small(problem: Problem) -> bool:
    return int((~problem.primary & ~problem.fixed).sum()) <= _SMALL


def _cost(problem: Problem, hidden: Flags) -> float:
    return float(problem.cost[hidden].sum())


def _exactly(problem: Problem, lost: Collection[Target], enough: float) -> Flags | None:
    """The best answer; None when there is none that costs less, or it is not reached in reasonable time.

    `lost` targets are found whatever is hidden.
    """
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
        if _cost(problem, hidden) >= enough:
            return None
    return None


def _in_steps(problem: Problem, *, may_lose: bool = True) -> Solved:
    """A good answer, and the targets that are found whatever is hidden. When none may be, the first end the search."""
    alternatives = Alternatives(problem)
    left = alternatives.seek(
        [one for one in problem.targets if problem.primary[one.row]],
        ~problem.known(_by_single_sums(problem, problem.primary)),
    )
    while True:
        if alternatives.widen(left) and not may_lose:
            return problem.primary, alternatives.given_up
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
    found = found_out(problem, hidden, alternatives.given_up - alternatives.hopeless)
    if found:
        alternatives.hopeless |= found_out(problem, ~problem.fixed, found)
    return sorted(found - alternatives.hopeless)


def _by_single_sums(problem: Problem, hidden: Flags) -> Flags:
    """The rows, and what integer programmes add for what single sums tell, round by round."""
    hidden = hidden.copy()
    dear = replace(problem, cost=problem.weight * np.where(problem.is_nought, _PRICE_OF_NOUGHT, 1.0))
    while more := demands.of_single_sums(problem, hidden):
        hidden[cheapest(dear, set(more), hidden)] = True
    return hidden
