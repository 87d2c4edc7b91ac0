"""The values of a workbook by indicator, from all its sheets; what cannot be read, or disagrees, is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from pipeline.comparison.oppna_jamforelser import cells as table_cells
from pipeline.comparison.oppna_jamforelser.cells import Cell, Marks
from pipeline.comparison.oppna_jamforelser.descriptions import Descriptions
from pipeline.comparison.oppna_jamforelser.headings import Heading, title_key, year_of
from pipeline.comparison.oppna_jamforelser.layout import Layout, Page, cell
from pipeline.comparison.oppna_jamforelser.parties import Names, Not, party
from pipeline.comparison.oppna_jamforelser.words import Words
from pipeline.model.comparison import Kind, Missing, Observation, Party
from pipeline.sources.non_rows import counted, places
from pipeline.sources.wording import fold

PERCENT = "%"
_ENOUGH = 10  # municipalities, for the nation's value to lie among theirs
_NOBODY = {
    Not.DISTRICT: "gäller delar av en kommun och lästes inte",
    Not.UNKNOWN_CODE: "har en kod som inte är någon kommuns eller något läns och lästes inte",
    Not.WITHOUT_CODE: (
        "har ett namn men ingen kod, och lästes inte: kör python -m pipeline compare fetch, som hämtar kommunernas"
        " koder, och importera filen igen"
    ),
    Not.NAMED: "har värden men säger inte vem de gäller, och lästes inte",
}
_Whose = tuple[str, int, str]  # code, year, gender


@dataclass
class Gathered:
    """One indicator as its sheets give it, in the order that they do."""

    title: str
    unit: str
    text: str = ""
    parties: dict[str, Party] = field(default_factory=dict)
    cells: dict[_Whose, Cell] = field(default_factory=dict)
    is_answers: bool = False

    def observations(self) -> Iterator[Observation]:
        """Its values; what could not be read has none."""
        for (code, year, gender), one in self.cells.items():
            yield Observation(self.parties[code], year, gender, one.value, one.missing)


@dataclass
class Gathering:
    """All indicators by their titles as they are compared, and Swedish sentences on what could not be read."""

    words: Words
    marks: Marks
    codes: Mapping[str, str]
    descriptions: Descriptions
    year: int
    indicators: dict[str, Gathered] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def take(self, page: Page, layout: Layout) -> None:
        """Take in a sheet's table."""
        columns = dict(self._columns(page, layout))
        nobody: dict[Not, list[int]] = {}
        unread: dict[int, list[int]] = {}
        for number, cells in page.rows[layout.ends :]:
            whose = party(self._names(cells, layout), self.words, self.codes)
            if isinstance(whose, Not):
                if self._is_data(cells, layout):
                    nobody.setdefault(whose, []).append(number)
                continue
            year = year_of(cell(cells, layout.places.get("year"))) or self.year
            for place, (heading, indicator) in columns.items():
                if self._put(indicator, whose, heading.year or year, heading.gender, cell(cells, place)):
                    unread.setdefault(place, []).append(number)
        self._tell(page, columns, nobody, unread)

    def finish(self) -> list[Gathered]:
        """The indicators that have a value, once all sheets are taken: judged over all of their values."""
        found = []
        for one in self.indicators.values():
            _judge_answers(one)
            self.notes += [f"{one.title}: {what}." for what in (_out_of_range(one), _unlikely_nation(one)) if what]
            if any(given.value is not None for given in one.cells.values()):
                found.append(one)
            elif one.cells:
                self.notes.append(f"{one.title}: inget värde kunde läsas, så indikatorn är inte med.")
        return found

    def _names(self, cells: Sequence[str], layout: Layout) -> Names:
        return Names(**{kind: cell(cells, layout.places.get(kind)) for kind in ("code", "name", "county")})

    def _is_data(self, cells: Sequence[str], layout: Layout) -> bool:
        values = (cell(cells, place) for place in layout.columns)
        return any(text and table_cells.read(text, self.words, self.marks).value is not None for text in values)

    def _columns(self, page: Page, layout: Layout) -> Iterator[tuple[int, tuple[Heading, Gathered]]]:
        """The columns that give an indicator each; two that say the same are both left out, and told."""
        named = {place: self._named(one) for place, one in layout.columns.items() if not one.is_passed_over}
        named = {place: one for place, one in _told_apart(named).items() if one.title}
        ordered = sorted(named.items(), key=lambda item: _same(item[1]))
        for _, group in groupby(ordered, key=lambda item: _same(item[1])):
            (place, one), *others = group
            if others:
                self.notes.append(f"Blad {page.name}: flera kolumner heter ”{one.title}” och ingen av dem lästes.")
            else:
                yield place, (one, self._indicator(one))

    def _named(self, heading: Heading) -> Heading:
        """A heading with its title from the descriptions, where it has only a number."""
        if heading.title:
            return heading
        described = self.descriptions.of(heading.number, "")
        title = described.title if described else ""
        return Heading(title or heading.number, heading.number, heading.group, heading.gender, heading.year,
                       heading.unit)  # fmt: skip

    def _indicator(self, heading: Heading) -> Gathered:
        described = self.descriptions.of(heading.number, heading.title)
        unit = heading.unit or (described.unit if described else "")
        one = self.indicators.setdefault(title_key(heading.title), Gathered(heading.title, unit))
        one.unit = one.unit or unit
        one.text = one.text or (described.text if described else "")
        return one

    def _put(self, one: Gathered, whose: Party, year: int, gender: str, text: str) -> bool:
        """Note a value; True when the cell cannot be read."""
        read = table_cells.read(text, self.words, self.marks)
        key = (whose.code, year, gender)
        earlier = one.cells.get(key)
        one.parties.setdefault(whose.code, whose)
        one.is_answers |= read.is_answer
        one.unit = one.unit or (PERCENT if read.is_percent else "")
        if earlier is None or earlier.value is None:
            one.cells[key] = read if earlier is None or read.value is not None else earlier
        elif read.value is not None and read.value != earlier.value:
            one.cells[key] = Cell(missing=Missing.NONE)
            self.notes.append(
                f"{one.title}: {whose.name} har olika värden på olika ställen i boken ({year}); inget av dem är med."
            )
        return read.is_unread

    def _tell(
        self,
        page: Page,
        columns: Mapping[int, tuple[Heading, Gathered]],
        nobody: Mapping[Not, Sequence[int]],
        unread: Mapping[int, Sequence[int]],
    ) -> None:
        for why, numbers in nobody.items():
            rows = counted(len(numbers), "rad", "rader")
            self.notes.append(f"Blad {page.name}: {rows} ({places(numbers)}) {_NOBODY[why]}.")
        for place, numbers in unread.items():
            cells = counted(len(numbers), "cell", "celler")
            self.notes.append(
                f"Blad {page.name}, kolumnen ”{columns[place][0].title}”: {cells} ({places(numbers)}) är varken tal,"
                " ja, nej eller något känt tecken och räknas som uppgift saknas."
            )


def _same(one: Heading) -> tuple[str, str, int]:
    return title_key(one.title), one.gender, one.year or 0


def _told_apart(columns: Mapping[int, Heading]) -> dict[int, Heading]:
    """Columns with one title in several units are named by unit, those under several groups by group."""
    by_unit = {place: _with(one, _unit_suffix(one, columns.values())) for place, one in columns.items()}
    met: dict[tuple[str, str, int], int] = {}
    for one in by_unit.values():
        met[_same(one)] = met.get(_same(one), 0) + 1
    return {
        place: _with(one, f"{one.group}: {one.title}") if met[_same(one)] > 1 and one.group else one
        for place, one in by_unit.items()
    }


def _unit_suffix(one: Heading, every: Iterable[Heading]) -> str:
    units = {other.unit for other in every if fold(other.title) == fold(one.title)}
    return f"{one.title} ({one.unit})" if len(units) > 1 and one.unit not in ("", PERCENT) else one.title


def _with(one: Heading, title: str) -> Heading:
    return Heading(title, one.number, one.group, one.gender, one.year, one.unit, one.is_passed_over)


def _judge_answers(one: Gathered) -> None:
    """Municipalities that answer yes or no: 100 and 0; counties and the nation have the share that said yes."""
    if one.is_answers:
        one.unit = PERCENT
        for key, given in one.cells.items():
            is_number = given.value is not None and not given.is_answer
            if is_number and one.parties[key[0]].kind is Kind.MUNICIPALITY:
                one.cells[key] = Cell(missing=Missing.NONE)


def _out_of_range(one: Gathered) -> str:
    """Per cent that cannot be: outside 0–100, or shares of 1 that are called per cent; they are taken away."""
    if one.unit != PERCENT:
        return ""
    numbers = {key: given.value for key, given in one.cells.items() if given.value is not None and not given.is_answer}
    outside = [key for key, value in numbers.items() if not 0 <= value <= 100]
    if outside:
        _take_away(one, outside)
        return f"{counted(len(outside), 'värde', 'värden')} utanför 0–100 procent är inte med"
    if numbers and all(value <= 1 for value in numbers.values()) and any(0 < value < 1 for value in numbers.values()):
        _take_away(one, list(numbers))
        return (
            "alla värden ligger mellan 0 och 1, så det går inte att veta om de är procent eller delar av 1. De är inte"
            " med; formatera cellerna som procent och importera filen igen"
        )
    return ""


def _unlikely_nation(one: Gathered) -> str:
    """A mean lies among what it is a mean of; a nation's value that does not is in another unit, and taken away."""
    away = []
    for key, given in one.cells.items():
        if one.parties[key[0]].kind is Kind.NATION and given.value is not None and one.unit == PERCENT:
            others = [
                other.value
                for (code, *rest), other in one.cells.items()
                if rest == [*key[1:]] and one.parties[code].kind is Kind.MUNICIPALITY and other.value is not None
            ]
            if len(others) >= _ENOUGH and not min(others) <= given.value <= max(others):
                away.append(key)
    _take_away(one, away)
    return "rikets värde ligger utanför alla kommuners och är inte med" if away else ""


def _take_away(one: Gathered, keys: Sequence[_Whose]) -> None:
    for key in keys:
        one.cells[key] = Cell(missing=Missing.NONE)
