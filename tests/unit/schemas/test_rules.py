"""Rules that are made from numbers say them."""

import pytest

from pipeline.schemas.rules import out_of_range


@pytest.mark.parametrize(
    ("least", "most", "reason"),
    [
        (1, 4, "Nivå (9) ska vara 1–4."),
        (1, None, "Nivå (9) ska vara 1 eller större."),
        (None, 4, "Nivå (9) ska vara högst 4."),
        (0, None, "Nivå (9) ska vara 0 eller större."),
    ],
)
def test_bounds_are_told(least: int | None, most: int | None, reason: str) -> None:
    assert out_of_range(least, most).reason.format(heading="Nivå", value="9") == reason
