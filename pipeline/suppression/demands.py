"""What the rows that are hidden demand of the others: found in single sums at once, by the attacker one by one."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from pipeline.suppression.attack import Found
from pipeline.suppression.problem import Flags, Ints, Problem
from pipeline.suppression.programme import Demand


def of_single_sums(problem: Problem, hidden: Flags) -> list[Demand]:
    """Where a sum tells its only unknown, or unknowns that are all 0 and can only grow together."""
    unknown = ~problem.known(hidden)
    sought = _sought(problem, hidden) & ~problem.told
    demands = []
    for (sums, quantities), others in (
        (problem.alone_unknown(unknown), _all_but),
        (problem.stuck_noughts(unknown), Problem.movers),
    ):
        for one, quantity in zip(sums.tolist(), quantities.tolist(), strict=True):
            if sought[quantity]:
                when = tuple(problem.printers(quantity).tolist())
                demands.append(_demand(problem, when, others(problem, one, quantity)))
    return [one for one in demands if one.among]


def of_findings(problem: Problem, found: Collection[Found], hidden: Flags) -> list[Demand]:
    """What the attacker's findings rest on: something of it must be unknown, where anything can be."""
    known = problem.known(hidden)
    demands = (_demand(problem, (one.target.row,), _support(problem, one, known)) for one in found)
    return [one for one in demands if one.among]


def _sought(problem: Problem, hidden: Flags) -> Flags:
    """The quantities that some hidden row must not tell."""
    sought = np.zeros(len(problem.values), dtype=bool)
    rows, quantities, less = problem.target_columns
    sought[quantities[hidden[rows] & (less < 0)]] = True
    return sought


def _all_but(problem: Problem, one: int, quantity: int) -> Ints:
    members = problem.members(one)
    if problem.values[quantity] or one >= problem.sums.shape[0]:
        return members[members != quantity]
    return problem.movers(one, quantity)


def _support(problem: Problem, found: Found, known: Flags) -> Ints:
    """What the attacker knew that the finding rests on."""
    members = [problem.members(one) for one in found.sums]
    used = np.unique(np.concatenate([*members, problem.bounds[list(found.bounds)].indices])).astype(np.int64)
    return used[known[used]]


def _demand(problem: Problem, when: tuple[int, ...], members: Ints) -> Demand:
    """One more of the members must be unknown, of those that can be."""
    among = tuple(
        one for one in members.tolist() if len(rows := problem.printers(one)) and not problem.fixed[rows].any()
    )
    return Demand(when, among)
