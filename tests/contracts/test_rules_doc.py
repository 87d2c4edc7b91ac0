"""docs/rules.md lists every rule that config.toml may speak of, as the code has them and as readers know them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.loading.noticing import notices
from pipeline.loading.severities import rules_of
from pipeline.model import EXTRACT_NAMES
from pipeline.publish import advice
from pipeline.schemas import EXTRACTS
from pipeline.schemas.extract import Column
from pipeline.schemas.rules import Rule
from pipeline.sources import profiles

DOC = (Path(__file__).resolve().parents[2] / "docs" / "rules.md").read_text(encoding="utf-8")
RULES = {name: rule for extract in EXTRACTS.values() for name, rule in rules_of(extract).items()}
KEY = {"conflict": "Nyckeln"}
OF_A_WHOLE = "Gäller en hel fil, kolumn eller leverans."


def row(rule: Rule) -> str:
    """A rule's row of the table: name, what readers see it called, what it means, where, what holds, may be made."""
    extracts = [name for name in EXTRACTS if rule.name in rules_of(EXTRACTS[name])]
    where = "alla" if len(extracts) == len(EXTRACTS) else ", ".join(f"`{name}`" for name in extracts)
    told = advice.of(rule.name)
    may_be = ", ".join(f"`{one}`" for one in rule.allowed)
    return (
        f"| `{rule.name}` | {told.title} | {says(rule)} | {told.cure} | {where} | `{rule.severity}` | {may_be} |"
    ).replace("\n", " ")


def says(rule: Rule) -> str:
    """A breach in a sentence without any row's own words; with the columns' headings where the rule is of those."""
    if not rule.reason:
        return OF_A_WHOLE
    if rule.name == "out_of_range":
        return "; ".join(bounds()) + "."
    heading, other = compared(rule.name)
    named = heading or KEY.get(rule.name, "Värdet")
    return rule.told_of_many.format(
        heading=named, other_heading=other, limit="morgondagen", allowed="de i datakontraktet"
    )


def compared(rule: str) -> tuple[str, str]:
    """The headings of a rule's own column and of the one it is held against, where it is a rule of columns."""
    for extract in EXTRACTS.values():
        words = profiles.load().wording(extract.name, extract.names, extract.required)
        every = {name: frozenset(one.names) for name, one in EXTRACTS.items()}
        found = {order.rule.name: (order.column, order.bound) for order in extract.orders}
        found |= {notice.rule.name: (notice.column, notice.other) for notice in notices(extract, every)}
        if rule in found:
            column, other = found[rule]
            return words.heading(column), words.heading(other) if other else ""
    return "", ""


def bounds() -> Iterator[str]:
    """The bounds of each column that has some: `Sannolikhet (controls) ska vara 1–4`."""
    for extract in EXTRACTS.values():
        words = profiles.load().wording(extract.name, extract.names, extract.required)
        for column in extract.columns:
            if column.is_bounded:
                yield f"{words.heading(column.name)} (`{extract.name}`) ska vara {_within(column)}"


def _within(column: Column) -> str:
    if column.most is None:
        return f"{column.least} eller större"
    return f"högst {column.most}" if column.least is None else f"{column.least}–{column.most}"


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_rule_stands_there_as_it_is(rule: Rule):
    assert row(rule) in DOC


def test_no_other_rule_stands_there():
    assert sum(line.count(" | ") == 6 for line in DOC.splitlines() if line.startswith("| `")) == len(RULES)


@pytest.mark.parametrize("extract", EXTRACTS)
def test_every_extract_is_called_what_readers_call_it(extract: str):
    assert f"| `{extract}` | {EXTRACT_NAMES[extract]} |" in DOC


def test_no_placeholder_is_left():
    assert "{" not in DOC
