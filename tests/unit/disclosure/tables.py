"""Small sets of figures by hand, and which of them are hidden."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from pipeline.config import Disclosure
from pipeline.disclosure import PublicFigures, protect
from pipeline.model import Figure, Key, Metric, Statistic
from pipeline.model.revisions import PublishedFigure
from tests.unit.builders import COMMITTEE, config, count, figures, key, metric, share

ANCHOR = {"anchor": metric("anchor")}
TWO_PROGRAMMES = {"A": {"P"}, "B": {"P"}, "C": {"Q"}}
COUNTED = ANCHOR | {"share": metric(statistics=(Statistic.COUNT,))}


def protected(
    *items: Figure,
    rule: str = "default",
    programmes: Mapping[str, set[str]] | None = None,
    metrics: Mapping[str, Metric] | None = None,
    earlier: Iterable[PublishedFigure] = (),
) -> PublicFigures:
    """The figures protected; of metrics with the statistics that they have, unless `metrics` are given."""
    made = {item.key.metric: metric(item.key.metric, statistics=(Statistic(item.key.statistic),)) for item in items}
    settings = config(disclosure=Disclosure(rule=rule))  # type: ignore[arg-type]
    of = figures(*items, programmes=programmes or TWO_PROGRAMMES)
    return protect(of, ANCHOR | made if metrics is None else metrics, settings, earlier)


def hidden(*items: Figure, **more: object) -> set[str]:
    """What of the figures is hidden, each by what is special in its key: `P barn` is category barn in P."""
    public = protected(*items, **more)  # type: ignore[arg-type]
    return {name_of(where) for where, figure in public.figures.items() if figure.suppressed}


def name_of(where: Key) -> str:
    """What is special in a key; `all` when nothing is."""
    parts = (
        where.metric if where.metric != "share" else "",
        str(where.statistic) if where.statistic not in (Statistic.SHARE, Statistic.COUNT) else "",
        where.org if where.org != COMMITTEE else "",
        where.category,
        where.window if where.window != "ytd" else "",
    )
    return " ".join(filter(None, parts)) or "all"


def place(name: str) -> Key:
    """The count of a place: `all`, a category (small letters), a programme (P, Q, R), or a unit (another capital)."""
    if name.islower():
        return key(category="" if name == "all" else name, statistic=Statistic.COUNT)
    return key(level=2 if name in "PQR" else 3, org=name, statistic=Statistic.COUNT)


def counts(**numbers: int) -> list[Figure]:
    """Counts of places, see `place`."""
    return [count(place(name), number) for name, number in numbers.items()]


def shares(**numbers: tuple[int, int]) -> list[Figure]:
    """Numerator and denominator of the committee's categories, and of `all`."""
    return [share(key(category="" if name == "all" else name), *both) for name, both in numbers.items()]


def published(figure: Figure, starts: date, ends: date, publication: int = 1) -> PublishedFigure:
    """The figure as an earlier publication told it."""
    return PublishedFigure(publication, False, starts, ends, figure)
