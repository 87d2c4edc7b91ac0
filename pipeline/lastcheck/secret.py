"""Everything that may stand nowhere in public, read from the database of the run.

**Ids and pseudonyms** (columns by their schema: persons, staff, and every `…_id`; of rejected rows too) are searched as
whole tokens, wherever they stand and however their parts are joined (`BES-1`, `bes/1`): of letters and digits from four
characters on, since the report itself says P90, T2 and r12; of digits alone from five on, in texts only, where the
report writes 12 345 with a space, and unless shaped as a month or a day (2026-08). One that is a plain word is searched
as the whole of a text.

**Shorter ids** are searched where they can be told from the report's own words: three letters and digits (U39) as all
that an element or a cell says and anywhere in the analyst's words; four digits (1234) as all that one says; any of them
in the analyst's words after `ärende`, `akt`, `id`, `nr`, `nummer` or `dnr`. Not searched otherwise: ids of one or two
characters, of up to four digits, and those that are words or names of the report (`r12`), nor years.

**Texts of single cases** are the free texts of the columns that the output contract lists. An `outcome` is a word of a
closed list, so that none of it is secret. A text of three words or more in few cases is searched inside every text;
other texts as the whole of a cell, an element or an attribute, as a list of cases would have them; a single word of
four letters or more as all that an element or a cell says. Not searched: single words inside other texts, and those
that the report has of its own.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.config import Config
from pipeline.database import Database
from pipeline.lastcheck.findings import Kind
from pipeline.lastcheck.ids import DAY, Ids, KnownIds
from pipeline.lastcheck.tokens import parts, spelt, token
from pipeline.schemas import EXTRACTS
from pipeline.schemas.extract import Column, Extract, Secrecy
from pipeline.schemas.extract import Kind as Type

_TEXTS = {"decisions": ("end_reason", "delay_reason"), "incidents": ("cause", "action"), "reviews": ("reason",)}
CASE_TEXTS = frozenset(column for columns in _TEXTS.values() for column in columns)
# Extracts of the management system: what they tell is printed as it stands.
_TOLD = ("activities", "controls", "followup_plan", "goals", "requirements", "measurements", "surveys")
_SHORTEST_WITH_LETTERS, _FEWEST_DIGITS, _SHORTEST_WORD = 4, 5, 4
_SHORTEST_LIKELY_ID, _WORDS_OF_A_SENTENCE = 3, 3

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Secrets:
    """What may not be found: `ids` as they stand in a text, `phrases` of several words, `wholes` as a whole text.

    `brief` is what is too short to be told from the report's own words and numbers wherever it stands. All are spelt as
    `tokens.spelt` does. Never printed; the ids can be asked for as long as the database is open.
    """

    ids: Ids = field(repr=False)
    phrases: Mapping[Phrase, Kind] = field(repr=False)
    wholes: Mapping[Phrase, Kind] = field(repr=False)
    brief: Mapping[str, Kind] = field(default_factory=dict, repr=False)


def secrets(db: Database, config: Config) -> Secrets:
    """Ids and pseudonyms of all that was read, loaded or rejected, and the texts of single cases.

    A text is rare that stands in fewer cases than the smallest group that is shown.
    """
    found = _Found(KnownIds(db, _SHORTEST_WITH_LETTERS, _FEWEST_DIGITS))
    for extract in EXTRACTS.values():
        for column in extract.columns:
            kind = _kind(column)
            if kind is not None:
                found.add(kind, found.ids.add_column(kind, f"loaded.{extract.name}", column.name))
    _add_rejected(found, db)
    told = _told_texts(db)
    for name, columns in _TEXTS.items():
        for column_name in columns:
            found.add_texts(_counted(db, name, column_name), told, config.disclosure.smallest)
    found.hand_over()
    return Secrets(found.ids, found.phrases, found.wholes, found.brief)


class _Found:
    """Secrets under collection."""

    def __init__(self, ids: KnownIds) -> None:
        self.ids = ids
        self._tokens: dict[Kind, set[str]] = defaultdict(set)
        self.phrases: dict[Phrase, Kind] = {}
        self.wholes: dict[Phrase, Kind] = {}
        self.brief: dict[str, Kind] = {}

    def add(self, kind: Kind, values: Iterable[str]) -> None:
        for value in values:
            plain = spelt(value)
            if " " in plain:
                self._add_phrase(kind, parts(plain))
            else:
                self._add_token(kind, token(plain))

    def hand_over(self) -> None:
        """Put the ids that were told apart here beside those that the engine told."""
        for kind, tokens in self._tokens.items():
            self.ids.add(kind, sorted(tokens))

    def _add_phrase(self, kind: Kind, words: Phrase) -> None:
        if len(words) > 1:
            self.phrases[words] = kind

    def _add_token(self, kind: Kind, one: str) -> None:
        has_digit, has_letter = any(map(str.isdigit, one)), any(map(str.isalpha, one))
        if has_digit and (_is_long_enough(one) if has_letter else _is_number_of_its_own(one)):
            self._tokens[kind].add(one)
        elif has_letter and not has_digit and len(one) >= _SHORTEST_WORD:
            self.wholes[parts(one)] = kind
        elif has_digit and not _is_day(one) and not _is_year(one):
            self.brief[one] = kind

    def add_texts(self, counted: Iterable[tuple[str, int]], told: frozenset[Phrase], few: int) -> None:
        for text, cases in counted:
            words = parts(spelt(text))
            if not words or words in told:
                continue
            if len(words) == 1:
                self.brief.setdefault(words[0], Kind.TEXT)
                continue
            self.wholes.setdefault(words, Kind.TEXT)
            if len(words) >= _WORDS_OF_A_SENTENCE and cases < few:
                self.phrases.setdefault(words, Kind.TEXT)


def is_searched_alone(one: str) -> bool:
    """Whether something brief is searched as all that an element or a cell tells.

    Not two letters and digits, as in T2, nor numbers of fewer than four digits: from four on the report sets a space.
    """
    return len(one) >= _SHORTEST_WORD or is_likely_id(one)


def is_likely_id(one: str) -> bool:
    """Whether something brief is shaped like an id: letters and digits, three or more."""
    return len(one) >= _SHORTEST_LIKELY_ID and any(map(str.isdigit, one)) and any(map(str.isalpha, one))


def _is_long_enough(one: str) -> bool:
    return len(one) >= _SHORTEST_WITH_LETTERS


def _is_number_of_its_own(one: str) -> bool:
    return sum(map(str.isdigit, one)) >= _FEWEST_DIGITS and not _is_day(one)


def _is_year(one: str) -> bool:
    return len(one) == len("2026") and one[:2] in ("19", "20")


def _is_day(one: str) -> bool:
    return re.fullmatch(DAY, one) is not None


def _kind(column: Column) -> Kind | None:
    if column.secrecy is Secrecy.PERSON:
        return Kind.PERSON
    if column.secrecy is Secrecy.STAFF:
        return Kind.STAFF
    return Kind.CASE if column.is_id else None


def _values(db: Database, extract: Extract, column: str) -> Iterator[str]:
    rows = db.rows(f"select distinct {column} from loaded.{extract.name} where {column} is not null")
    return (row[0] for row in rows)


def _add_rejected(found: _Found, db: Database) -> None:
    kinds = {name: {c.name: _kind(c) for c in extract.columns} for name, extract in EXTRACTS.items()}
    for extract, content in db.rows("select distinct extract, content from quarantine where content <> ''"):
        for column, value in json.loads(content).items():
            kind = kinds[extract].get(column)
            if kind is not None and value:
                found.add(kind, (value,))


def _counted(db: Database, extract: str, column: str) -> Sequence[tuple[str, int]]:
    """Each text of a column, and in how many rows it stands."""
    of = f"select {column}, count(*) from loaded.{extract} where {column} is not null group by {column}"
    return [(text, rows) for text, rows in db.rows(of)]


def _told_texts(db: Database) -> frozenset[Phrase]:
    """What the management system tells, which the report prints: the same words in a case are no secret."""
    told: set[Phrase] = set()
    for name in _TOLD:
        for column in EXTRACTS[name].columns:
            if column.kind is Type.TEXT:
                told.update(parts(spelt(text)) for text in _values(db, EXTRACTS[name], column.name))
    return frozenset(told)
