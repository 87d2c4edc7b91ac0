"""Which cells of linked tables to hide so that none that is small can be found by reckoning; nothing but numbers.

A `Problem` says what is printed where, which sums hold and which rows are too small to show. `choose` hides as few
and as unimportant rows besides as it takes (small integer programmes), `recovered` is the attacker who must find none
of them (linear programmes), and `found_out` the same in short. Method: Fischetti and Salazar, "Models and algorithms
for optimizing cell suppression in tabular data with linear constraints", JASA 95 (2000), for exact disclosure.
"""

from pipeline.suppression.answers import Answers
from pipeline.suppression.attack import Found, found_out, recovered
from pipeline.suppression.choosing import choose
from pipeline.suppression.problem import Problem, Target

__all__ = ["Answers", "Found", "Problem", "Target", "choose", "found_out", "recovered"]
