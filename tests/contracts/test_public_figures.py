"""What a public figure holds: what resultat.csv prints of it, and nothing that was only for the making."""

from __future__ import annotations

from dataclasses import MISSING, fields, replace

from pipeline import disclosure
from pipeline.model import Figure
from pipeline.publish import results
from tests.unit import builders
from tests.unit.builders import figures, key, mean, share

# What readers are told beside the columns: what the figure is of, and which direction its target calls better.
TOLD = {"key", "better"}


def test_no_public_figure_holds_what_is_internal() -> None:
    secret = {"exact": 12.3456, "deviation": 4.5, "protected": 3}
    items = [
        replace(mean(key(), 12.35, 50), **secret),
        replace(share(key(category="Barn och unga"), 20, 40), **secret),
        replace(share(key(category="Äldreomsorg"), 10, 20), **secret),
        replace(share(key(level=3, org="Norr"), 1, 4), **secret),
    ]
    metrics = {name: builders.metric(name) for name in ("share", "anchor")}

    public = disclosure.protect(figures(*items), metrics, builders.config())

    internal = [one for one in fields(Figure) if one.name not in {*results.COLUMNS, *TOLD}]
    assert {one.name for one in internal} == set(secret)
    for figure in public.figures.values():
        for one in internal:
            assert one.default is not MISSING
            assert getattr(figure, one.name) == one.default, (figure.key, one.name)
