"""The analyst's list of persons: hashed as the extracts are, and never spoken of by number."""

from datetime import date

import openpyxl
import pytest

from pipeline.config import Paths
from pipeline.errors import WrongUse
from pipeline.loading import read_persons
from pipeline.model.cases import Named, Persons
from pipeline.privacy import Pseudonyms, load_key
from tests.unit import builders

TODAY = date(2026, 10, 1)


@pytest.fixture
def read(tmp_path):
    config = builders.config(paths=Paths(key=tmp_path / "pseudonym.key"))
    hashed = Pseudonyms(load_key(config.paths.key), TODAY)

    def read(text: str, name: str = "personer.csv") -> tuple[Persons, Pseudonyms]:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return read_persons(tmp_path / name, config, TODAY), hashed

    return read


@pytest.mark.parametrize(
    ("listed", "delivered", "written"),
    [
        ("900101-1239", "199001011239", "19900101-1239"),
        ("199001011239", "19900101-1239", "19900101-1239"),
        ("19500101-T123", "19500101-T123", "19500101-T123"),
        ("19500101-TF10", "19500101-TF10", "19500101-TF10"),
        ("K 4711", "K 4711", "K 4711"),
    ],
)
def test_a_person_is_found_in_whatever_form_the_number_is_written(read, listed, delivered, written) -> None:
    persons, hashed = read(f"Personnr;Namn\n{listed};Ada  Ek\n")
    assert persons.by_pseudonym[hashed.person(delivered)[0]] == Named(written, "Ada Ek")


def test_a_number_that_a_spreadsheet_took_the_zero_from_is_found(read) -> None:
    persons, hashed = read("Personnummer\n501011233\n")
    assert persons.by_pseudonym[hashed.person("0501011233")[0]].number == "20050101-1233"
    # Or they are the case system's own.
    assert persons.by_pseudonym[hashed.person("501011233")[0]].number == "501011233"


def test_what_is_nobodys_number_is_counted(read) -> None:
    persons, _ = read("Personnummer;Namn\n1,9901E+11;Ada\n900101-1239;Bo\n")
    assert (persons.listed, persons.unread, len(persons.by_pseudonym)) == (2, 1, 1)


def test_the_first_row_of_a_person_counts(read) -> None:
    persons, hashed = read("Namn,Person-ID\nAda,900101-1239\nEva,19900101-1239\n")
    assert persons.by_pseudonym[hashed.person("900101-1239")[0]].name == "Ada"


def test_a_workbook_with_a_title_is_read(tmp_path, read) -> None:
    read("Personnummer\n900101-1239\n")
    book = openpyxl.Workbook()
    for row in (["Personer i Bistånd"], [], ["Personnummer", "Namn"], [199001011239, "Ada"]):
        book.active.append(row)
    book.save(tmp_path / "personer.xlsx")
    config = builders.config(paths=Paths(key=tmp_path / "pseudonym.key"))
    persons = read_persons(tmp_path / "personer.xlsx", config, TODAY)
    assert list(persons.by_pseudonym.values()) == [Named("19900101-1239", "Ada")]


@pytest.mark.parametrize("text", ["Namn;Ort\n900101-1239;Nacka\n", "", "900101-1239\n"])
def test_a_list_that_cannot_be_read_is_told_without_a_number(read, text: str) -> None:
    with pytest.raises(WrongUse, match=r"personer\.csv"):
        read(text)


def test_a_list_that_is_not_there_is_told(tmp_path) -> None:
    config = builders.config(paths=Paths(key=tmp_path / "pseudonym.key"))
    with pytest.raises(WrongUse, match="finns inte"):
        read_persons(tmp_path / "ingen.csv", config, TODAY)
