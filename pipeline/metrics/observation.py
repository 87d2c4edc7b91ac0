"""What takes more than sums: the median of durations that are still running, and how alike raters judge."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pipeline.metrics.aggregation import Cell
from pipeline.statistics import agreeing_pairs, kaplan_meier_median, nominal_alpha

Parts = Iterable[tuple[Cell, Mapping[str, Any]]]


def survival(parts: Parts) -> Iterator[tuple[Cell, Mapping[str, Any]]]:
    """Each cell's `km_median` (days; None where fewer than half have ended) and `observed`, the rows of its cohort.

    `observed_protected`: how many of them are about persons with protected identity.
    """
    days: dict[Cell, list[tuple[int, int, int]]] = defaultdict(list)
    protected: Counter[Cell] = Counter()
    for cell, part in parts:
        days[cell].append((int(part["observed_days"]), int(part["ended"]), int(part["observed"])))
        protected[cell] += int(part["protected"])
    for cell, counted in days.items():
        observed = sum(rows for _, _, rows in counted)
        median = kaplan_meier_median(sorted(counted))
        yield cell, {"km_median": median, "observed": observed, "observed_protected": protected[cell]}


def agreement(parts: Parts) -> Iterator[tuple[Cell, Mapping[str, Any]]]:
    """Each cell's `alpha` (None where it has no meaning), and how many of its `pairs` of answers are `agreeing`."""
    items: dict[Cell, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for cell, part in parts:
        items[cell][part["item"]][part["answer"]] = int(part["raters"])
    for cell, answers in items.items():
        agreeing, pairs = agreeing_pairs(answers.values())
        yield cell, {"alpha": nominal_alpha(answers.values()), "agreeing": agreeing, "pairs": pairs}
