"""What a value may be in config.toml, and what a table of them is.

What TOML's reader gives is checked as it stands ("90" is no number); only lists and paths change their type.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

Text = Annotated[str, Field(pattern=r"\S")]
Texts = Annotated[tuple[Text, ...], Field(strict=False)]
Folder = Annotated[Path, Field(strict=False)]
Count = Annotated[int, Field(ge=0)]
Percent = Annotated[float, Field(ge=0, le=100)]


class Section(BaseModel):
    """A table: no key besides its own, and nothing changes once it is read."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)

    @classmethod
    def sound(cls, given: Any) -> Self | None:
        """A part of the document on its own; None where it has faults, which are told with the whole."""
        try:
            return cls.model_validate(given)
        except ValidationError:
            return None
