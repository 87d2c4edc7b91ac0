"""The words that the workbooks are known by: `sql/oppna_jamforelser.toml` → typed, and compared whatever their case."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline import config_faults
from pipeline.errors import WrongUse
from pipeline.model.comparison import Missing
from pipeline.places import SQL
from pipeline.sources.wording import fold

FILE = SQL / "oppna_jamforelser.toml"
_Texts = Annotated[tuple[Annotated[str, Field(pattern=r"\S")], ...], Field(strict=False)]
_Mark = Literal["not_answered", "not_applicable", "secret", "none"]
_MEANING: dict[str, Missing] = {
    "not_answered": Missing.NOT_ANSWERED,
    "not_applicable": Missing.NOT_APPLICABLE,
    "secret": Missing.SECRET,
    "none": Missing.NONE,
}


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class _Columns(_Table):
    code: _Texts
    name: _Texts
    county: _Texts
    year: _Texts


class _Descriptions(_Table):
    key: _Texts
    title: _Texts
    text: _Texts
    unit: _Texts


class _Ignored(_Table):
    headings: _Texts


class _Answers(_Table):
    yes: _Texts
    no: _Texts


class _Nation(_Table):
    names: _Texts


class Words(_Table):
    """The whole of the file."""

    columns: _Columns
    ignored: _Ignored
    genders: dict[Literal["T", "K", "M"], _Texts]
    answers: _Answers
    marks: dict[_Mark, _Texts]
    legends: dict[_Mark, _Texts]
    units: dict[str, _Texts]
    nation: _Nation
    descriptions: _Descriptions
    areas: dict[str, _Texts]

    @cached_property
    def places(self) -> dict[str, str]:
        """Folded heading → `code`, `name`, `county` or `year`: what says whom a row is of, and when."""
        return _by_fold(self.columns.model_dump())

    @cached_property
    def described(self) -> dict[str, str]:
        """Folded heading → `key`, `title`, `text` or `unit` of the sheet that describes the indicators."""
        return _by_fold(self.descriptions.model_dump())

    @cached_property
    def passed_over(self) -> frozenset[str]:
        """Folded headings of columns that are no indicator's."""
        return frozenset(map(fold, self.ignored.headings))

    @cached_property
    def gender_of(self) -> dict[str, str]:
        """Folded word → T, K or M."""
        return {fold(word): gender for gender, several in self.genders.items() for word in several}

    @cached_property
    def unit_of(self) -> dict[str, str]:
        """Folded word → unit."""
        return _by_fold(self.units)

    @cached_property
    def answer_of(self) -> dict[str, bool]:
        """Folded word → yes or no."""
        return {fold(word): True for word in self.answers.yes} | {fold(word): False for word in self.answers.no}

    @cached_property
    def missing_of(self) -> dict[str, Missing]:
        """Mark → why there is no value."""
        return {word.casefold(): _MEANING[meaning] for meaning, several in self.marks.items() for word in several}

    @cached_property
    def nation_names(self) -> frozenset[str]:
        """Folded names of the whole country."""
        return frozenset(map(fold, self.nation.names))

    def meaning(self, explanation: str) -> Missing | None:
        """Why there is no value, as a workbook explains a mark; None where it says nothing that is known."""
        text = fold(explanation)
        for kind, several in self.legends.items():
            if any(fold(word) in text for word in several):
                return _MEANING[kind]
        return None

    def areas_in(self, text: str) -> set[str]:
        """The areas that a text names."""
        folded = fold(text)
        return {area for area, several in self.areas.items() if any(fold(word) in folded for word in (area, *several))}


@cache
def load(file: Path = FILE) -> Words:
    """Read the file. Raises WrongUse with a line for each fault in it."""
    text = config_faults.read(file)
    try:
        return Words.model_validate(config_faults.parse(text, file))
    except ValidationError as error:
        raise WrongUse(config_faults.told(config_faults.of(error, Words), text, file)) from None


def _by_fold(words: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {fold(word): name for name, several in words.items() for word in several}
