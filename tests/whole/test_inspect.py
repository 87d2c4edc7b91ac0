"""`inspect` from the command line: what is shown, what is saved, and that the saved profile reads the file."""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.whole.test_runs import ROOT, TODAY, tertial

PERSONS = ("19900101-1239", "198002021234", "750303-1236")
NAMES = ("Anna Svensson", "Bo Ek", "Cia Öberg")
SWEDISH = (
    "Rapport över utredningar;;;;;;;;",
    "Utr.nr;Pnr;Namn;Handläggande enhet;Verksamhet;Utredningsstart;Utredningsslut;Utr.resultat;Anteckning",
    f"U1;{PERSONS[0]};{NAMES[0]};Norr;Barn och unga;20250103;20250320;Med insats;ring mamma 070-1234567",
    f"U2;{PERSONS[1]};{NAMES[1]};Norr;Barn och unga;20250110;;;{PERSONS[2]} är syskon",
    f"U3;{PERSONS[2]};{NAMES[2]};Norr;Barn och unga;20250112;20250401;Utan insats;",
    "Sida 1 av 1;;;;;;;;",
)
ENGLISH = (
    "Child Unique ID,Sex,DOB,Assessment start,Assessment authorised,Outcome,Allocated Team,Allocated Worker",
    "C1,Female,13/05/2012,03/02/2025,20/03/2025,Child in need plan,Team north,Anna Svensson",
    "C2,Male,01/07/2015,10/02/2025,25/03/2025,No further action,Team north,Bo Ek",
    "C1,Female,13/05/2012,03/05/2025,,,Team north,Anna Svensson",
    "C3,Male,24/12/2018,11/03/2025,28/07/2025,Passed on,Team south,Bo Ek",
)


def settle(folder: Path, name: str, rows: tuple[str, ...]) -> Path:
    """A raw folder with one export, and a configuration that points to it and to profiles of its own."""
    (folder / "raw").mkdir(parents=True)
    shutil.copytree(ROOT / "profiles", folder / "profiles")
    text = re.sub(r"(?m)^profiles = .*\n", "", (ROOT / "config.toml").read_text(encoding="utf-8"))
    text = text.replace("[paths]\n", '[paths]\nprofiles = "profiles"\n', 1)
    (folder / "config.toml").write_text(text, encoding="utf-8")
    (folder / "raw" / name).write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder / "raw" / name


def inspect(file: Path, *more: str) -> tuple[int, str, str]:
    run = tertial("inspect", str(file), f"--config={file.parents[1] / 'config.toml'}", *more)
    return run.returncode, run.stdout, run.stderr


def check(folder: Path) -> tuple[int, dict[str, list[str]], str]:
    """The code, what became of the rows by extract (read, loaded, rejected …), and what was said."""
    places = [f"--{name}={folder / name}" for name in ("raw", "processed", "reports")]
    run = tertial("check", *places, f"--config={folder / 'config.toml'}", f"--today={TODAY}")
    rows = {}
    for line in run.stdout.splitlines():
        cells = [cell.strip() for cell in line.strip("│").split("│")]
        if len(cells) > 3 and cells[1].isdigit():
            rows[cells[0]] = cells[1:]
    return run.returncode, rows, run.stdout + run.stderr


def test_personal_data_are_shown_nowhere(tmp_path: Path) -> None:
    file = settle(tmp_path, "utr_export_2025-09-05.csv", SWEDISH)
    code, said, fault = inspect(file, "--save")
    assert code == 0, fault
    saved = (tmp_path / "profiles" / "utr-export.toml").read_text(encoding="utf-8")
    for secret in (*PERSONS, *NAMES, "mamma", "070-1234567", "syskon", "U1", "U2"):
        assert secret not in said + fault + saved
    assert "•••" in said
    assert "Norr" in said


def test_what_is_found_is_told(tmp_path: Path) -> None:
    _, said, _ = inspect(settle(tmp_path, "utr_export_2025-09-05.csv", SWEDISH))
    assert "UTF-8, semikolon mellan fälten" in said
    assert re.search(r"utredningar \(gissning, \d\d % säker\)\. Rubriker på rad 2, 3 rader\.", said)
    assert "Med insats" in said
    assert "Anteckning" in said
    assert "Inget är sparat" in said
    assert not (tmp_path / "profiles" / "utr-export.toml").exists()


def test_a_saved_profile_reads_its_file_as_it_is(tmp_path: Path) -> None:
    file = settle(tmp_path, "utr_export_2025-09-05.csv", SWEDISH)
    assert check(tmp_path)[0] == 2
    assert inspect(file, "--save")[0] == 0
    code, rows, said = check(tmp_path)
    assert code == 0, said
    assert rows == {"Utredningar": ["3", "3", "0", "0", "0"]}


def test_a_foreign_export_is_read_with_what_is_saved_and_a_few_lines_of_toml(tmp_path: Path) -> None:
    file = settle(tmp_path, "children_assessments_2025-09-05.csv", ENGLISH)
    assert inspect(file, "--save", "--profile", "english")[0] == 0
    profile = tmp_path / "profiles" / "english.toml"
    text = profile.read_text(encoding="utf-8")
    document = tomllib.loads(text)
    assert document["investigations"]["derived"]["investigation_id"] == {"join": ["person_id", "opened"]}
    text = text.replace('# area = "…"', 'area = "Barn och unga"')
    text = text.replace('# "…" = ["Passed on"]', '"övrigt" = ["Passed on"]')
    profile.write_text(text, encoding="utf-8")
    code, rows, said = check(tmp_path)
    assert code == 0, said
    assert rows == {"Utredningar": ["4", "4", "0", "0", "0"]}


def test_a_workbook_is_looked_at_sheet_by_sheet(tmp_path: Path) -> None:
    file = settle(tmp_path, "unused.csv", ("a;b",)).with_name("export 2025-09-05.xlsx")
    (tmp_path / "raw" / "unused.csv").unlink()
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = "Referrals"
    first.append(["Extract of 2025"])
    first.append(["Referral ID", "Child ID", "Team", "Service area", "Referral type", "Referral date"])
    first.append(["R1", "C1", "North", "Children", "Referral", "13/02/2025"])
    second = book.create_sheet("Assessments")
    second.append(["Assessment ID", "Child ID", "Team", "Service area", "Assessment start date"])
    second.append(["A1", "C1", "North", "Children", "14/02/2025"])
    book.create_sheet("Info").append(["Made by the office"])
    book.save(file)
    code, said, fault = inspect(file, "--save")
    assert code == 0, fault
    assert "Blad utan rubriker som känns igen: Info" in said
    code, rows, said = check(tmp_path)
    assert code == 0, said
    assert rows == {
        "Aktualiseringar": ["1", "1", "0", "0", "0"],
        "Utredningar": ["1", "1", "0", "0", "0"],
    }


def test_what_a_profile_says_is_not_overwritten(tmp_path: Path) -> None:
    file = settle(tmp_path, "utr_export_2025-09-05.csv", SWEDISH)
    inspect(file, "--save")
    profile = tmp_path / "profiles" / "utr-export.toml"
    before = profile.read_bytes()
    code, _, fault = inspect(file, "--save")
    assert code == 2
    assert "säger redan hur utredningar läses" in fault
    assert profile.read_bytes() == before


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("finns_inte.csv", None, "finns inte; kontrollera hur sökvägen är skriven"),
        ("tom.csv", b"", "är tom"),
        ("bild.png", b"\x89PNG", "filtypen .png stöds inte"),
        ("prosa.txt", "Hej.\nDetta är ett brev om Anna Svensson.\n".encode(), "ingen rubrikrad hittades"),
        ("utan_rubriker.csv", f"{PERSONS[0]};Anna;2025-01-01\n".encode(), "ingen rubrikrad hittades"),
    ],
)
def test_a_file_that_is_no_export_gives_one_sentence(
    tmp_path: Path, name: str, content: bytes | None, told: str
) -> None:
    file = settle(tmp_path, "unused.csv", ("a;b",)).with_name(name)
    if content is not None:
        file.write_bytes(content)
    code, said, fault = inspect(file)
    assert (code, said) == (2, "")
    assert told in fault
    assert len(fault.strip().splitlines()) == 1
    assert "Anna" not in fault


@pytest.mark.parametrize("option", ["--extract=frukost", "--profile=../x", "--profile=standard"])
def test_names_that_may_not_be_are_refused(tmp_path: Path, option: str) -> None:
    code, _, fault = inspect(settle(tmp_path, "utr_export.csv", SWEDISH), "--save", option)
    assert code == 2
    assert option.partition("=")[0] in fault
