"""Warnings of the management system's extracts, each said once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pipeline.model import Warned

_MOST_EXAMPLES = 5


def merged(warnings: Iterable[Warned]) -> tuple[Warned, ...]:
    """The same sentence once, with how often it was said and a few of the places."""
    found: dict[tuple[str, str], Warned] = {}
    for one in warnings:
        before = found.get((one.rule, one.text))
        if before is None:
            found[one.rule, one.text] = one
        else:
            places = tuple(dict.fromkeys((*before.examples, *one.examples)))[:_MOST_EXAMPLES]
            found[one.rule, one.text] = replace(before, count=before.count + one.count, examples=places)
    return tuple(found.values())
