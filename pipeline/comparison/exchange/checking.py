"""Another municipality's file, held to the format before anything of it is taken in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.comparison.exchange import rules, text
from pipeline.comparison.exchange.rules import Cells, Frame
from pipeline.comparison.exchange.text import is_one
from pipeline.config import Reading as Limits
from pipeline.errors import WrongUse
from pipeline.model import Level, Metric, Statistic
from pipeline.model.exchange import COLUMNS, KEY_COLUMNS
from pipeline.periods import Period
from pipeline.sources.faults import printable

__all__ = ["Checked", "check", "is_one"]

_SMALL_GROUP = 5
_SHOWN = 5
_ASK = "Be kommunen om en rättad fil."
_DEMO = "DEMODATA"
# What a metric's rows may be of besides its own statistics.
_BESIDE = {Statistic.PERSONS, Statistic.LONGEST_WAIT, Statistic.SPECIAL_REASONS}
_TOTAL = str(int(Level.COMMITTEE))


@dataclass(frozen=True)
class Checked:
    """A file that is in order: whose it is, and its committee's own rows as they stand there.

    `notes`: Swedish sentences on what the analyst should know of it.
    """

    file: str
    sha256: str
    municipality: str
    period: Period
    committee: str
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


def check(path: Path, own_code: str, metrics: Mapping[str, Metric], limits: Limits) -> Checked:
    """Read a file and hold it to the format. Raises WrongUse with the first fault: file, row, heading, cure.

    What this program's version has no metric for is no fault: it is kept, and told.
    """
    file = printable(path.name)
    if _DEMO.casefold() in file.casefold():
        raise WrongUse(f"Filen {file} är en påhittad kommuns (DEMODATA) och jämförs inte med riktiga siffror.")
    data = text.content(path, limits)
    seen = _Seen(file, own_code, metrics)
    for number, cells in text.rows(data, file, limits):
        seen.take(number, dict(zip(COLUMNS, cells, strict=True)))
    return seen.checked(hashlib.sha256(data).hexdigest())


@dataclass
class _Seen:
    """What the rows of a file have said so far."""

    file: str
    own_code: str
    metrics: Mapping[str, Metric]
    frame: Frame | None = None
    committee: str = ""
    keys: dict[tuple[str, ...], int] = field(default_factory=dict)
    own: list[tuple[str, ...]] = field(default_factory=list)
    hidden: int = 0
    first_small: int = 0
    unknown: dict[str, set[str]] = field(default_factory=dict)

    def take(self, number: int, cells: Cells) -> None:
        if self.frame is None:
            self.frame = self._framed(number, cells)
        fault = rules.wrong(cells, self.frame)
        if fault is not None:
            raise self._fault(number, *fault)
        self._demand_new(number, cells)
        self._note(number, cells)
        if cells["level"] == _TOTAL:
            self.committee = self.committee or cells["org"]
            if cells["org"] != self.committee:
                raise self._fault(number, "org", f"på nivå {_TOTAL} står en enda nämnd, men här finns en till")
            self.own.append(tuple(cells.values()))

    def checked(self, sha256: str) -> Checked:
        if self.frame is None:
            raise WrongUse(f"Filen {self.file} har rubriker men inga rader. Be kommunen om filen på nytt.")
        if not self.own:
            raise WrongUse(
                f"Filen {self.file} har ingen rad på nivå {_TOTAL}, nämndens egna siffror, så det finns inget att"
                f" jämföra med. {_ASK}"
            )
        if self.first_small and not self.hidden:
            raise WrongUse(
                f"Filen {self.file}, rad {self.first_small}: siffran gäller färre än {_SMALL_GROUP}, och ingen rad i"
                " filen är skyddad. Det ser ut som kommunens interna resultat.csv. Be om filen i mappen committee, och"
                " ta bort den här."
            )
        frame = self.frame
        return Checked(self.file, sha256, frame.municipality, frame.period, self.committee, tuple(self.own),
                       tuple(self._notes()))  # fmt: skip

    def _framed(self, number: int, cells: Cells) -> Frame:
        try:
            frame = Frame.of(cells)
        except ValueError as fault:
            raise self._fault(number, *fault.args) from None
        if frame.municipality == self.own_code:
            raise WrongUse(
                f"Filen {self.file} är er egen (kommunkod {self.own_code}): egna siffror kommer ur egna utdrag och"
                " importeras inte. Kontrollera [municipality] i config.toml om den är någon annans."
            )
        return frame

    def _demand_new(self, number: int, cells: Cells) -> None:
        key = tuple(cells[heading] for heading in KEY_COLUMNS)
        earlier = self.keys.setdefault(key, number)
        if earlier != number:
            raise self._fault(number, "category", f"raden gäller samma siffra som rad {earlier}")

    def _note(self, number: int, cells: Cells) -> None:
        if cells["suppressed"] == "true":
            self.hidden += 1
        elif _is_of_few(cells) and not self.first_small:
            self.first_small = number
        for what, name in _unknown(cells, self.metrics.get(cells["metric"])):
            self.unknown.setdefault(what, set()).add(name)

    def _notes(self) -> Iterator[str]:
        for what, names in self.unknown.items():
            yield f"Jämförs inte, för den här versionen av programmet känner inte till {what}: {_listed(names)}."

    def _fault(self, number: int, heading: str, what: str) -> WrongUse:
        return WrongUse(f"Filen {self.file}, rad {number}, rubriken {heading}: {what}. {_ASK}")


def _is_of_few(cells: Cells) -> bool:
    """Of a group so small that a protected file would seldom show it."""
    if cells["level"] == _TOTAL and not cells["breakdown"]:
        return False
    rows = rules.number(cells["denominator"])
    return rows is not None and 0 < rows < _SMALL_GROUP


def _unknown(cells: Cells, metric: Metric | None) -> Iterator[tuple[str, str]]:
    if metric is None:
        yield "måtten", cells["metric"]
        return
    if cells["statistic"] not in {*metric.statistics, *_BESIDE}:
        yield "de statistiska måtten", f"{cells['metric']}/{cells['statistic']}"
    if cells["breakdown"] and cells["breakdown"] not in metric.breakdowns:
        yield "uppdelningarna", f"{cells['metric']}/{rules.shown(cells['breakdown'])}"


def _listed(names: Iterable[str]) -> str:
    several = sorted(names)
    more = f" och {len(several) - _SHOWN} till" if len(several) > _SHOWN else ""
    return ", ".join(several[:_SHOWN]) + more
