"""Workbooks of Öppna jämförelser in the layouts that they may come in, all of them of one invented truth.

`LAYOUTS`: name → a function that writes the workbook in a folder and gives its path. Each holds `TRUTH`, or the part of
it that `HELD` says. How real workbooks look could not be verified: that is why there are so many.

    .venv/bin/python -m tests.unit.comparison.workbooks FOLDER
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.model.comparison import Missing
from tests import writers

AREA, YEAR = "Funktionsnedsättning", 2025
TITLE = f"Öppna jämförelser {YEAR} – stöd till personer med funktionsnedsättning"
PLAN, WAIT, ROUTINE = "Brukare med aktuell genomförandeplan", "Väntetid till bostad", "Aktuell rutin för samverkan"
UNITS = {PLAN: "%", WAIT: "dagar", ROUTINE: "%"}
TEXTS = {
    PLAN: "Andel brukare vars genomförandeplan har upprättats eller följts upp de senaste tolv månaderna.",
    WAIT: "Dagar från beslut till inflyttning, genomsnitt.",
    ROUTINE: "Har kommunen en rutin för samverkan som är skriven, beslutad och följs upp?",
}
COUNTIES = {"01": "Stockholms län", "05": "Östergötlands län", "12": "Skåne län"}
NAMES = {"0114": "Upplands Väsby", "0180": "Stockholm", "0182": "Nacka", "0580": "Linköping", "1285": "Eslöv"}
EVERYBODY = {**NAMES, **COUNTIES, "0000": "Riket"}
NO, APPLIES, SECRET = Missing.NOT_ANSWERED, Missing.NOT_APPLICABLE, Missing.SECRET
Value = float | Missing

# Indicator → code → value, for all; then for women and men where that is known.
TRUTH: Mapping[str, Mapping[str, Value]] = {
    PLAN: {"0114": 81.5, "0180": 64.0, "0182": NO, "0580": 90.0, "1285": 12.25,
           "01": 70.5, "05": 90.0, "12": 55.0, "0000": 66.1},
    WAIT: {"0114": 1234.5, "0180": 98.0, "0182": 41.0, "0580": APPLIES, "1285": SECRET,
           "01": 101.0, "05": 77.7, "12": SECRET, "0000": 99.9},
    ROUTINE: {"0114": 100.0, "0180": 100.0, "0182": 0.0, "0580": NO, "1285": 0.0,
              "01": 58.0, "05": 61.5, "12": 33.3, "0000": 47.0},
}  # fmt: skip
BY_GENDER: Mapping[str, Mapping[str, Value]] = {
    "K": {"0114": 83.0, "0180": 65.0, "0182": NO, "0580": SECRET, "1285": 20.0},
    "M": {"0114": 80.0, "0180": 63.0, "0182": NO, "0580": SECRET, "1285": 5.5},
}
MARKS = {NO: "-", APPLIES: ".", SECRET: ".."}

Held = dict[tuple[str, str, int, str], Value]
HELD: dict[str, Held] = {}
LAYOUTS: dict[str, Callable[[Path], Path]] = {}


def held(*titles: str, codes: Sequence[str] = tuple(EVERYBODY)) -> Held:
    """The part of the truth that stands in a workbook with these indicators and parties."""
    return {(title, code, YEAR, "T"): TRUTH[title][code] for title in titles for code in codes}


def _layout(name: str, held: Held) -> Callable[[Callable[[Path], Path]], Callable[[Path], Path]]:
    def register(function: Callable[[Path], Path]) -> Callable[[Path], Path]:
        LAYOUTS[name], HELD[name] = function, held
        return function

    return register


def _shown(value: Value) -> object:
    return MARKS[value] if isinstance(value, Missing) else value


def _text(value: Value) -> str:
    """As Swedish spreadsheets show it: `1 234,5`."""
    if isinstance(value, Missing):
        return MARKS[value]
    return f"{value:,.2f}".replace(",", "\u00a0").replace(".", ",").removesuffix("0").removesuffix(",0")


def _answer(code: str) -> object:
    value = TRUTH[ROUTINE][code]
    if isinstance(value, Missing) or code not in NAMES:
        return _shown(value)
    return "Ja" if value else "Nej"


def _county(code: str) -> str:
    return COUNTIES[code[:2]]


@_layout("one sheet", held(PLAN, WAIT, codes=tuple(NAMES)))
def one_sheet(folder: Path) -> Path:
    """Title rows, then everything in one sheet; codes are texts."""
    rows: list[Sequence[object]] = [
        [TITLE], ["Källa: Socialstyrelsen"], [],
        ["Kommunkod", "Kommun", "Län", f"{PLAN} (procent)", f"{WAIT}, dagar"],
    ]  # fmt: skip
    rows += [[code, name, _county(code), *(_shown(TRUTH[one][code]) for one in (PLAN, WAIT))]
             for code, name in NAMES.items()]  # fmt: skip
    return writers.write(folder / "resultat.xlsx", [*rows, [], ["Källa: Socialstyrelsens enkät"]], sheet="Kommun")


@_layout("three sheets", held(PLAN, WAIT, ROUTINE))
def three_sheets(folder: Path) -> Path:
    """Kommun, Län, Riket and the descriptions; codes are numbers that lost a zero; marks are explained."""
    book = openpyxl.Workbook()
    (first,) = book.worksheets
    first.title = "Information"
    _fill(first, [[TITLE], [], ["Teckenförklaring"], ["-", "Kommunen har inte svarat"], [".. = sekretess"],
                  [". Ej tillämpligt"]])  # fmt: skip
    headings = [PLAN, WAIT, ROUTINE]

    def values(code: str) -> list[object]:
        return [_shown(TRUTH[PLAN][code]), _shown(TRUTH[WAIT][code]), _answer(code)]

    _fill(book.create_sheet("Kommun"), [["Resultat per kommun"], ["Kommunkod", "Kommun", "Län", *headings],
                                        *([int(code), name, _county(code), *values(code)]
                                          for code, name in NAMES.items())])  # fmt: skip
    counties = [[int(code), name, *values(code)] for code, name in COUNTIES.items()]
    _fill(book.create_sheet("Län"), [["Länskod", "Län", *headings], *counties])
    _fill(book.create_sheet("Riket"), [["", *headings], ["Riket", *values("0000")]])
    _fill(book.create_sheet("Indikatorer"), [["Indikatorer"], ["Indikator", "Beskrivning", "Enhet"],
                                             *([one, TEXTS[one], "procent" if UNITS[one] == "%" else UNITS[one]]
                                               for one in headings)])  # fmt: skip
    return _saved(book, folder / "funktionsnedsattning.xlsx")


@_layout("merged headings", held(PLAN, WAIT, codes=tuple(NAMES))
         | {(PLAN, code, YEAR, gender): value for gender, each in BY_GENDER.items()
            for code, value in each.items()})  # fmt: skip
def merged_headings(folder: Path) -> Path:
    """An indicator's heading over women, men and all; the headings of place are merged downward."""
    book = openpyxl.Workbook()
    (sheet,) = book.worksheets
    sheet.title = "Kommuner"
    _fill(sheet, [[TITLE], ["Resultat för kommuner"], [],
                  ["Kommunkod", "Kommun", "Län", f"{PLAN}\n(andel, procent)", "", "", WAIT],
                  ["", "", "", "Kvinnor", "Män", "Totalt", "Dagar"],
                  *([code, name, _county(code), *map(_shown, (BY_GENDER["K"][code], BY_GENDER["M"][code],
                                                              TRUTH[PLAN][code], TRUTH[WAIT][code]))]
                    for code, name in NAMES.items())])  # fmt: skip
    for merged in ("A1:G1", "A4:A5", "B4:B5", "C4:C5", "D4:F4"):
        sheet.merge_cells(merged)
    return _saved(book, folder / "bok.xlsx")


@_layout("texts with decimal comma", held(PLAN, WAIT, ROUTINE))
def texts_with_comma(folder: Path) -> Path:
    """Every value a text; a heading over groups of indicators; the nation and counties stand among municipalities."""
    book = openpyxl.Workbook()
    (sheet,) = book.worksheets
    sheet.title = "Tabell 1"

    def values(code: str) -> list[object]:
        return [f"{_text(TRUTH[PLAN][code])} %".replace("- %", "-"), _text(TRUTH[WAIT][code]), _answer(code)]

    _fill(sheet, [[TITLE], [], ["", "", "Individanpassning", "", "Samverkan"],
                  ["Kod", "Kommun", PLAN, f"{WAIT} (dagar)", ROUTINE],
                  ["", "Riket", *values("0000")],
                  *([code, name, *values(code)] for code, name in COUNTIES.items()),
                  *([code, name, *values(code)] for code, name in NAMES.items()),
                  [], ["- = bortfall, .. = sekretess, . = ej tillämpligt"], ["Källa: Socialstyrelsen"]])  # fmt: skip
    sheet.merge_cells("C3:D3")
    return _saved(book, folder / "tabeller.xlsx")


@_layout("years and per cent cells", held(PLAN) | {(PLAN, code, YEAR - 1, "T"): value - 2
                                                   for code, value in TRUTH[PLAN].items()
                                                   if not isinstance(value, Missing)}
         | {(PLAN, "0182", YEAR - 1, "T"): NO})  # fmt: skip
def years_and_per_cent(folder: Path) -> Path:
    """Years below each indicator; shares of one that are shown as per cent."""
    book = openpyxl.Workbook()
    (sheet,) = book.worksheets
    _fill(sheet, [[TITLE], ["Kommunkod", "Kommun", f"{PLAN} (andel)", ""], ["", "", YEAR - 1, YEAR]])
    for code, name in EVERYBODY.items():
        value = TRUTH[PLAN][code]
        cells = ["-", "-"] if isinstance(value, Missing) else [(value - 2) / 100, value / 100]
        sheet.append([code, name, *cells])
        for place in (3, 4):
            sheet.cell(sheet.max_row, place).number_format = "0.0%"
    sheet.merge_cells("C2:D2")
    return _saved(book, folder / "utveckling.xlsx")


@_layout("numbered headings", held(PLAN, WAIT, ROUTINE, codes=tuple(NAMES)))
def numbered_headings(folder: Path) -> Path:
    """The columns have numbers alone; what they are stands on another sheet, and the area in the file's name."""
    book = openpyxl.Workbook()
    (sheet,) = book.worksheets
    sheet.title = "Data"
    _fill(sheet, [["Kommunkod", "Kommun", "Kommungrupp", "Indikator 1", "Indikator 2", "Indikator 3", "Antal svarande"],
                  *([code, name, "A1", _shown(TRUTH[PLAN][code]), _shown(TRUTH[WAIT][code]), _answer(code), 12]
                    for code, name in NAMES.items())])  # fmt: skip
    _fill(book.create_sheet("Beskrivningar"), [
        ["Nr", "Indikatornamn", "Definition", "Måttenhet"],
        *([number, one, TEXTS[one], "%" if UNITS[one] == "%" else UNITS[one]]
          for number, one in enumerate((PLAN, WAIT, ROUTINE), 1)),
    ])  # fmt: skip
    return _saved(book, folder / f"oppna-jamforelser-{YEAR}-funktionsnedsattning.xlsx")


@_layout("names alone", held(PLAN, WAIT))
def names_alone(folder: Path) -> Path:
    """No codes at all, in an OpenDocument spreadsheet."""
    rows: list[Sequence[object]] = [[TITLE], ["Kommun", PLAN + ", procent", WAIT + " – dagar"]]
    rows += [[name, *(_shown(TRUTH[one][code]) for one in (PLAN, WAIT))] for code, name in EVERYBODY.items()]
    return writers.write(folder / "kommuner.ods", rows)


@_layout("old workbook", held(PLAN, WAIT, codes=tuple(NAMES)))
def old_workbook(folder: Path) -> Path:
    """The first layout with numbered headings, as a workbook of the old kind (.xls)."""
    rows: list[Sequence[object]] = [
        [TITLE], [], ["Kommunkod", "Kommunnamn", "Länsnamn", f"1. {PLAN}\nprocent", f"Indikator 2: {WAIT} (dagar)"],
    ]  # fmt: skip
    rows[2] = [*rows[2][:3], f"1. {PLAN} (%)", rows[2][4]]
    rows += [[int(code), name, _county(code), *(_shown(TRUTH[one][code]) for one in (PLAN, WAIT))]
             for code, name in NAMES.items()]  # fmt: skip
    return writers.write(folder / "resultat.xls", rows)


def _fill(sheet: Worksheet, rows: Sequence[Sequence[object]]) -> None:
    for row in rows:
        sheet.append(["" if cell is None else cell for cell in row] if row else [None])
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value == "":
                cell.value = None


def _saved(book: openpyxl.Workbook, path: Path) -> Path:
    book.save(path)
    return path


if __name__ == "__main__":
    for name, write in LAYOUTS.items():
        home = Path(sys.argv[1]) / name.replace(" ", "-")
        home.mkdir(parents=True, exist_ok=True)
        write(home)
