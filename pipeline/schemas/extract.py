"""What an extract is made of: columns with types, a key, and rules across columns. Source: the extract contract."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pipeline.schemas.rules import Order


class Kind(StrEnum):
    """The contract's types."""

    TEXT = "text"
    CODE = "code"
    YES_NO = "yes/no"
    DATE = "date"
    COUNT = "count"
    NUMBER = "number"


class Secrecy(StrEnum):
    """Whose identity a column tells; such values become pseudonyms before they reach the engine."""

    PERSON = "person"
    STAFF = "staff"


ANSWERS = ("ja", "nej")


@dataclass(frozen=True)
class Column:
    """One column of the contract.

    `future`: a day later than tomorrow may stand (a plan, or what has not happened yet).
    `spelling`: text that differs only in case is one category; columns with the same word share their spelling.
    `least`, `most`: the bounds of a count, both included; `None` = none besides the type's own.
    """

    name: str
    kind: Kind
    required: bool = False
    codes: tuple[str, ...] = ()
    future: bool = False
    spelling: str = ""
    secrecy: Secrecy | None = None
    least: int | None = None
    most: int | None = None

    @property
    def is_id(self) -> bool:
        """Whether it names a record of the case system, to be found again there; other texts are told to readers."""
        return self.kind is Kind.TEXT and self.secrecy is None and self.name.endswith("_id")

    @property
    def is_told(self) -> bool:
        """Whether it is text that readers are told as it stands: nobody's identity, and no record's id."""
        return self.kind is Kind.TEXT and self.secrecy is None and not self.is_id

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts that a profile may translate others to: a code's codes, and the two answers."""
        return ANSWERS if self.kind is Kind.YES_NO else self.codes

    @property
    def is_day(self) -> bool:
        """Whether it holds days, of which one is before another."""
        return self.kind is Kind.DATE

    @property
    def is_bounded(self) -> bool:
        """Whether a count has bounds of its own."""
        return self.least is not None or self.most is not None


@dataclass(frozen=True)
class Reference:
    """A column that names a row of another extract by that extract's column `target`.

    `same_system`: rows that tell their case system only match within it, since systems number for themselves.
    """

    column: str
    extract: str
    target: str
    same_system: bool = True


@dataclass(frozen=True)
class Outcome:
    """A column that tells how something ended, and the one that tells on which day."""

    column: str
    day: str


@dataclass(frozen=True)
class Extract:
    """One kind of delivered table. `key` names the columns that identify a row within a source system.

    `noun` is the rows' name in Swedish, in definite plural. `expected` are columns that a row stands without, but
    whose absence is a finding that the report tells of.
    """

    name: str
    noun: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    orders: tuple[Order, ...] = ()
    references: tuple[Reference, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    expected: tuple[str, ...] = ()

    def __getitem__(self, name: str) -> Column:
        """The column with that name."""
        return next(column for column in self.columns if column.name == name)

    @property
    def names(self) -> tuple[str, ...]:
        """All column names, in the contract's order."""
        return tuple(column.name for column in self.columns)

    @property
    def required(self) -> tuple[str, ...]:
        """The columns whose heading must exist and whose cell must be filled."""
        return tuple(column.name for column in self.columns if column.required)

    def of_kind(self, *kinds: Kind) -> tuple[Column, ...]:
        """The columns of some types."""
        return tuple(column for column in self.columns if column.kind in kinds)


def text(name: str, *, required: bool = False) -> Column:
    """Free text or an identifier."""
    return Column(name, Kind.TEXT, required)


def category(name: str, *, required: bool = False, spelling: str = "") -> Column:
    """Text that names a group of rows; spelt alike wherever it stands."""
    return Column(name, Kind.TEXT, required, spelling=spelling or name)


def code(name: str, *codes: str, required: bool = False) -> Column:
    """One of the listed values."""
    return Column(name, Kind.CODE, required, codes=codes)


def yes_no(name: str) -> Column:
    """An answer to a yes-or-no question."""
    return Column(name, Kind.YES_NO)


def day(name: str, *, required: bool = False, future: bool = False) -> Column:
    """A date."""
    return Column(name, Kind.DATE, required, future=future)


def count(name: str, *, required: bool = False, least: int | None = None, most: int | None = None) -> Column:
    """A whole number, zero or more, or within bounds."""
    return Column(name, Kind.COUNT, required, least=least, most=most)


def number(name: str, *, required: bool = False) -> Column:
    """Any number, also with decimals or below zero."""
    return Column(name, Kind.NUMBER, required)


def person(*, required: bool = False) -> Column:
    """The person that a row is about."""
    return Column("person_id", Kind.TEXT, required, secrecy=Secrecy.PERSON)


def staff(name: str, *, required: bool = False) -> Column:
    """A member of staff."""
    return Column(name, Kind.TEXT, required, secrecy=Secrecy.STAFF)


PROVIDER_TYPE = code("provider_type", "egen", "privat")
SOURCE_SYSTEM = category("source_system")
ABOUT_PERSON = (code("gender", "kvinna", "man", "okänt"), count("birth_year"), yes_no("protected_identity"))
