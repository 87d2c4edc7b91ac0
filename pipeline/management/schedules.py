"""When something is to be measured: the follow-up plan's words (*Mättillfälle*) as due days of a year.

What is measured during a time is due on its last day: T2 on 31 August, March on 31 March, a year-end report on
31 December, September–November on 30 November. What cannot be read is told, never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from pipeline.periods import month_end

LAST = 0  # the day of a moment on its month's last
_MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november",
    "december",
)  # fmt: skip
_MONTH_NUMBERS = {
    **{name: number for number, name in enumerate(_MONTHS, 1)},
    **{name[:3]: number for number, name in enumerate(_MONTHS, 1)},
    "sept": 9,
}
_A_LEAP_YEAR = 2024  # every day that a month may have
_COUNTED = {"en": 1, "ett": 1, "första": 1, "1:a": 1, "två": 2, "andra": 2, "tre": 3, "tredje": 3, "fyra": 4,
            "fjärde": 4, "sjätte": 6}  # fmt: skip

# The parts of a year: months in each, and what a numbered one is called.
_PARTS = {
    4: r"t|tertial(?:et|rapport(?:en)?|uppföljning(?:en)?)?",
    3: r"q|k|kv|kvartal(?:et|srapport(?:en)?)?",
    6: r"h|halvår(?:et|srapport(?:en)?)?",
}
_EVERY, _ONCE = r"(?:varje|vart|per)", r"(?:en|1) (?:gång|ggr|g)(?: (?:per|i|om|under|varje)| ?/)"
# What comes again after so many months, the year's last one always among them.
_AGAIN = {
    1: rf"{_EVERY} månad|månads?vis|månatlig(?:en|t)?|{_ONCE} ?månad(?:en)?",
    2: r"varannan månad",
    3: rf"{_EVERY} kvartal|kvartals?vis|kvartalsrapport(?:er|erna)?|{_ONCE} ?kvartal(?:et)?",
    4: rf"{_EVERY} tertial|tertialsvis|tertialvis|tertialrapport(?:er|erna)?|{_ONCE} ?tertial(?:et)?",
    6: rf"{_EVERY} halvår|halvårs?vis|halvår|{_ONCE} ?halvår(?:et)?",
    12: rf"{_EVERY} år|årlig(?:en|t)|årsvis|helår|{_ONCE} ?år(?:et)?|(?:hel)?(?:års)?bokslut(?:et)?"
    r"|årsredovisning(?:en)?|(?:verksamhets|kvalitets)berättelse(?:n)?|årets slut",
}
_NTH_MONTH = r"var (\S+) månad"
_UP_TO_AUGUST = r"delår(?:et|srapport(?:en)?|sbokslut(?:et)?)?"
_LEADING = re.compile(r"^(?:(?:vid|i|under|senast|till|inför|den|i samband med|(?:sista|slutet av|utgången av)) )+")
_SEPARATORS = re.compile(r"[,;+&\n]|\b(?:och|samt)\b")
_RANGE = re.compile(r"(.+?)\s*(?:–|-|\btill\b)\s*(.+)")
_DAY = re.compile(r"(?:(\S+) )?([a-zåäö]+)\.?(?: (\d{4}))?")
_DAY_AND_MONTH = re.compile(r"(\d{1,2})/(\d{1,2})")
_WHOLE_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


@dataclass(frozen=True, order=True)
class Moment:
    """A day that comes every year, or in one year alone; day `LAST` is the month's last."""

    month: int
    day: int = LAST
    year: int = 0

    def on(self, year: int) -> date | None:
        """The day in that year; 29 February is the 28th where there is none."""
        if self.year not in (0, year):
            return None
        last = month_end(year, self.month)
        return last if self.day == LAST else date(year, self.month, min(self.day, last.day))


@dataclass(frozen=True)
class Schedule:
    """When something is due, and the parts of the text that could not be read."""

    moments: tuple[Moment, ...] = ()
    unread: tuple[str, ...] = ()

    def due(self, year: int) -> tuple[date, ...]:
        """The due days of a year, each once, oldest first."""
        return tuple(sorted({day for moment in self.moments if (day := moment.on(year)) is not None}))

    def due_before(self, day: date) -> date | None:
        """The last due day before a day, of that year or the year before it."""
        days = (*self.due(day.year - 1), *self.due(day.year))
        return max((due for due in days if due < day), default=None)

    def due_after(self, day: date) -> date | None:
        """The first due day after a day, of that year or the year after it."""
        days = (*self.due(day.year), *self.due(day.year + 1))
        return min((due for due in days if due > day), default=None)


def parse(text: str) -> Schedule:
    """What the words say; several stand with commas, `och` or `samt` between. Case and kinds of blank do not matter.

    Days that are named make more precise what comes before them in the same breath: `varje tertial: april, augusti
    och december`, `halvårsvis första mars samt första september`.
    """
    moments: dict[Moment, None] = {}
    unread: list[str] = []
    months = 0  # of the part of a year that was named last: "kvartal 1, 2 och 3"
    for part in _parts(text):
        found = _read(part) or (_numbered(f"{_SHORT[months]} {part}") if months and part[:1].isdigit() else None)
        if found is None:
            unread.append(part)
        else:
            moments.update(dict.fromkeys(found))
            months = _named_part(part) or months
    return Schedule(tuple(moments), tuple(unread))


_SHORT = {4: "t", 3: "k", 6: "h"}
_Found = tuple[Moment, ...] | None


def _parts(text: str) -> list[str]:
    # NFKC, since a no-break space is a blank here and a full-width digit a digit.
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().replace("\n", ";").split())
    parts = (part.strip(" .()") for part in _SEPARATORS.split(plain))
    return [part for part in parts if part]


def _read(part: str) -> _Found:
    """The moments of one part of the text; None when it cannot be read."""
    text = _LEADING.sub("", part)
    return _recurring(text) or _numbered(text) or _dated(text) or _range(text) or _more_precise(text) or _slashed(text)


def _recurring(text: str) -> _Found:
    if re.fullmatch(_UP_TO_AUGUST, text):
        return (Moment(8),)
    text = text.removeprefix("minst ")  # more often than asked for is never too late
    step = next((step for step, words in _AGAIN.items() if re.fullmatch(words, text)), None)
    nth = re.fullmatch(_NTH_MONTH, text)
    if nth:
        step = _count(nth[1].removesuffix(":e").removesuffix(":a"))
    if not step or 12 % step:
        return None
    return tuple(Moment(month) for month in range(step, 13, step))


def _numbered(text: str) -> _Found:
    """`T2`, `tertial 2`, `tertialrapport två`, `andra tertialet`, `kvartal 1–4`."""
    for months, words in _PARTS.items():
        found = re.fullmatch(rf"(?:{words})\s*(\S+?)(?:\s*(?:–|-|till)\s*(?:{words})?\s*(\S+))?", text)
        ordinal = re.fullmatch(rf"(\S+) (?:{words})", text)
        if not found and not ordinal:
            continue
        first = _count((found or ordinal or "")[1])
        last = _count(found[2]) if found and found[2] else first
        if 1 <= first <= last <= 12 // months:
            return tuple(Moment(number * months) for number in range(first, last + 1))
    return None


def _named_part(text: str) -> int:
    """How many months the numbered part of a year has that a text names; 0 when it names none."""
    plain = _LEADING.sub("", text)
    return next((months for months, words in _PARTS.items() if re.fullmatch(rf"(?:{words})\s*\d.*", plain)), 0)


def _dated(text: str) -> _Found:
    """`mars`, `mars 2026`, `15 mars`, `första mars`, `15/3`, `2026-03-15`."""
    whole, short, named = (pattern.fullmatch(text) for pattern in (_WHOLE_DAY, _DAY_AND_MONTH, _DAY))
    if whole:
        return _sound(Moment(int(whole[2]), int(whole[3]), int(whole[1])))
    if short:
        return _sound(Moment(int(short[2]), int(short[1])))
    if named and named[2] in _MONTH_NUMBERS:
        day = LAST if named[1] is None else _count(named[1].removesuffix(".")) or -1
        return _sound(Moment(_MONTH_NUMBERS[named[2]], day, int(named[3] or 0)))
    return None


def _sound(moment: Moment) -> _Found:
    """The moment, if its month has such a day in the year, or in some year."""
    try:
        date(moment.year or _A_LEAP_YEAR, moment.month, moment.day or 1)
    except ValueError:
        return None
    return (moment,)


def _range(text: str) -> _Found:
    """`september–november`: done at any time in them, so due when the last one ends."""
    found = _RANGE.fullmatch(text)
    if not found or not _dated(found[1]):
        return None
    return _dated(found[2])


def _more_precise(text: str) -> _Found:
    """`halvårsvis första mars`, `varje tertial: april`."""
    every = "|".join(f"(?:{words})" for words in _AGAIN.values())
    found = re.fullmatch(rf"(?:minst )?(?:{every})(?: ?[:(] ?| )(.+)", text)
    return _read(found[1]) if found else None


def _slashed(text: str) -> _Found:
    """`T1/T2/T3`."""
    pieces = text.split("/")
    read = [_read(piece.strip()) for piece in pieces] if len(pieces) > 1 else []
    return tuple(moment for found in read for moment in found or ()) if read and all(read) else None


def _count(text: str) -> int:
    """A number in digits or in words; 0 when it is none."""
    return int(text) if text.isdecimal() else _COUNTED.get(text, 0)
