"""What is written as a profile, and what is never touched."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from pipeline import inspection
from pipeline.config import Config
from pipeline.errors import WrongUse
from pipeline.inspection import Inspection
from tests.unit.inspection.looking import PERSON

ENGLISH = (
    "Child Unique ID,Gender,DOB,Assessment start,Assessment completed,Outcome,Allocated Team,Conclusions",
    f"{PERSON},Female,13/05/2012,03/02/2026,20/03/2026,Child in need plan,Anna Svensson,x",
    "C2,Male,01/07/2015,10/02/2026,25/03/2026,Parked,Team north,y",
    "C3,Male,01/07/2015,11/02/2026,,,Team north,z",
)
DECISIONS = (
    "Decision ID;Child ID;Team;Area;Legislation;Service;Decision date;Decision outcome",
    "D1;C1;North;Children;SoL;Home care;13/02/2026;Granted",
    "D2;C2;North;Children;SoL;Home care;14/02/2026;Refused",
)
Save = Callable[..., Inspection]


@pytest.fixture
def save(tmp_path: Path, settings: Config) -> Save:
    def saved(*rows: str, name: str = "assessments_2026-09-01.csv", **options: Any) -> Inspection:
        file = tmp_path / name
        file.write_text("\n".join(rows) + "\n", encoding="utf-8")
        return inspection.inspect(file, settings, save=True, **options)

    return saved


def text_of(found: Inspection) -> str:
    assert found.saved
    return found.saved.read_text(encoding="utf-8")


def test_the_profile_is_called_as_the_file_without_its_date(save: Save, settings: Config):
    assert save(*ENGLISH).saved == settings.paths.profiles / "assessments.toml"


def test_sure_guesses_hold_and_the_others_are_comments(save: Save):
    text = text_of(save(*ENGLISH))
    document = tomllib.loads(text)
    assert document["files"] == {"investigations": ["assessments*"]}
    assert document["dates"] == {"order": "day first"}
    assert document["investigations"]["headings"]["opened"] == ["Assessment start"]
    assert document["investigations"]["derived"]["birth_year"] == {"year": "DOB"}
    assert document["investigations"]["codes"]["outcome"] == {"insats": ["Child in need plan"]}
    assert '# "…" = ["Parked"]  # okänd: byt … mot en av insats, ingen insats, avbruten, övrigt' in text
    assert '# area = "…"' in text
    assert '"Child in need plan"]  # Child in need plan 95 %' in text


def test_nothing_in_it_tells_who_somebody_is(save: Save):
    text = text_of(save(*ENGLISH))
    for secret in (PERSON, "Anna", "C2", "2012"):
        assert secret not in text


def test_a_heading_shaped_as_a_person_is_not_written(save: Save):
    text = text_of(save(ENGLISH[0].replace("Conclusions", f"Outcome {PERSON}"), *ENGLISH[1:]))
    assert PERSON not in text


def test_a_code_column_full_of_names_gives_no_codes(save: Save):
    rows = [f"C{n},Male,,03/02/2026,,Person Nummer{n},Norr,x" for n in range(40)]
    assert "Nummer" not in text_of(save(ENGLISH[0], *rows, extract="investigations"))


def test_text_that_means_something_in_toml_is_written_as_text(save: Save):
    header = ENGLISH[0].replace("Assessment start", '"Assessment ""start"" \\"')
    document = tomllib.loads(text_of(save(header, *ENGLISH[1:])))
    assert document["investigations"]["headings"]["opened"] == ['Assessment "start" \\']


def test_what_an_extract_has_is_never_overwritten(save: Save):
    before = text_of(save(*ENGLISH))
    with pytest.raises(WrongUse, match=r"assessments.toml säger redan hur utredningar läses") as fault:
        save(*ENGLISH)
    assert fault.value.exit_code == 2
    assert text_of(save(*DECISIONS, name="x.csv")) != before


def test_another_extract_is_added_and_nothing_else_is_changed(save: Save):
    before = text_of(save(*ENGLISH))
    document = tomllib.loads(text_of(save(*DECISIONS, name="decisions_2026.csv", profile="assessments")))
    assert document["files"] == {"investigations": ["assessments*"], "decisions": ["decisions*"]}
    assert document["decisions"]["codes"]["result"] == {"bifall": ["Granted"], "avslag": ["Refused"]}
    assert document["investigations"] == tomllib.loads(before)["investigations"]


def test_lines_that_somebody_wrote_by_hand_stay(save: Save):
    found = save(*ENGLISH)
    assert found.saved
    found.saved.write_text(f"# mitt eget\n{text_of(found)}", encoding="utf-8")
    assert text_of(save(*DECISIONS, name="decisions.csv", profile="assessments")).startswith("# mitt eget\n")


def test_a_table_that_cannot_be_added_to_is_told(save: Save, settings: Config):
    (settings.paths.profiles / "egen.toml").write_text('files = { plans = ["p*"] }\n', encoding="utf-8")
    found = save(*DECISIONS, name="decisions.csv", profile="egen")
    assert found.by_hand == ('under files: decisions = ["decisions*"]',)


def test_dates_that_are_written_the_other_way_need_a_profile_of_their_own(save: Save):
    save(*ENGLISH)
    american = [row.replace("13/02/2026", "02/13/2026").replace("14/02/2026", "02/14/2026") for row in DECISIONS]
    with pytest.raises(WrongUse, match='säger order = "day first"'):
        save(*american, name="decisions.csv", profile="assessments")


def test_without_save_nothing_is_written(tmp_path: Path, settings: Config):
    file = tmp_path / "a.csv"
    file.write_text("\n".join(ENGLISH), encoding="utf-8")
    before = sorted(settings.paths.profiles.iterdir())
    assert inspection.inspect(file, settings).saved is None
    assert sorted(settings.paths.profiles.iterdir()) == before


def test_a_name_that_tells_nothing_gives_no_pattern(save: Save):
    text = text_of(save(*ENGLISH, name="2026-09-01.csv"))
    assert "files" not in tomllib.loads(text) or tomllib.loads(text)["files"] == {}
    assert '# investigations = ["…*"]' in text


def test_a_profile_names_its_file_also_where_the_configuration_does(save: Save):
    """A profile that names the file goes before the contract's own words."""
    document = tomllib.loads(text_of(save(*ENGLISH, name="utredningar_2026.csv")))
    assert document["files"] == {"investigations": ["utredningar*"]}


def book(file: Path, **sheets: Sequence[str]) -> Path:
    """A workbook; each sheet's rows as text with commas."""
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row.split(","))
    made.save(file)
    return file


def test_sheets_of_one_extract_may_both_derive_a_column(tmp_path: Path, settings: Config):
    header = "Child Unique ID,Gender,{},Assessment start,Outcome,{}"
    rows = [f"C{number},Female,{number}/05/2012,{number}/02/2026,No services,North" for number in range(10, 20)]
    file = book(
        tmp_path / "years.xlsx",
        A=[header.format("DOB", "Team"), *rows],
        B=[header.format("Date of birth", "Unit"), *rows],
    )
    found = inspection.inspect(file, settings, extract="utredningar", save=True)
    made = tomllib.loads(text_of(found))["investigations"]
    assert made["derived"]["birth_year"] == {"year": "DOB"}
    assert made["headings"]["unit"] == ["Team", "Unit"]
    assert '# birth_year = { year = "Date of birth" }' in text_of(found)


def test_an_extract_may_be_given_for_a_workbook_of_many_sheets(tmp_path: Path, settings: Config):
    sheets = {f"Blad{number}": [row.replace(";", ",") for row in DECISIONS] for number in range(3)}
    other = ["Assessment ID,Child ID,Team,DOB,Assessment start date", "A1,C1,North,14/02/2011,14/02/2025"]
    file = book(tmp_path / "many.xlsx", **sheets, Annat=other, Mer=other)
    found = inspection.inspect(file, settings, extract="beslut", save=True)
    assert tomllib.loads(text_of(found))["decisions"]["sheets"] == ["Blad0", "Blad1", "Blad2"]
    assert "# Blad Annat: kanske beslut" in text_of(found)


def test_a_sheet_that_lacks_a_lot_is_saved_as_comments(save: Save):
    header, *rows = ENGLISH
    text = text_of(save(header.replace("Allocated Team", "Xyzzy"), *rows))
    document = tomllib.loads(text)
    assert document.keys() <= {"name", "about", "files", "dates"}
    assert not document["files"]
    assert "# [investigations.headings]\n" in text
    assert '# opened = ["Assessment start"]' in text


def test_an_extract_that_is_said_is_no_guess(save: Save):
    header, *rows = ENGLISH
    text = text_of(save(header.replace("Allocated Team", "Xyzzy"), *rows, extract="utredningar"))
    assert tomllib.loads(text)["investigations"]["headings"]["opened"] == ["Assessment start"]


def test_comments_are_added_to_a_profile_without_touching_what_stands(save: Save):
    before = text_of(save(*ENGLISH))
    header, *rows = ENGLISH
    text = text_of(save(header.replace("Allocated Team", "Xyzzy"), *rows, name="b.csv", profile="assessments"))
    assert tomllib.loads(text) == tomllib.loads(before)
    assert "# [investigations.headings]" in text


def test_what_is_not_read_stands_as_comments(save: Save):
    text = text_of(save(*ENGLISH))
    assert "# Läses inte: " in text
    assert '# … = ["Conclusions"]  # text' in text


def test_headings_that_nobody_knows_are_saved_for_somebody_to_sort(save: Save):
    rows = [f"{number},{number + 1:02}/04/24,C2" for number in range(20)]
    text = text_of(save("CHILD,DECOM,LS", *rows))
    assert tomllib.loads(text)["dates"] == {"order": "day first"}
    assert '# … = ["DECOM"]  # datum (DD/MM/ÅÅ)\n# … = ["LS"]  # få värden: C2\n' in text


def test_what_stands_for_an_empty_cell_is_no_code(save: Save):
    document = tomllib.loads(text_of(save(*(row.replace("Parked", "n/a") for row in ENGLISH))))
    assert document["blank"] == {"texts": ["n/a"]}
    assert document["investigations"]["codes"]["outcome"] == {"insats": ["Child in need plan"]}


def test_two_digit_years_need_the_order_to_be_said(save: Save):
    document = tomllib.loads(text_of(save(*(row.replace("/20", "/") for row in ENGLISH))))
    assert document["dates"] == {"order": "day first"}


def test_a_fault_in_what_stands_is_told_without_a_temporary_path(save: Save, settings: Config):
    (settings.paths.profiles / "egen.toml").write_text('[plans.headings]\nkind = "Typ"\n', encoding="utf-8")
    with pytest.raises(WrongUse) as fault:
        save(*ENGLISH, profile="egen")
    assert "egen.toml" in str(fault.value)
    assert "tmp" not in str(fault.value).replace(str(settings.paths.profiles), "")
