"""The workbook's sheet *Noter*: what signs, short forms and headings mean, numbered so that other sheets can refer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.config import Config
from pipeline.language import later, say
from pipeline.model import Status
from pipeline.publish import terms, words
from pipeline.publish.figure_cells import SHAPES
from pipeline.publish.forms import DASH, HIDDEN
from pipeline.publish.words import Mark
from pipeline.publish.workbook import Sheet
from pipeline.publish.workbook_cells import INK, MUTED, Column, Entry
from pipeline.publish.workbook_cells import color as theme_color

NAME = later("Noter")
WIDTHS = (12, 30, 100)
_STATUSES = (
    (Mark.MET, later("målet uppfyllt"), later("Målet, eller lagkravet i samtliga fall, är uppfyllt.")),
    (Mark.NEAR, later("nästan uppfyllt"), later("Utfallet är nära målet. Hur nära står på bladet Definitioner.")),
    (Mark.NOT_MET, later("inte uppfyllt"), later("Målet är inte uppfyllt, eller lagkravet inte uppfyllt i alla fall.")),
    (Mark.NO_TARGET, later("mål saknas"), later("Inget mål är satt.")),
)
_CHANGE = later(
    "Jämförs med samma tid året innan. En förändring kallas bättre eller sämre bara när den är statistiskt"
    " säkerställd, det vill säga knappast beror på slumpen."
)
_PARTS, _CHANCE, _CHANGED = (
    later("n och N"),
    later("Osäkerhet, 95 %"),
    later("Förändring på ett år"),
)  # the headings that are referred to
_MANY_TABLES = later(
    "Varje mått börjar med en rubrik. Under den står tabellerna en i taget, var och en med egen rubrik."
)


@dataclass(frozen=True)
class Note:
    """A note: its number, the sign or heading that it is about, and what that means."""

    number: int
    about: str
    meaning: str
    color: str = ""


def notes(config: Config) -> list[Note]:
    """Every note, in the order of their numbers."""
    return [Note(number, *told) for number, told in enumerate(_told(config), 1)]


def write(sheet: Sheet, config: Config) -> None:
    """Fill the sheet: one table, a row a note."""
    sheet.freeze(rows=3)
    sheet.title(NAME)
    rows = [
        [
            Entry(say("not {number}", number=note.number)),
            Entry(note.about, bold=True, color=note.color or INK),
            Entry(note.meaning),
        ]
        for note in notes(config)
    ]
    sheet.table("noter", [Column(say("Not")), Column(say("Tecken eller rubrik")), Column(say("Innebörd"))], rows)


def refer(sheet: Sheet, config: Config, place: str) -> None:
    """What stands under a sheet's title: how it is laid out, the signs in short, and the way to their notes."""
    numbers = {note.about: note.number for note in notes(config)}
    sheet.lines(_MANY_TABLES, color=MUTED)
    sheet.lines(
        say(
            "{mark} = skyddad siffra (not {hidden}). n = täljare, N = nämnare (not {parts})."
            " Osäkerhet: not {chance}. Förändring: not {changed}.",
            mark=HIDDEN,
            hidden=numbers[HIDDEN],
            parts=numbers[_PARTS],
            chance=numbers[_CHANCE],
            changed=numbers[_CHANGED],
        ),
        color=MUTED,
    )
    sheet.append([Entry(say("Alla förklaringar: bladet {name}", name=NAME), link=place, wrap=False)])


def _told(config: Config) -> Iterator[tuple[str, ...]]:
    yield HIDDEN, say("Skyddad siffra. {hidden_groups}", hidden_groups=terms.hidden_groups(config))
    yield DASH, say("Finns inte eller är inte tillämpligt.")
    yield words.NOTHING, say("Inget ärende hörde till måttet under tiden.")
    yield later(Status.NO_DATA.value), say("Utdraget eller kolumnen har inte levererats.")
    yield _PARTS, say("n är täljaren, N nämnaren: n av N.")
    yield _CHANCE, words.INTERVAL
    yield _CHANGED, _CHANGE
    for mark, word, meaning in _STATUSES:
        yield f"{SHAPES[mark]} {word}", meaning, theme_color("status", "light", mark.value)
