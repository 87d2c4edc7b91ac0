"""Whoever breaks the protection is noticed."""

from __future__ import annotations

import pytest

from tests.protection.judge import verdict
from tests.protection.mutations import MUTATIONS, SHAPES, Mutation, noticed_by
from tests.protection.organisations import world


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_it_is_noticed(mutation: Mutation) -> None:
    assert noticed_by(mutation)


@pytest.mark.parametrize("shape", SHAPES[::7], ids=str)
def test_unbroken_nothing_is_noticed(shape) -> None:
    assert verdict(world(shape), with_earlier=True).faults == []
