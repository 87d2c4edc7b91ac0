"""Changes that would tell a hidden one: what is left when all others of a sum have been told is the last one's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from pipeline.history.publications import Place, Placed
from pipeline.model import Level

# What sums to a whole: metric, statistic, time, level, breakdown, and the programme or unit that the parts are of.
Sum = tuple[str, str, object, int, str, str]


def untold(
    places: Iterable[Place], before: Placed, now: Placed, programmes: Mapping[str, frozenset[str]]
) -> set[Place]:
    """The places whose change must not be told, though shown both then and now: one other of their sum is hidden.

    Of two or more hidden ones the changes give only their sum. `programmes` says where each unit stands.
    """
    hidden = {place for placed in (before, now) for place, figure in placed.items() if figure.suppressed}
    alone = {
        of for of, number in Counter(of for place in hidden for of in _sums(place, programmes)).items() if number == 1
    }
    return {place for place in places if any(of in alone for of in _sums(place, programmes))}


def _sums(place: Place, programmes: Mapping[str, frozenset[str]]) -> Iterator[Sum]:
    """The sums that a figure is a part of: its breakdown, the committee's programmes or units, a programme's units."""
    of = (place.metric, place.statistic, place.time, place.level, place.breakdown)
    if place.breakdown:
        yield (*of, place.org)
    elif place.level != Level.COMMITTEE:
        yield (*of, "")
    if place.level == Level.UNIT and not place.breakdown:
        for programme in sorted(programmes.get(place.org, ())):
            yield (*of, programme)
