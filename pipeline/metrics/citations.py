"""The rules of law as data: sql/law.toml, read strictly, as the nouns of `model`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, ValidationError, model_validator

from pipeline import config_faults
from pipeline.errors import WrongUse
from pipeline.language import later
from pipeline.model import Citation, Rule
from pipeline.places import LAW_FILE

Text = Annotated[str, Field(pattern=r"\S")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Cited(_Strict):
    text: Text
    valid_from: date | None = None
    valid_to: date | None = None
    act: Literal["", "SoL", "LSS"] = ""
    source: Text
    verified: StrictBool

    @model_validator(mode="after")
    def _in_order(self) -> _Cited:
        if self.valid_from and self.valid_to and self.valid_from > self.valid_to:
            raise ValueError(f"gäller från {self.valid_from}, efter sista dagen {self.valid_to}")
        return self


class _Rule(_Strict):
    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    about: Text
    cited: Annotated[tuple[_Cited, ...], Field(min_length=1)]


class _Law(_Strict):
    rule: tuple[_Rule, ...]

    @model_validator(mode="after")
    def _ids_are_unique(self) -> _Law:
        twice = [rule_id for rule_id, number in Counter(rule.id for rule in self.rule).items() if number > 1]
        if twice:
            raise ValueError(f"id står på flera regler: {', '.join(twice)}")
        return self


@cache
def read(file: Path = LAW_FILE) -> dict[str, Rule]:
    """The rules by id, each with all its provisions. Raises WrongUse with every fault of the file, line and cure."""
    text = config_faults.read(file)
    document = config_faults.parse(text, file)
    try:
        law = _Law.model_validate(document)
    except ValidationError as error:
        raise WrongUse(config_faults.told(config_faults.of(error, _Law), text, file)) from None
    return {rule.id: Rule(rule.id, rule.about, _citations(rule.cited)) for rule in law.rule}


def _citations(cited: Sequence[_Cited]) -> tuple[Citation, ...]:
    return tuple(Citation(**{**one.model_dump(), "text": later(one.text)}) for one in cited)
