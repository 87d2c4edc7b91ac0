"""The law as data: which provision is cited for an event, and what is said of a faulty file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline.errors import WrongUse
from pipeline.metrics import citations

RULES = citations.read()
LAW = """\
[[rule]]
id = "one"
about = "Något ska göras."

[[rule.cited]]
text = "1 kap. 1 § lagen"
valid_to = 2025-06-30
source = "läst i författningen"
verified = true
"""


def read(folder: Path, text: str) -> None:
    file = folder / "law.toml"
    file.write_text(text, encoding="utf-8")
    citations.read(file)


@pytest.mark.parametrize("rule", [rule for rule in RULES.values() if len(rule.cited) > 1], ids=lambda r: r.rule_id)
def test_the_old_act_holds_to_the_last_of_june_and_the_new_from_the_first_of_july(rule: citations.Rule) -> None:
    last, first = ({one.text for one in rule.on(day)} for day in (date(2025, 6, 30), date(2025, 7, 1)))

    assert not any("2025:4" in text for text in last)
    assert not any("2001:453" in text for text in first)
    assert last != first


def test_a_decision_is_cited_under_its_own_act() -> None:
    rule, day = RULES["unexecuted_decision"], date(2026, 1, 1)

    assert [one.text[:9] for one in rule.on(day, "LSS")] == ["28 f–h §§"]
    assert [one.text[:9] for one in rule.on(day, "SoL")] == ["34 kap. 1"]
    assert len(rule.on(day)) == 2


def test_a_provision_that_was_not_read_in_the_statute_says_where_it_is_from() -> None:
    for rule in RULES.values():
        assert rule.about.endswith(".")
        for cited in rule.cited:
            assert cited.source
            assert cited.verified == ("inte kontrollerad" not in cited.source)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('source = "läst i författningen"\n', "", "source: saknas och måste anges"),
        ("valid_to = 2025-06-30", "valid_from = 2025-07-01\nvalid_to = 2025-06-30", "gäller från 2025-07-01"),
        ('text = "1 kap. 1 § lagen"', "text = 1", "text: är 1"),
        ("valid_to = 2025-06-30", 'act = "LVU"', "act: "),
        (LAW, LAW + LAW, "id står på flera regler: one"),
        ("verified = true", "verified = ", "law.toml"),
    ],
)
def test_a_fault_names_the_place_and_the_cure(tmp_path: Path, old: str, new: str, told: str) -> None:
    with pytest.raises(WrongUse) as fault:
        read(tmp_path, LAW.replace(old, new))

    assert told in str(fault.value)
