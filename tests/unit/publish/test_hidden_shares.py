"""How much of the report is hidden, as the method section tells it."""

from __future__ import annotations

from dataclasses import replace

from pipeline.model import Figure
from pipeline.publish.forms import NBSP
from pipeline.publish.hidden_shares import Hidden, hidden_shares
from tests.unit.builders import config, figures, key, share


def _hidden(figure: Figure) -> Figure:
    return Figure(figure.key, figure.as_of, suppressed=True)


# Besides what is said here, the builder's anchor: a share of the committee's, shown.
def test_hidden_figures_are_counted_by_breakdown_and_level() -> None:
    area = key(category="Barn och unga")
    found = hidden_shares(
        figures(
            share(key(), 5, 10),
            _hidden(share(area, 1, 2)),
            share(replace(area, category="Vuxna"), 4, 8),
            _hidden(share(key(level=2, org="P"), 1, 2)),
            share(key(level=3, org="A"), 1, 7),
        ),
        config(),
    )
    rows = dict(found.rows)
    assert found.headings[0] == "Nämnden"
    assert rows["Utan uppdelning"] == (Hidden(0, 2), Hidden(1, 1), Hidden(0, 1), Hidden(1, 4))
    assert rows["Verksamhetsområde"] == (Hidden(1, 2), Hidden(0, 0), Hidden(0, 0), Hidden(1, 2))
    assert rows["Alla siffror"][-1] == Hidden(2, 6)


def test_what_was_not_measured_is_not_counted() -> None:
    missing = replace(share(key(), 5, 10), numerator=None, denominator=None, value=None)
    assert dict(hidden_shares(figures(missing), config()).rows)["Alla siffror"][-1] == Hidden(0, 1)


def test_a_share_is_told_with_its_numbers() -> None:
    assert Hidden(12, 400).text == f"3{NBSP}% (12 av 400)"
    assert Hidden(0, 0).text == "–"
