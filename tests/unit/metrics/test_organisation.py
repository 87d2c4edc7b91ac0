"""Programmes and units come in one order, whatever the engine or a set gives them in."""

from __future__ import annotations

from pipeline.metrics.organisation import Organisation

NAMES = [f"Enhet {number}" for number in range(40)]


def test_units_come_in_order_those_of_the_register_and_those_seen() -> None:
    registered = {unit: frozenset({"Vuxna"}) for unit in reversed(NAMES[::2])}
    organisation = Organisation("Nämnden", frozenset({"Vuxna"}), registered)
    found = organisation.with_seen(("tertial", 3, unit, "", "") for unit in NAMES)
    assert list(found.programmes_of_unit) == sorted(NAMES)
    assert found.programmes_of_unit[NAMES[0]] == {"Vuxna"}
    assert found.programmes_of_unit[NAMES[1]] == frozenset()
