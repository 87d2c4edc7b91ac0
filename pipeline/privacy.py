"""Keyed pseudonyms for persons and staff, and masking of what looks like a personnummer.

Source: rule 8 of the extract contract. The key lies in a file of its own, outside the database; whoever has only the
database cannot find out which personnummer a pseudonym stands for.
"""

from __future__ import annotations

import hmac
import os
import re
import secrets
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from pipeline import access, swapping
from pipeline.errors import WrongUse

KEY_BYTES = 32
MASK = "•••"
_PSEUDONYM_BYTES = 16
PSEUDONYM_CHARACTERS = 2 * _PSEUDONYM_BYTES
ANOTHER_PLACE = "key under [paths] i config.toml."
_COORDINATION_DAYS = 60  # a samordningsnummer writes the day of birth plus 60
_DASHES = "-‐‑–−"
_OTHER_DASHES = "\N{MINUS SIGN}\N{MODIFIER LETTER MINUS SIGN}\N{HYPHEN BULLET}"  # not dashes to Unicode
_WITHOUT_ROOM = frozenset({"Cc", "Cf", "Mn", "Me"})
_PERSON_NUMBER = re.compile(
    rf"(?P<century>18|19|20)?(?P<year>\d\d)(?P<month>\d\d)(?P<day>\d\d) ?(?P<mark>[{_DASHES}+])? ?(?P<last>\d{{4}})"
)
# What two digits add to the check sum: the first doubled, and its digits summed, plus the second.
_PAIR_SUMS = {f"{one}{two}": one * 2 // 10 + one * 2 % 10 + two for one in range(10) for two in range(10)}
# Also reserve numbers such as ÅÅÅÅMMDD-T123 and ÅÅÅÅMMDD-TF10.
_LOOKS_LIKE_ONE = re.compile(
    r"(?<!\d)(?:18|19|20)?\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])"
    rf"\s?[{_DASHES}+]?\s?(?:\d{{4}}|T\d{{3}}|TF\d\d)(?!\d)",
    re.IGNORECASE,
)


# As Excel shows a personnummer that it took for a number (1,9901E+11, of ten digits 9,9E+09, without its zero 1E+08),
# and what is left of it once that has been saved: a day 00, which no personnummer has. A day and 0000 may be one.
_AS_NUMBER = re.compile(r"\d(?:[.,]\d+)?E\+?(?:0?[89]|1[01])", re.IGNORECASE)
_ROUNDED = re.compile(r"(?:18|19|20)\d{4}0{6}")
_WITHOUT_ZERO = re.compile(r"\d{9}")


def is_person_number(text: str, today: date) -> bool:
    """Whether a text is a personnummer or samordningsnummer, not a case system's own id."""
    match = _PERSON_NUMBER.fullmatch(text)
    if not match:
        return False
    century, year, month, day, mark, _ = match.groups()
    return _born(century or "", year, month, day, mark or "", today) is not None


def is_mangled(text: str) -> bool:
    """Whether a text is a personnummer as a spreadsheet writes large numbers: its last digits are lost."""
    return _AS_NUMBER.fullmatch(text) is not None or _ROUNDED.fullmatch(text) is not None


def may_lack_zero(text: str, today: date) -> bool:
    """Whether a text may be a ten-digit personnummer whose first zero a spreadsheet took away; so may some ids."""
    if not _WITHOUT_ZERO.fullmatch(text):
        return False
    identity, is_wrong = person(f"0{text}", today)
    return identity != f"0{text}" and not is_wrong


def person(text: str, today: date) -> tuple[str, bool]:
    """A person's identity in the one form that is hashed, and whether its check digit is wrong.

    A personnummer or samordningsnummer becomes its twelve digits; another id is left as it is. The century of a
    ten-digit number is the latest that does not lie in the future; after a plus sign the latest in which the person
    turns at least a hundred this year.
    """
    match = _PERSON_NUMBER.fullmatch(text)
    if not match:
        return text, False
    century, year, month, day, mark, last = match.groups()
    born = _born(century or "", year, month, day, mark or "", today)
    if born is None:
        return text, False
    short = year + month + day + last
    return f"{born.year}{short[2:]}", not _check_digit_fits(short)


def _born(century: str, year: str, month: str, day: str, mark: str, today: date) -> date | None:
    """The day of birth; None when there is no such day."""
    number = int(day)
    latest = today.year - 100 if mark == "+" else today.year
    full_year = int(century + year) if century else latest - (latest - int(year)) % 100
    try:
        born = date(full_year, int(month), number - _COORDINATION_DAYS if number > _COORDINATION_DAYS else number)
        return born if century or born <= today else born.replace(year=full_year - 100)
    except ValueError:
        return None


def _check_digit_fits(ten_digits: str) -> bool:
    """Modulus 10 on the ten-digit form: every other digit doubled, digits summed, divisible by ten."""
    return sum([_PAIR_SUMS[ten_digits[place : place + 2]] for place in range(0, 10, 2)]) % 10 == 0


class Pseudonyms:
    """Replaces identities with keyed hashes (HMAC-SHA-256); persons and staff never share a value."""

    def __init__(self, key: bytes, today: date) -> None:
        self._key = key
        self._today = today

    def person(self, text: str) -> tuple[str, bool]:
        """A person's pseudonym, and whether the check digit of a personnummer is wrong."""
        identity, is_wrong = person(text, self._today)
        return self._hash("person", identity), is_wrong

    def staff(self, text: str) -> str:
        """The pseudonym of a member of staff; names that differ only in case are one."""
        return self._hash("staff", unicodedata.normalize("NFC", text.casefold()))

    def record(self, text: str) -> str:
        """The pseudonym of an id that tells whose it is, such as one made of a personnummer and a day."""
        return self._hash("record", text)

    def _hash(self, domain: str, text: str) -> str:
        digest = hmac.digest(self._key, f"{domain}\0{text}".encode(), "sha256")
        return digest[:_PSEUDONYM_BYTES].hex()


def mask(text: str) -> str:
    """The text with everything shaped like a personnummer replaced."""
    return _LOOKS_LIKE_ONE.sub(MASK, text)


def person_numbers(text: str) -> Iterator[int]:
    """Where in a text each thing shaped like a personnummer begins."""
    return (match.start() for match in _LOOKS_LIKE_ONE.finditer(text))


def bare(text: str) -> str:
    """The text as it looks to a reader, for searching in it: nothing of it is left that only a computer tells apart.

    Digits of every kind are 0–9, dashes of every kind hyphens, and what takes no room (soft hyphens, zero-width and
    combining characters) is gone. Line breaks are kept.
    """
    return "".join(map(_bare, unicodedata.normalize("NFKC", text)))


def _bare(character: str) -> str:
    kind = unicodedata.category(character)
    if kind == "Nd":
        return str(unicodedata.decimal(character))
    if kind == "Pd" or character in _OTHER_DASHES:
        return "-"
    return "" if kind in _WITHOUT_ROOM and not character.isspace() else character


def tells_person(text: str) -> bool:
    """Whether a record's id holds a personnummer beyond doubt: its century or mark is there and its check digit fits.

    Ten digits alone are as often an id of its own.
    """
    return any(
        (match["century"] or match["mark"])
        and _check_digit_fits(match["year"] + match["month"] + match["day"] + match["last"])
        for match in _PERSON_NUMBER.finditer(text)
    )


def load_key(file: Path) -> bytes:
    """The key; made on the first run. Raises WrongUse when it cannot be used, or lies where others can come at it."""
    try:
        return use_key(file) if file.exists() else _make(file)
    except OSError:
        raise WrongUse(
            f"Nyckelfilen {file.name} kan inte skapas; kontrollera paths.key i config.toml och att du får skriva i"
            " mappen."
        ) from None


def use_key(file: Path) -> bytes:
    """A key that is there, closed to others first."""
    access.demand_ignored(file, ANOTHER_PLACE)
    access.own_file(file)
    return read_key(file)


def read_key(file: Path) -> bytes:
    """A key that is there; nothing is changed by it. Raises WrongUse when it is no key."""
    try:
        key = bytes.fromhex(file.read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise WrongUse(
            f"Nyckelfilen {file.name} kan inte läsas som en nyckel; återställ den från säkerhetskopian, eller ta bort"
            " den så att en ny skapas (pseudonymerna blir då andra än tidigare)."
        )
    return key


def prepare_new_key(file: Path) -> Path:
    """A new key beside the one that is there, ready to take its place by rename; whatever was prepared before goes."""
    aside = file.with_name(f".{file.stem}.new{file.suffix}")
    access.demand_ignored(aside, ANOTHER_PLACE)
    aside.unlink(missing_ok=True)
    _write(aside)
    return aside


def _make(file: Path) -> bytes:
    """Make the key aside, so that it is never half; where another run was quicker, theirs is the key."""
    access.own_folder(file.parent, ANOTHER_PLACE)
    access.demand_ignored(file, ANOTHER_PLACE)
    aside = swapping.aside(file)
    aside.unlink(missing_ok=True)
    try:
        key = _write(aside)
        try:
            os.link(aside, file)
        except FileExistsError:
            return read_key(file)
        except OSError:  # a disk that knows no links
            swapping.put_file(aside, file)
        return key
    finally:
        aside.unlink(missing_ok=True)


def _write(file: Path) -> bytes:
    key = secrets.token_bytes(KEY_BYTES)
    with access.new_file(file) as handle:
        handle.write(f"{key.hex()}\n".encode("ascii"))
        handle.flush()
        os.fsync(handle.fileno())
    return key
