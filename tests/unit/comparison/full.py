"""As much to compare with as there can be: an invented cache of every indicator, and eight municipalities' files.

Nobody's values: each is made of the indicator's, the place's and the year's own digits. Titles are as long as Kolada's.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from pipeline.comparison import exchange, kolada, pairs
from pipeline.comparison.codes import COUNTIES, NATION
from pipeline.comparison.places import EXCHANGE, KOLADA, below
from pipeline.config import Reading
from pipeline.metrics import catalogue
from pipeline.model.comparison import Source
from tests.unit.comparison.stub import Json, group, kpi, number_of, value

OWN, NAME = "0197", "Exempelköping"
FILES = tuple(f"{county}98" for county in list(COUNTIES)[:8])
DAY = date(2026, 11, 3)
_YEARS = range(2021, 2027)
_A_COUNTY = 13  # municipalities
_NEIGHBOURS = tuple(f"01{number}" for number in range(80, 87))
_DAYS = ("U33", "U35", "U3140", "U284")  # what the indicators of time begin with
_LONG = "nyckeltal med så långt namn som de brukar ha, med grupp, ålder och plats, från år till år"


def keep(history: Path) -> None:
    """A cache below a history's folder: all indicators that anything is compared with, of all municipalities."""
    found = [one.indicator_id for one in pairs.load().of(Source.KOLADA)]
    kolada.keep(below(history, KOLADA), kolada.parse(_records(found)), DAY)


def import_files(history: Path, own: Path, folder: Path) -> None:
    """Eight municipalities' files, written in a folder and imported."""
    metrics, limits = catalogue.read(), Reading()
    for code in FILES:
        file = folder / f"{code}.csv"
        file.write_text(exchanged(own, code), encoding="utf-8")
        exchange.keep(below(history, EXCHANGE), exchange.check(file, OWN, metrics, limits), DAY)


def exchanged(own: Path, code: str) -> str:
    """Another municipality's file: the committee's figures of a public one, under its code."""
    rows = list(csv.DictReader(io.StringIO(own.read_text(encoding="utf-8-sig"))))
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, rows[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows({**row, "municipality": code} for row in rows if row["level"] == "1")
    return written.getvalue()


def _records(indicators: list[str]) -> Iterator[Json]:
    places = [OWN, *_NEIGHBOURS, *(f"{county}{number:02}" for county in COUNTIES for number in range(_A_COUNTY))]
    names = {code: NAME if code == OWN else f"Påhittade kommun {code}" for code in dict.fromkeys(places)}
    yield {"id": NATION, "title": "Riket", "type": "L"}
    yield from ({"id": code, "title": name, "type": "K"} for code, name in names.items())
    alike = {code: names[code] for code in _NEIGHBOURS}
    groups = {"G90001": f"Liknande kommuner IFO, {NAME}, 2024", "G90002": f"Liknande kommuner LSS, {NAME}, 2024",
              "G90003": f"Liknande kommuner äldreomsorg, {NAME}, 2024",
              "G92793": "Pendlingskommun nära storstad (ovägt medel)"}  # fmt: skip
    yield from (group(group_id, title, {**alike, OWN: NAME} if group_id == "G92793" else alike)
                for group_id, title in groups.items())  # fmt: skip
    for indicator in indicators:
        unit = "antal dagar" if indicator.startswith(_DAYS) else "andel (%)"
        yield kpi(indicator, f"Påhittat {_LONG}, {unit}", None if unit != "andel (%)" else "2026")
        for year in _YEARS:
            for place in (NATION, *groups, *names):
                yield _all_three(indicator, place, year)


def _all_three(indicator: str, place: str, year: int) -> Json:
    number = number_of(indicator, place, year)
    record = value(indicator, place, year, number)
    record["values"] += [{**record["values"][0], "gender": gender, "value": number} for gender in "KM"]
    return record
