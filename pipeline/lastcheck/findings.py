"""What the last check reads and what it finds: pieces of a file with their places, and findings that tell no secret."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What was found, in the words of the analyst's report; never the thing itself."""

    PERSON = "en persons pseudonym"
    PERSON_NUMBER = "något som ser ut som ett personnummer"
    STAFF = "en handläggares eller bedömares pseudonym"
    CASE = "ett id för ett ärende, ett beslut, en plan eller en akt"
    TEXT = "en text ur ett enskilt ärende"
    HIDDEN = "en siffra där en skyddad siffra ska stå"
    UNKNOWN_ROW = "en rad som inte hör till rapportens skyddade siffror"
    MISSING_ROW = "en lucka där en siffras rad ska stå"
    UNOPENED = "ett innehåll som kontrollen inte kan läsa"
    NOT_ON_PAGE = "en text som inte står på webbsidan"
    UNDRAWN = "ett diagram som webbläsaren inte hann rita"


class Piece(NamedTuple):
    """A text of a public file and where it stands. `is_number`: a cell or a point of numbers, that no id can be in.

    `is_styled`: the text is of styles, where #B00020 is a colour. `is_told`: it is all that an element or a cell says.
    `is_free`: it is the analyst's own words.
    """

    place: str
    text: str
    is_number: bool = False
    is_styled: bool = False
    is_told: bool = False
    is_free: bool = False


@dataclass(frozen=True, order=True)
class Finding:
    """One thing that may not be published: in which file, where in it, and what kind of thing."""

    file: str
    place: str
    kind: Kind
