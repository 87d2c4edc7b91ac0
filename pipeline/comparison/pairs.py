"""What is compared with what: `sql/comparisons.toml`, the one home of pairs, their differences and national indicators.

A metric's header names its national indicators (`kpis`); which of its figures stands beside each, and every difference
between the two, stands here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from pipeline import config_faults
from pipeline.config_faults import Fault
from pipeline.errors import WrongUse
from pipeline.language import later
from pipeline.model import Statistic
from pipeline.model.comparison import Pair, Source
from pipeline.places import COMPARISONS_FILE

_SOURCES = {"kolada": Source.KOLADA, "oppna_jamforelser": Source.OPPNA_JAMFORELSER}
_Text = Annotated[str, Field(pattern=r"\S")]
_Texts = Annotated[tuple[_Text, ...], Field(strict=False)]
_SourceName = Literal["kolada", "oppna_jamforelser"]
_Better = Literal["", "higher", "lower"]


@dataclass(frozen=True)
class Wanted:
    """An indicator that is compared with, and what its source does not say of it.

    `better` says which direction is better, "" where neither is. `similar` is the kind of similar municipalities to
    set beside it (Kolada's word: IFO, LSS, äldreomsorg); "" means the configuration's.
    """

    source: Source
    indicator_id: str
    better: str = ""
    similar: str = ""


@dataclass(frozen=True)
class Catalogue:
    """The whole of the file. `national`: heading → indicators of no metric of ours, in the order to be shown."""

    wanted: tuple[Wanted, ...]
    pairs: tuple[Pair, ...]
    national: tuple[tuple[str, tuple[Wanted, ...]], ...]

    def of(self, source: Source) -> tuple[Wanted, ...]:
        """Everything that is wanted of a source, each once."""
        return tuple(one for one in self.wanted if one.source == source)


def workbook_indicator_id(area: str, indicator: str) -> str:
    """The id of an indicator of Öppna jämförelser, which has none of its own: its workbook's area and its heading."""
    return f"{area}: {indicator}"


@cache
def load(file: Path = COMPARISONS_FILE) -> Catalogue:
    """Read the file. Raises WrongUse with a line for each fault in it."""
    text = config_faults.read(file)
    try:
        document = _Document.model_validate(config_faults.parse(text, file))
    except ValidationError as error:
        raise WrongUse(config_faults.told(config_faults.of(error, _Document), text, file)) from None
    faults = tuple(_said_twice(document))
    if faults:
        raise WrongUse(config_faults.told(faults, text, file))
    national = tuple((later(one.heading), tuple(one.wanted())) for one in document.national)
    every = [*(one.wanted() for one in document.pair), *(one for _, under in national for one in under)]
    return Catalogue(
        wanted=tuple({(one.source, one.indicator_id): one for one in every}.values()),
        pairs=tuple(_pair(one, document) for one in document.pair),
        national=national,
    )


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class _Pair(_Table):
    metric: _Text
    source: _SourceName = "kolada"
    indicator: _Text
    area: str = ""
    statistic: Literal["share", "count", "mean", "median", "p90", "km_median"]
    breakdown: str = ""
    category: str = ""
    better: _Better
    similar: str = ""
    differences: _Texts = ()
    refused: str = ""

    @model_validator(mode="after")
    def _is_whole(self) -> _Pair:
        if (self.source == "oppna_jamforelser") != bool(self.area):
            raise ValueError("area anges för Öppna jämförelser, och bara där")
        if bool(self.breakdown) != bool(self.category):
            raise ValueError("breakdown och category anges tillsammans")
        if not self.differences and not self.refused:
            raise ValueError("differences saknas: säg vad som skiljer, eller varför paret inte får jämföras (refused)")
        return self

    def wanted(self) -> Wanted:
        return Wanted(_SOURCES[self.source], _indicator_id(self.source, self.area, self.indicator), self.better,
                      self.similar)  # fmt: skip


class _National(_Table):
    heading: _Text
    source: _SourceName = "kolada"
    area: str = ""
    indicators: _Texts
    better: _Better
    similar: str = ""

    def wanted(self) -> Iterator[Wanted]:
        for indicator in self.indicators:
            yield Wanted(_SOURCES[self.source], _indicator_id(self.source, self.area, indicator), self.better,
                         self.similar)  # fmt: skip


class _Document(_Table):
    always: dict[_SourceName, _Texts] = {}
    pair: Annotated[tuple[_Pair, ...], Field(strict=False)] = ()
    national: Annotated[tuple[_National, ...], Field(strict=False)] = ()


def _indicator_id(source: str, area: str, indicator: str) -> str:
    return indicator if source == "kolada" else workbook_indicator_id(area, indicator)


def _pair(one: _Pair, document: _Document) -> Pair:
    wanted = one.wanted()
    return Pair(
        metric=one.metric,
        source=wanted.source,
        indicator_id=wanted.indicator_id,
        statistic=Statistic(one.statistic),
        breakdown=one.breakdown,
        category=one.category,
        differences=tuple(
            map(later, (*one.differences, *(() if one.refused else document.always.get(one.source, ()))))
        ),
        refused=later(one.refused),
    )


def _said_twice(document: _Document) -> Iterator[Fault]:
    """The same pair twice, or an indicator that two places say different things of."""
    pairs, said = set[tuple[str, str, str]](), dict[tuple[Source, str], Wanted]()
    for index, pair in enumerate(document.pair):
        wanted = pair.wanted()
        if (pair.metric, pair.source, wanted.indicator_id) in pairs:
            yield Fault(("pair", index), f"paret {pair.metric} och {wanted.indicator_id} står två gånger")
        pairs.add((pair.metric, pair.source, wanted.indicator_id))
        yield from _contradiction(wanted, said, ("pair", index))
    for index, national in enumerate(document.national):
        for wanted in national.wanted():
            if (wanted.source, wanted.indicator_id) in said:
                yield Fault(("national", index), f"{wanted.indicator_id} står redan på en annan plats")
            yield from _contradiction(wanted, said, ("national", index))


def _contradiction(
    wanted: Wanted, said: dict[tuple[Source, str], Wanted], path: tuple[str | int, ...]
) -> Iterable[Fault]:
    if said.setdefault((wanted.source, wanted.indicator_id), wanted) != wanted:
        yield Fault(path, f"{wanted.indicator_id} har ett annat better eller similar än på en tidigare plats")
