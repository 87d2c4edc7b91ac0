"""docs/rules.md lists every rule that config.toml may speak of, as the code has them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.loading.severities import rules_of
from pipeline.schemas import EXTRACTS
from pipeline.schemas.rules import Rule

DOC = (Path(__file__).resolve().parents[2] / "docs" / "rules.md").read_text(encoding="utf-8")
RULES = {name: rule for extract in EXTRACTS.values() for name, rule in rules_of(extract).items()}


def row(rule: Rule) -> str:
    """A rule's row of the table: name, where it holds, what it says, what holds, what it may be made."""
    extracts = [name for name, extract in EXTRACTS.items() if rule.name in rules_of(extract)]
    where = "all" if len(extracts) == len(EXTRACTS) else ", ".join(extracts)
    says = rule.told_of_many.replace("|", "\\|") if rule.reason else "(a file, column or delivery as a whole)"
    return f"| `{rule.name}` | {where} | {says} | {rule.severity} | {', '.join(rule.allowed)} |"


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_rule_stands_there_as_it_is(rule: Rule):
    assert row(rule) in DOC


def test_no_other_rule_stands_there():
    assert DOC.count("\n| `") == len(RULES)
