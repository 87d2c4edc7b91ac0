"""The quarter's three forms: what each may hold, and what it must say."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from pipeline.model import Citation
from pipeline.model.cases import (
    CouncilStatistics,
    Counted,
    CountTable,
    Named,
    Persons,
    Reported,
    Unexecuted,
    UnexecutedDecision,
)
from pipeline.periods import Period
from pipeline.publish import ivo_council, ivo_words, ivo_workbook
from tests.unit.publish import fakes

Q3 = Period.parse("2026Q3")
ROW = UnexecutedDecision(
    decision_id="B1", person="aaaa", state=Reported.NEW, is_interruption=False, law="SoL", service="Hemtjänst",
    decided=date(2026, 6, 1), days=121, partly=None, is_partly=False, interrupted=None, offer_made=date(2026, 7, 1),
    offer_declined=None, done=None, delay_reason="=Saknar plats", end_reason="", unit="Bistånd", area="Äldreomsorg",
    gender="kvinna", is_protected=False, citations=(Citation("34 kap. 1 § SoL", verified=True),),
)  # fmt: skip
SECRET = replace(ROW, decision_id="B2", person="bbbb", is_protected=True, service="Skyddat boende")
DONE = replace(ROW, decision_id="B3", person="cccc", state=Reported.EXECUTED, done=date(2026, 8, 1), days=61)
PERSONS = Persons({"aaaa": Named("19900101-1239", "Ada Ek"), "bbbb": Named("19800101-T123")}, listed=7, unread=1)


def report(*rows: UnexecutedDecision, **changes: object) -> Unexecuted:
    found = Unexecuted(
        Q3, rows or (ROW, SECRET, DONE), before=1, reported_from=date(2026, 10, 1), reported_to=date(2026, 10, 31),
        delivered=date(2026, 10, 2), has_flag=True,
    )  # fmt: skip
    return replace(found, **changes)  # type: ignore[arg-type]


def sheets(file: Path) -> dict[str, list[list[object]]]:
    return {
        sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)]
        for sheet in openpyxl.load_workbook(file).worksheets
    }


def text_of(rows: list[list[object]]) -> str:
    return "\n".join(str(cell) for row in rows for cell in row if cell)


def supervisor(folder: Path, found: Unexecuted, persons: Persons | None = None) -> dict[str, list[list[object]]]:
    ivo_workbook.write_supervisor(folder / "i.xlsx", found, fakes.config(), fakes.run_info(), persons)
    return sheets(folder / "i.xlsx")


def auditors(folder: Path, found: Unexecuted, persons: Persons | None = None) -> dict[str, list[list[object]]]:
    ivo_workbook.write_auditors(folder / "r.xlsx", found, fakes.config(), fakes.run_info(), persons)
    return sheets(folder / "r.xlsx")


def test_the_supervisor_gets_every_decision_and_those_protected_by_id_alone(tmp_path: Path):
    found = supervisor(tmp_path, report(), PERSONS)
    text = str(found["Att rapportera"])
    assert [row[0] for row in found["Att rapportera"][5:]] == ["B1", "B3"]
    assert ("19900101-1239" in text, "Ada Ek" in text, "=Saknar plats" in text) == (True, True, True)
    assert [cell for cell in found["Manuell lista"][-1] if cell] == ["B2"]
    assert not [said for said in ("T123", "Skyddat boende", "aaaa", "bbbb") if said in str(found)]
    assert "1\xa0beslut saknar personnummer" in text_of(found["Om rapporten"])
    assert "1–31\xa0oktober 2026" in text_of(found["Om rapporten"])


def test_the_auditors_get_the_same_without_those_protected(tmp_path: Path):
    found = auditors(tmp_path, report(), PERSONS)
    assert [row[0] for row in found["Beslut"][5:]] == ["B1", "B3"]
    assert found["Beslut"][4:] == supervisor(tmp_path, report(), PERSONS)["Att rapportera"][4:]
    assert "B2" not in str(found)
    assert "1\xa0beslut om personer med skyddade personuppgifter är utelämnade" in text_of(found["Om rapporten"])


def test_without_a_list_of_persons_a_person_is_the_cases_id(tmp_path: Path):
    found = supervisor(tmp_path, report(ROW))
    assert set(found) == {"Att rapportera", "Om rapporten"}
    assert "Personnummer" not in found["Att rapportera"][4]
    row = dict(zip(found["Att rapportera"][4], found["Att rapportera"][5], strict=True))
    assert (row["Beslut-ID"], row["Rapporteras som"], row["Gäller"], row["Dagar sedan beslutet"]) == (
        "B1", "nytt", "hela beslutet", 121,
    )  # fmt: skip
    assert (row["Lagrum"], row["Avbrott"]) == ("34 kap. 1 § SoL", None)


def test_nothing_to_report_is_said_plainly(tmp_path: Path):
    found = report(SECRET)
    none = replace(found, rows=())
    assert "Inget att rapportera" in str(auditors(tmp_path, none))
    assert "Ingen individrapport har skrivits" in " ".join(ivo_words.closing(none, None))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (ROW, "hela beslutet"),
        (replace(ROW, is_partly=True), "den del som saknas"),
        (replace(ROW, is_interruption=True), "avbrott"),
    ],
)
def test_what_of_a_decision_is_reported(row: UnexecutedDecision, said: str):
    assert ivo_words.concerns(row) == said


def test_the_sentence_counts_each_state_in_one_and_many():
    found = report(ROW, ROW, DONE, replace(ROW, state=Reported.WAITING))
    assert ivo_words.summary(found) == (
        "3\xa0beslut hade väntat mer än tre månader den 30\xa0september 2026."
        " Rapporten har 2\xa0nya, 1\xa0som väntar sedan förra kvartalet och 1\xa0verkställt."
    )


def test_a_delivery_before_the_quarters_end_and_a_missing_flag_are_told():
    told = " ".join(ivo_words.closing(report(delivered=date(2026, 9, 29), has_flag=False), PERSONS))
    assert "preliminära" in told
    assert "visar inte vilka" in told
    assert "19900101" not in told


def statistics(**changes: object) -> CouncilStatistics:
    tables = (
        CountTable("Kvinnor och män", "Kön", (Counted("Kvinnor", 22), Counted("Män", 15))),
        CountTable("Typ av insats", "Insats", (Counted("<b>Hemtjänst</b>", 1400), Counted("Övriga insatser", None))),
        CountTable("Lag", "Lag", ()),
    )
    found = CouncilStatistics(Q3, 37, 0, tables, (Citation("34 kap. 1 § SoL"),), 5, date(2026, 10, 2), is_final=True)
    return replace(found, **changes)  # type: ignore[arg-type]


def page(folder: Path, found: CouncilStatistics, demo: bool = False) -> str:
    ivo_council.write_page(folder / "f.html", found, fakes.config(), fakes.run_info(demo=demo))
    return (folder / "f.html").read_text(encoding="utf-8")


def test_the_council_gets_numbers_and_hidden_ones_are_marked(tmp_path: Path):
    text = page(tmp_path, statistics())
    assert "Den 30\xa0september 2026 hade 37\xa0beslut väntat" in text
    assert "När kvartalet började var det inget." in text
    assert '<i class="h">skyddad</i>' in text
    assert "1\xa0400" in text
    assert "&lt;b&gt;Hemtjänst" in text
    assert "Fördelningen visas inte, eftersom antalen är för små." in text
    assert "inte kontrollerad mot författningen" in text
    assert (text.count("<h1>"), "<script" in text, "http" in text.replace("http-equiv", "")) == (1, False, False)
    ivo_council.write_workbook(tmp_path / "f.xlsx", statistics(), fakes.config(), fakes.run_info())
    cells = [row[:2] for row in sheets(tmp_path / "f.xlsx")["Statistik"]]
    assert [row for row in cells if row[0] in ("Kvinnor", "Övriga insatser")] == [
        ["Kvinnor", 22],
        ["Övriga insatser", "··"],
    ]


def test_a_quarter_without_decisions_or_with_very_few_says_so(tmp_path: Path):
    none = page(tmp_path, statistics(total=0, tables=()))
    assert "hade inget beslut väntat" in none or "Inget beslut hade väntat" in none
    few = page(tmp_path, statistics(total=3, tables=(CountTable("Lag", "Lag", ()),)))
    assert "eftersom de är för få" in few
    assert "<table" not in few


def test_a_preliminary_or_invented_report_says_so(tmp_path: Path):
    text = page(tmp_path, statistics(is_final=False, delivered=date(2026, 9, 1)), demo=True)
    assert "Siffrorna är preliminära" in text
    assert text.count("DEMODATA") > 2
