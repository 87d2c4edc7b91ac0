"""Readers of the public figures: some know more than others, and none of them shall find what could be kept from him.

What holds in these figures and need not in others is known to some readers alone. Who knows all of it finds the most,
and is protected from first. But what such a reader has in any case, another may not have: so nothing is given up before
it is kept from those who know less as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from itertools import cycle

import numpy as np

from pipeline.disclosure.idle import idle
from pipeline.disclosure.tables import Layout
from pipeline.errors import ProtectionFailed
from pipeline.suppression import Answers, Problem, choose, found_out
from pipeline.suppression.problem import Flags, Target

# The problem as it is to a reader: whether he knows what seems to hold `across_metrics`, and `between_windows`.
KnownBy = Callable[..., Problem]


def hidden_from_all(known_by: KnownBy, layout: Layout, answers: Answers | None) -> Flags:
    """The rows to hide, so that no reader finds any that could be kept from him.

    Raises ProtectionFailed when something hidden can be found all the same.
    """
    surely, fully = known_by(across_metrics=False, between_windows=False), known_by()
    hidden = choose(fully, idle(layout), answers=answers)
    if not _told_in_any_case(fully, hidden, layout) and not _finds_what_was_given_up(surely, fully, hidden):
        return hidden
    others = [known_by(across_metrics=one, between_windows=not one) for one in (True, False)]
    return _hidden_from_each([surely, *others, fully], hidden, layout, answers)


def _finds_what_was_given_up(surely: Problem, fully: Problem, hidden: Flags) -> bool:
    """Whether one reader finds what was not kept from the other, to whom it is told in any case."""
    small = surely.primary & ~fully.primary
    sought = [np.bincount(one.target_columns[0], minlength=len(hidden)) for one in (surely, fully)]
    given_up = _of_rows(surely, small | (sought[0] > sought[1]))
    return bool((small & ~hidden).any()) or bool(found_out(surely, hidden | small, given_up))


def _hidden_from_each(readers: Sequence[Problem], hidden: Flags, layout: Layout, answers: Answers | None) -> Flags:
    """What is hidden from the last of the readers, and as much more as hides it from the others as well.

    In turns: what protects from the one reader shall not be found by the other.
    """
    seen = [*(np.zeros(len(hidden), dtype=bool) for _ in readers[1:]), hidden]
    for turn in cycle(range(len(readers))):
        if not any((hidden & ~one).any() for one in seen):
            break
        hidden = seen[turn] = _hidden_from(readers[turn], hidden, seen[turn], layout, answers)
    return hidden


def _hidden_from(reader: Problem, hidden: Flags, seen: Flags, layout: Layout, answers: Answers | None) -> Flags:
    """The rows, and those that protect what was hidden since `seen`: what the reader did not find then is safe."""
    reader = replace(reader, primary=reader.primary | hidden, fixed=reader.fixed & ~hidden)
    found = found_out(reader, reader.primary, _of_rows(reader, reader.primary & ~seen))
    if not found:
        return reader.primary
    more = choose(reader, idle(layout), _rows(found, layout), answers)
    _told_in_any_case(reader, more, layout, {*found, *_of_rows(reader, more & ~reader.primary)})
    return more


def _told_in_any_case(
    problem: Problem, hidden: Flags, layout: Layout, among: Collection[Target] | None = None
) -> set[Target]:
    """What the attacker finds, and would find whatever was hidden; when there is more, nothing may be published."""
    found = found_out(problem, hidden, among)
    stoppable = found - found_out(problem, ~problem.fixed, found) if found else found
    if stoppable:
        metrics = Counter(layout.table[one.row].metric.title for one in stoppable)
        named = ", ".join(f"{title} ({number})" for title, number in sorted(metrics.items()))
        raise ProtectionFailed(
            f"{len(stoppable)} dolda uppgifter går att räkna ut av det som skulle visas: {named}."
            " Inget har publicerats. Det är ett fel i programmet; rapportera det, utan att skicka med några siffror."
        )
    return found


def _of_rows(problem: Problem, rows: Flags) -> list[Target]:
    return [one for one in problem.targets if rows[one.row]]


def _rows(targets: Iterable[Target], layout: Layout) -> Flags:
    found = np.zeros(len(layout), dtype=bool)
    found[[one.row for one in targets]] = True
    return found
