"""What is kept of Kolada: CSV files in `comparisons/kolada/`, with their hashes.

- `kpis.csv` kpi, title, description, publ_period
- `places.csv` place, title, kind (K municipality, L nation and regions)
- `groups.csv` group, title, members (codes, a space between)
- `values.csv.gz` kpi, place, year, gender, value, missing
- `fetched.csv` kpi, fetched: the day that its values were fetched or, from files saved by hand, saved
- `SHA256SUMS` the files' hashes

New tables are written aside and take the old ones' place by rename. What is fetched again replaces what was kept of the
same indicators and years; other years stay, since Kolada may drop them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pipeline import plain_files
from pipeline.comparison import keeping
from pipeline.comparison.kolada.records import Content, Group, Kpi, Place, Value, ValueKey
from pipeline.errors import WrongUse
from pipeline.model.comparison import Missing
from pipeline.plain_files import UNREADABLE, Damaged, Row

_KPIS, _PLACES, _GROUPS, _VALUES, _FETCHED = "kpis.csv", "places.csv", "groups.csv", "values.csv.gz", "fetched.csv"
_HEADINGS = {
    _KPIS: ("kpi", "title", "description", "publ_period"),
    _PLACES: ("place", "title", "kind"),
    _GROUPS: ("group", "title", "members"),
    _VALUES: ("kpi", "place", "year", "gender", "value", "missing"),
    _FETCHED: ("kpi", "fetched"),
}


# Indicators and years.
Replaced = tuple[Collection[str], Collection[int]]


@dataclass(frozen=True)
class Kept:
    """All that is kept; `fetched` says for each indicator when its values were."""

    content: Content = field(default_factory=lambda: Content({}, {}, {}, {}))
    fetched: Mapping[str, date] = field(default_factory=dict)


def stored(folder: Path) -> Kept:
    """What is kept in a folder; nothing where there is none. Raises WrongUse when a file in it is damaged."""
    if not folder.exists():
        return Kept()
    try:
        noted = plain_files.sums(folder)
        tables = {
            name: plain_files.rows(name, plain_files.checked(folder, name, noted), headings)
            for name, headings in _HEADINGS.items()
        }
        return _kept(tables)
    except UNREADABLE as fault:
        raise WrongUse(
            f"Det som hämtats från Kolada, i {folder}, kan inte läsas{plain_files.told(fault)}. Ta bort mappen och"
            " hämta igen: python -m pipeline compare fetch"
        ) from None


def keep(folder: Path, new: Content, fetched: date, replaces: Replaced = ((), ())) -> Kept:
    """Lay new records over what is kept, and return the whole.

    Values of the indicators and years that `replaces` names are taken away first. Where an indicator's values were
    fetched later than these, only those that it lacks are added. Raises WrongUse when what is kept is damaged or cannot
    be written.
    """
    old = stored(folder)
    whole = _laid_over(old, new, fetched, replaces)
    _write(folder, whole)
    return whole


def _laid_over(old: Kept, new: Content, fetched: date, replaces: Replaced) -> Kept:
    kpis, years = frozenset(replaces[0]), frozenset(replaces[1])
    values: dict[ValueKey, Value] = {
        key: value for key, value in old.content.values.items() if key[0] not in kpis or key[2] not in years
    }
    is_later = {kpi for kpi, day in old.fetched.items() if day > fetched}
    for key, value in new.values.items():
        if key[0] in is_later:
            values.setdefault(key, value)
        else:
            values[key] = value
    days = dict.fromkeys((*kpis, *(key[0] for key in new.values)), fetched)
    return Kept(
        Content(
            {**old.content.kpis, **new.kpis},
            {**old.content.places, **new.places},
            {**old.content.groups, **new.groups},
            values,
        ),
        {**old.fetched, **{kpi: max(day, old.fetched.get(kpi, day)) for kpi, day in days.items()}},
    )


def _write(folder: Path, kept: Kept) -> None:
    contents = {name: plain_files.text(_HEADINGS[name], rows) for name, rows in _tables(kept).items()}
    contents[_VALUES] = plain_files.packed(contents[_VALUES])
    keeping.put(folder, contents, "Det som hämtats från Kolada")


def _tables(kept: Kept) -> dict[str, list[tuple[object, ...]]]:
    content = kept.content
    return {
        _KPIS: [(k.kpi_id, k.title, k.description, k.publ_period) for _, k in sorted(content.kpis.items())],
        _PLACES: [(p.place_id, p.title, p.kind) for _, p in sorted(content.places.items())],
        _GROUPS: [(g.group_id, g.title, " ".join(g.members)) for _, g in sorted(content.groups.items())],
        _VALUES: [(*key, "" if v is None else repr(v), missing or "") for key, (v, missing) in
                  sorted(content.values.items())],
        _FETCHED: sorted(kept.fetched.items()),
    }  # fmt: skip


def _kept(tables: Mapping[str, Sequence[Row]]) -> Kept:
    content = Content(
        {row["kpi"]: Kpi(row["kpi"], row["title"], row["description"], row["publ_period"]) for row in tables[_KPIS]},
        {row["place"]: Place(row["place"], row["title"], row["kind"]) for row in tables[_PLACES]},
        {row["group"]: Group(row["group"], row["title"], tuple(row["members"].split())) for row in tables[_GROUPS]},
        dict(map(_value, tables[_VALUES])),
    )
    return Kept(content, {row["kpi"]: date.fromisoformat(row["fetched"]) for row in tables[_FETCHED]})


def _value(row: Row) -> tuple[ValueKey, Value]:
    if bool(row["value"]) == bool(row["missing"]):
        raise Damaged(f"{_VALUES} har en rad med varken värde eller skäl")
    value = float(row["value"]) if row["value"] else None
    return (row["kpi"], row["place"], int(row["year"]), row["gender"]), (
        value,
        Missing(row["missing"]) if row["missing"] else None,
    )
