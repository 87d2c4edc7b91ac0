"""Linear programmes by HiGHS, tried another way where it gives up on one."""

from __future__ import annotations

from typing import Any

from scipy.optimize import OptimizeResult, linprog

from pipeline.suppression.problem import Floats

_SOLVED, _UNBOUNDED = 0, 3
_PRESOLVED: dict[str, Any] = {"method": "highs"}
_AS_IT_STANDS: dict[str, Any] = {"method": "highs", "options": {"presolve": False}}
_BY_INTERIOR_POINTS: dict[str, Any] = {"method": "highs-ipm"}


def least(cost: Floats, *, as_it_stands: bool = False, **constraints: Any) -> OptimizeResult:
    """The answer of least cost; that of an unbounded programme has no `x`. Constraints as scipy's `linprog` takes them.

    `as_it_stands` leaves out the solver's simplifying, which takes longer than it saves where few numbers are not 0.
    Raises ArithmeticError when no way leads to an answer.
    """
    first, second = (_AS_IT_STANDS, _PRESOLVED) if as_it_stands else (_PRESOLVED, _AS_IT_STANDS)
    for way in (first, second, _BY_INTERIOR_POINTS):
        answer = linprog(cost, **constraints, **way)
        if answer.status in (_SOLVED, _UNBOUNDED):
            return answer
    raise ArithmeticError(f"the programme has no answer: {answer.message}")
