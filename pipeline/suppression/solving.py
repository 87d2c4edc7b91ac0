"""Linear programmes by HiGHS, tried another way where it gives up on one."""

from __future__ import annotations

from typing import Any

from scipy.optimize import OptimizeResult, linprog

from pipeline.suppression.problem import Floats

_SOLVED, _UNBOUNDED = 0, 3
_WAYS: tuple[dict[str, Any], ...] = (
    {"method": "highs"},
    {"method": "highs", "options": {"presolve": False}},
    {"method": "highs-ipm"},
)


def least(cost: Floats, **constraints: Any) -> OptimizeResult:
    """The answer of least cost; that of an unbounded programme has no `x`. Constraints as scipy's `linprog` takes them.

    Raises ArithmeticError when no way leads to an answer.
    """
    for way in _WAYS:
        answer = linprog(cost, **constraints, **way)
        if answer.status in (_SOLVED, _UNBOUNDED):
            return answer
    raise ArithmeticError(f"the programme has no answer: {answer.message}")
