"""Deliveries on disk: a folder a period, below it a folder a committee of another municipality.

Named by the municipality's code and a mark of the committee's name, it holds

- `delivery.csv` name, content: municipality, period, committee, the day of import, the delivered file's name and hash,
  the version of the format
- `figures.csv`, packed when it is large: the committee's own rows (level 1) as they were delivered. Nothing is compared
  on other levels, so nothing of other levels is kept
- `SHA256SUMS` the files' hashes

A later delivery of the same committee and period takes the earlier one's place.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from pipeline import plain_files
from pipeline.comparison import keeping
from pipeline.comparison.exchange import rules
from pipeline.comparison.exchange.checking import Checked
from pipeline.model import Key
from pipeline.model.comparison import Delivery, Kind, Missing, Party
from pipeline.model.exchange import COLUMNS, VERSION
from pipeline.plain_files import UNREADABLE, Damaged, Row

NAME = "exchange"
LARGE = 200_000  # bytes of figures above which they are packed
_ABOUT, _FIGURES = "delivery.csv", "figures.csv"
_ABOUT_HEADINGS = ("name", "content")
_MARK_LENGTH = 8


def keep(folder: Path, checked: Checked, today: date) -> tuple[str, ...]:
    """Keep a delivery in `folder`, the exchange's own. Gives Swedish sentences on what was done; raises WrongUse."""
    place = folder / checked.period.code / f"{checked.municipality}-{_mark(checked.committee)}"
    others = [one for one in keeping.places(place.parent) if one.name.startswith(f"{checked.municipality}-")]
    is_new = place not in others
    figures = plain_files.text(COLUMNS, checked.rows)
    about = {
        "municipality": checked.municipality,
        "period": checked.period.code,
        "committee": checked.committee,
        "imported": today.isoformat(),
        "file": checked.file,
        "sha256": checked.sha256,
        "version": VERSION,
    }
    packed = len(figures) > LARGE
    contents = {
        _ABOUT: plain_files.text(_ABOUT_HEADINGS, about.items()),
        f"{_FIGURES}{plain_files.PACKED if packed else ''}": plain_files.packed(figures) if packed else figures,
    }
    keeping.put(place, contents, f"Siffrorna i {checked.file}")
    return (_told(checked, is_new), *_beside(checked, len(others) - (not is_new)), *checked.notes)


def read(
    folder: Path, period_code: str, own_code: str, names: Mapping[str, str] | None = None
) -> tuple[tuple[Delivery, ...], tuple[str, ...]]:
    """The deliveries of a period by municipality, and Swedish sentences on those that cannot be read.

    `names`: municipality code → name, where it is known. The keys' `org` is empty: committees are called differently.
    """
    found: list[tuple[Row, Delivery]] = []
    warnings = []
    for place in keeping.places(folder / period_code):
        try:
            about, delivery = _delivery(place, period_code, names or {})
        except UNREADABLE as fault:
            warnings.append(
                f"Siffrorna från kommun {place.name.partition('-')[0]} för {period_code} kan inte läsas"
                f"{plain_files.told(fault)} och är inte med. Importera kommunens fil på nytt."
            )
            continue
        if delivery.party.code != own_code:
            found.append((about, delivery))
    return tuple(_told_apart(found)), tuple(warnings)


def _told(checked: Checked, is_new: bool) -> str:
    hidden = sum(row[COLUMNS.index("suppressed")] == "true" for row in checked.rows)
    return (
        f"{checked.committee} i kommun {checked.municipality}, {checked.period.code}: {len(checked.rows)} siffror"
        f" {'sparades' if is_new else 'ersatte de tidigare'}, varav {hidden} skyddade."
    )


def _beside(checked: Checked, others: int) -> Iterable[str]:
    if others:
        yield (
            f"Kommun {checked.municipality} har sedan tidigare siffror från en annan nämnd för {checked.period.code};"
            " båda är med. Har nämnden bytt namn: ta bort den gamla mappen."
        )


def _mark(committee: str) -> str:
    return hashlib.sha256(committee.casefold().encode()).hexdigest()[:_MARK_LENGTH]


def _told_apart(found: list[tuple[Row, Delivery]]) -> Iterable[Delivery]:
    """Committees of one municipality by their own names too."""
    several = Counter(delivery.party.code for _, delivery in found)
    for about, delivery in found:
        party = delivery.party
        name = f"{party.name}, {about['committee']}" if several[party.code] > 1 else party.name
        yield Delivery(Party(party.kind, party.code, name), delivery.period, delivery.figures, delivery.imported)


# --- reading --------------------------------------------------------------------------------------------------------


def _delivery(place: Path, period_code: str, names: Mapping[str, str]) -> tuple[Row, Delivery]:
    noted = plain_files.sums(place)
    content = plain_files.checked(place, _ABOUT, noted)
    about = {row["name"]: row["content"] for row in plain_files.rows(_ABOUT, content, _ABOUT_HEADINGS)}
    code = about["municipality"]
    if about["period"] != period_code or not place.name.startswith(f"{code}-"):
        raise Damaged("mappen har fått ett annat namn")
    name = next((name for name in noted if name.startswith(_FIGURES)), _FIGURES)
    rows = plain_files.rows(name, plain_files.checked(place, name, noted), COLUMNS)
    party = Party(Kind.MUNICIPALITY, code, names.get(code, f"Kommun {code}"))
    return about, Delivery(party, period_code, dict(map(_figure, rows)), date.fromisoformat(about["imported"]))


def _figure(row: Row) -> tuple[Key, tuple[float | None, Missing | None]]:
    key = Key(row["metric"], row["statistic"], row["window"], int(row["level"]), "", row["breakdown"], row["category"])
    if row["suppressed"] == "true":
        return key, (None, Missing.HIDDEN)
    value = rules.number(row["value"])
    return key, (value, Missing.NONE if value is None else None)
