"""Required columns that no heading was taken for, and what may stand in for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.inspection.matching import POSSIBLE, HeadingCells, Match, candidates
from pipeline.inspection.vocabulary import Vocabulary
from pipeline.schemas.extract import Column, Extract, Kind, Secrecy

_MOST_NEAR = 3


@dataclass(frozen=True)
class Gap:
    """A required column that is lacking.

    `near`: headings that resemble it, with confidence. `joined`: headings whose cells together are different in every
    row of the sample, for an id. `constant`: whether one text may do for all rows; `codes`: then one of these.
    """

    column: Column
    heading: str
    near: Sequence[tuple[str, float]]
    joined: tuple[str, ...]
    constant: bool
    codes: tuple[str, ...]


def find(
    extract: Extract,
    matches: Sequence[Match],
    headings: Sequence[HeadingCells],
    rows: Sequence[Sequence[str]],
    vocabulary: Vocabulary,
) -> list[Gap]:
    """The extract's gaps. `rows`: the cells of the sampled rows below the headings."""
    has = {one.column.name for one in matches if one.is_sure}
    return [
        Gap(
            column=extract[name],
            heading=vocabulary.heading(extract.name, name),
            near=_near(extract, name, headings, vocabulary),
            joined=_joined(matches, rows) if name == extract.key[0] and name.endswith("_id") else (),
            constant=_may_be_constant(extract[name]),
            codes=extract[name].texts,
        )
        for name in extract.required
        if name not in has
    ]


def _near(
    extract: Extract, name: str, headings: Sequence[HeadingCells], vocabulary: Vocabulary
) -> list[tuple[str, float]]:
    """The headings most like the column, also those that another column has been given."""
    found = (one for heading in headings for one in candidates(extract, heading, vocabulary))
    near = [(one.heading, one.confidence) for one in found if one.column.name == name and one.confidence >= POSSIBLE]
    return sorted(near, key=lambda pair: -pair[1])[:_MOST_NEAR]


def _joined(matches: Sequence[Match], rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The person's heading and a required day's, where they tell every row of the sample from every other."""
    person = next((one for one in matches if one.column.secrecy is Secrecy.PERSON and one.is_sure), None)
    day = next((one for one in matches if one.column.kind is Kind.DATE and one.column.required and one.is_sure), None)
    if person is None or day is None:
        return ()
    pairs = [(_cell(row, person.place), _cell(row, day.place)) for row in rows]
    is_key = len(pairs) > 1 and len(set(pairs)) == len(pairs) and all(all(pair) for pair in pairs)
    return (person.heading, day.heading) if is_key else ()


def _cell(row: Sequence[str], place: int) -> str:
    return row[place].strip() if place < len(row) else ""


def _may_be_constant(column: Column) -> bool:
    """A whole file may be of one area or law, but not of one person, one day or one id."""
    return column.secrecy is None and column.kind is not Kind.DATE and not column.name.endswith("_id")
