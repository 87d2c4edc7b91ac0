"""Required columns that no heading was taken for, and what may stand in for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from pipeline.inspection import masking
from pipeline.inspection.cells import MOSTLY
from pipeline.inspection.matching import POSSIBLE, HeadingCells, Match, candidates
from pipeline.inspection.vocabulary import Vocabulary
from pipeline.privacy import MASK
from pipeline.schemas.extract import Column, Extract, Kind, Secrecy

_MOST_NEAR = 3


@dataclass(frozen=True)
class Gap:
    """A required column that is lacking.

    `near`: headings that resemble it, with confidence. `unused`: for a day, headings of days that no column is read of.
    `joined`: columns whose cells together are different in every row of the sample, for an id; `joinable`: the person
    and an unused heading that are so too, which may be by chance. `constant`: whether one text may do for all rows;
    `codes`: then one of these.
    """

    column: Column
    heading: str
    near: Sequence[tuple[str, float]]
    unused: Sequence[str]
    joined: tuple[str, ...]
    joinable: Sequence[tuple[str, str]]
    constant: bool
    codes: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        """Whether nothing is proposed that fills the gap without anybody's help."""
        return not self.joined


def find(
    extract: Extract,
    matches: Sequence[Match],
    headings: Sequence[HeadingCells],
    rows: Sequence[Sequence[str]],
    vocabulary: Vocabulary,
) -> list[Gap]:
    """The extract's gaps. `rows`: the cells of the sampled rows below the headings."""
    sure = [one for one in matches if one.is_sure]
    has, places = {one.column.name for one in sure}, {one.place for one in sure}
    unused = [
        heading for heading in headings if heading.place not in places and masking.heading(heading.heading) != MASK
    ]

    def gap(column: Column) -> Gap:
        is_id = column.name == extract.key[0] and column.name.endswith("_id")
        joined = _joined(sure, rows) if is_id else ()
        return Gap(
            column=column,
            heading=vocabulary.heading(extract.name, column.name),
            near=_near(extract, column.name, headings, vocabulary),
            unused=[one.heading for one in unused if column.kind is Kind.DATE and one.cells.loose_days >= MOSTLY],
            joined=joined,
            joinable=_joinable(sure, unused, rows) if is_id and not joined else [],
            constant=_may_be_constant(column),
            codes=column.texts,
        )

    return [gap(extract[name]) for name in extract.required if name not in has]


def _near(
    extract: Extract, name: str, headings: Sequence[HeadingCells], vocabulary: Vocabulary
) -> list[tuple[str, float]]:
    """The headings most like the column, also those that another column has been given."""
    found = (one for heading in headings for one in candidates(extract, heading, vocabulary))
    near = [(one.heading, one.confidence) for one in found if one.column.name == name and one.confidence >= POSSIBLE]
    return sorted(near, key=lambda pair: -pair[1])[:_MOST_NEAR]


def _joined(sure: Sequence[Match], rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The person and a required day, where they tell every row of the sample from every other."""
    person = _person(sure)
    day = next((one for one in sure if one.column.kind is Kind.DATE and one.column.required), None)
    if person is None or day is None or not _is_key(rows, person.place, day.place):
        return ()
    return person.column.name, day.column.name


def _joinable(
    sure: Sequence[Match], unused: Sequence[HeadingCells], rows: Sequence[Sequence[str]]
) -> list[tuple[str, str]]:
    """The person with each unused heading that does; days first."""
    person = _person(sure)
    if person is None:
        return []
    in_turn = sorted(unused, key=lambda one: one.cells.loose_days < MOSTLY)
    found = ((person.column.name, one.heading) for one in in_turn if _is_key(rows, person.place, one.place))
    return list(islice(found, _MOST_NEAR))


def _person(sure: Sequence[Match]) -> Match | None:
    return next((one for one in sure if one.column.secrecy is Secrecy.PERSON), None)


def _is_key(rows: Sequence[Sequence[str]], *places: int) -> bool:
    several = [tuple(_cell(row, place) for place in places) for row in rows]
    return len(several) > 1 and len(set(several)) == len(several) and all(all(one) for one in several)


def _cell(row: Sequence[str], place: int) -> str:
    return row[place].strip() if place < len(row) else ""


def _may_be_constant(column: Column) -> bool:
    """A whole file may be of one area or law, but not of one person, one day or one id."""
    return column.secrecy is None and column.kind is not Kind.DATE and not column.name.endswith("_id")
