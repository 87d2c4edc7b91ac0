"""What is asked of the API, in what order, and how its answers come together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.comparison.codes import NATION
from pipeline.comparison.kolada.records import Content, parse

A_PART = 25  # ids at most in a part of a path


@dataclass(frozen=True)
class Asked:
    """What was asked for and came. `unknown`: indicators that Kolada has none of."""

    content: Content
    kpis: tuple[str, ...]
    years: tuple[int, ...]
    unknown: tuple[str, ...]


def ask(
    asker: Callable[[str], list[Any]],
    kpis: Sequence[str],
    years: Sequence[int],
    groups_of: Callable[[Content], Iterable[str]],
    notify: Callable[[str], None] = lambda _: None,
) -> Asked:
    """Everything about indicators and years: the nation, every municipality, and groups.

    `asker` gives all records at a path. `groups_of` is given what is known of municipalities and groups, and answers
    with the ids of the groups to ask for; it may stop the whole by raising. Raises that, what the asker raises, and
    NotKolada.
    """
    notify("Hämtar kommuner och grupper från Kolada")
    rows = [*asker("municipality"), *asker("municipality_groups")]
    known = parse(rows)
    for part in _parts(kpis):
        rows += asker(f"kpi/{part}")
    places = [NATION, *groups_of(known), *(one.place_id for one in known.places.values() if one.kind == "K")]
    named = list(parse(rows).kpis)
    wanted = [one for one in kpis if one in set(named)]
    paths = list(_data_paths(wanted, places, years))
    for number, path in enumerate(paths, start=1):
        notify(f"Hämtar värden från Kolada ({number} av {len(paths)})")
        rows += asker(path)
    unknown = tuple(one for one in kpis if one not in set(named))
    return Asked(parse(rows), tuple(wanted), tuple(years), unknown)


def _data_paths(kpis: Sequence[str], places: Sequence[str], years: Sequence[int]) -> Iterator[str]:
    asked_years = ",".join(map(str, years))
    for kpi_part in _parts(kpis):
        for place_part in _parts(places):
            yield f"data/kpi/{kpi_part}/municipality/{place_part}/year/{asked_years}"


def _parts(ids: Sequence[str]) -> Iterator[str]:
    """Ids as parts of paths, so many at a time; each id once."""
    once = list(dict.fromkeys(ids))
    for start in range(0, len(once), A_PART):
        yield ",".join(once[start : start + A_PART])
