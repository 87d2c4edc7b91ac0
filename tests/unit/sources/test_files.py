"""Finding files: which belong where, which are left alone, when they were delivered."""

from __future__ import annotations

import os
import unicodedata
from datetime import date
from pathlib import Path

import pytest

from pipeline.errors import WrongUse
from pipeline.sources import files
from pipeline.sources.files import find, is_empty

PATTERNS = {
    "investigations": ("utredningar*",),
    "plans": ("genomförandeplaner*", "genomforandeplaner*"),
    "decisions": ("beslut*",),
}


@pytest.fixture
def put(tmp_path):
    def write(*names):
        for name in names:
            (tmp_path / name).write_bytes(b"x")
        return find(tmp_path, PATTERNS)

    return write


def test_files_come_in_the_order_of_their_names_without_case(put):
    assert [file.name for file in put("utredningar b.csv", "Beslut.csv", "UTREDNINGAR a.csv")] == [
        "Beslut.csv",
        "UTREDNINGAR a.csv",
        "utredningar b.csv",
    ]


def test_a_name_in_another_unicode_form_matches(put):
    (file,) = put(unicodedata.normalize("NFD", "Genomförandeplaner.csv"))
    assert (file.extract, file.name, file.scope) == ("plans", "Genomförandeplaner.csv", "genomforandeplaner*")


def test_what_is_no_delivery_is_left_alone(put, tmp_path):
    (tmp_path / "gamla beslut").mkdir()
    (tmp_path / ".beslut").mkdir()
    assert [file.name for file in put("~$beslut.xlsx", ".gitkeep", "Thumbs.db", "beslut.csv")] == ["beslut.csv"]


def test_a_folder_that_is_called_as_a_delivery_is_not_passed_over(put, tmp_path):
    (tmp_path / unicodedata.normalize("NFD", "Genomförandeplaner maj.csv")).mkdir()
    with pytest.raises(WrongUse) as fault:
        put("beslut.csv")
    assert str(fault.value) == (
        "Genomförandeplaner maj.csv är en mapp men heter som ett utdrag; lägg utdragets filer direkt i mappen"
        f" {tmp_path}, eller byt namn på den."
    )


@pytest.mark.skipif(os.name == "nt", reason="Windows asks for a right to make links")
def test_a_link_that_leads_nowhere_is_not_passed_over(put, tmp_path):
    (tmp_path / "beslut.csv").symlink_to(tmp_path / "borta.csv")
    with pytest.raises(WrongUse) as fault:
        put("utredningar.csv")
    assert str(fault.value) == (
        "beslut.csv är en länk till en fil som inte finns; lägg själva filen i mappen i stället."
    )


@pytest.mark.skipif(os.name == "nt", reason="Windows asks for a right to make links")
def test_a_link_to_a_file_is_read(put, tmp_path):
    target = tmp_path / ".lager"
    target.write_bytes(b"x")
    (tmp_path / "beslut.csv").symlink_to(target)
    assert [file.name for file in put("utredningar.csv")] == ["beslut.csv", "utredningar.csv"]


@pytest.mark.parametrize("method", ["open", "stat"])
def test_a_file_that_may_not_be_read_is_a_fault(put, monkeypatch, method):
    own = getattr(Path, method)

    def refused(self, *args, **kwargs):
        if self.name == "beslut.csv":
            raise PermissionError
        return own(self, *args, **kwargs)

    put("beslut.csv")
    monkeypatch.setattr(Path, method, refused)
    with pytest.raises(WrongUse) as fault:
        put()
    assert str(fault.value) == (
        "Filen beslut.csv kan inte öppnas; stäng den i andra program och kontrollera att du har läsbehörighet."
    )


def test_a_file_that_is_gone_when_it_has_been_read_is_a_fault(put):
    (file,) = put("beslut.csv")
    file.path.unlink()
    with pytest.raises(WrongUse, match=r"^Filen beslut\.csv kan inte öppnas"):
        file.demand_unchanged()


def test_a_folder_that_may_not_be_read_is_not_taken_for_empty(tmp_path, monkeypatch):
    def refused(_):
        raise PermissionError

    monkeypatch.setattr(Path, "iterdir", refused)
    with pytest.raises(WrongUse, match="kan inte läsas; kontrollera din behörighet"):
        is_empty(tmp_path)


def test_the_longest_pattern_tells_the_most(tmp_path):
    (tmp_path / "beslut LSS.csv").write_bytes(b"")
    (file,) = find(tmp_path, {"decisions": ("beslut*",), "other": ("beslut lss*",)})
    assert file.extract == "other"


def test_a_file_that_matches_nothing_is_a_fault_with_the_nearest_pattern(put):
    with pytest.raises(WrongUse) as fault:
        put("utredning.csv")
    assert str(fault.value) == (
        "Filen utredning.csv hör inte till något utdrag: namnet passar inget mönster under [files] i config.toml"
        " (närmast är utredningar*); byt namn på filen, lägg till ett mönster eller flytta bort filen."
    )


@pytest.mark.parametrize("suffix", [".part", ".crdownload", ".TMP"])
def test_a_file_that_is_still_being_fetched_stops_the_run(put, suffix):
    with pytest.raises(WrongUse) as fault:
        put(f"beslut.csv{suffix}")
    assert str(fault.value) == (
        f"Filen beslut.csv{suffix} är inte färdigskriven ({suffix.lower()}); vänta tills hämtningen är klar och kör"
        " igen, eller ta bort filen om hämtningen avbröts."
    )


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
@pytest.mark.parametrize("sign", ["\n", "\x1b", "\u202e", "\u200b", "\x7f"])
def test_a_name_with_signs_that_steer_the_screen_is_not_shown_raw(put, sign):
    with pytest.raises(WrongUse) as fault:
        put(f"beslut{sign}2026.csv")
    assert str(fault.value) == (
        "Filen beslut�2026.csv har osynliga tecken i namnet (�); byt namn på filen så att bara vanliga tecken är kvar."
    )


def test_a_file_that_grows_while_it_is_found(put, monkeypatch):
    def growing(path):
        path.write_bytes(b"xy")
        return ""

    monkeypatch.setattr(files, "_sha256", growing)
    with pytest.raises(WrongUse) as fault:
        put("beslut.csv")
    assert str(fault.value) == (
        "Filen beslut.csv ändrades medan den lästes; vänta tills den är färdigskriven och kör igen."
    )


def test_a_folder_that_does_not_exist(tmp_path):
    with pytest.raises(WrongUse, match=r"rwa finns inte; kontrollera hur sökvägen är skriven\.$"):
        find(tmp_path / "rwa", PATTERNS)


def test_a_folder_that_is_a_file(tmp_path):
    (tmp_path / "raw").write_bytes(b"")
    with pytest.raises(WrongUse, match=r"är en fil, inte en mapp"):
        find(tmp_path / "raw", PATTERNS)


def test_a_folder_without_files(put):
    with pytest.raises(WrongUse, match=r"innehåller inga filer att läsa"):
        put(".gitkeep")


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("beslut 2026-09-07.csv", date(2026, 9, 7)),
        ("beslut_20260907.csv", date(2026, 9, 7)),
        ("beslut 2026-01-01--2026-08-31 uttag 2026_09_07.csv", date(2026, 9, 7)),
        ("beslut 2026-09-07 v 2026-13-99.csv", date(2026, 9, 7)),
        ("beslut 202609071234.csv", date(2020, 5, 17)),
        ("beslut.csv", date(2020, 5, 17)),
    ],
)
def test_the_day_of_delivery_is_the_last_in_the_name_else_of_modification(tmp_path, name, day):
    path = tmp_path / name
    path.write_bytes(b"")
    os.utime(path, (1_589_700_000, 1_589_700_000))
    assert find(tmp_path, PATTERNS)[0].delivered == day


def test_a_file_of_the_same_size_and_time_but_other_content_has_changed(put, tmp_path):
    put("beslut.csv")
    path = tmp_path / "beslut.csv"
    path.write_text("a;b\n1;2\n", encoding="utf-8")
    stat = path.stat()
    (file,) = find(tmp_path, {"decisions": ("beslut*",)})
    file.demand_same_content()
    path.write_text("a;b\n1;3\n", encoding="utf-8")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    file.demand_unchanged()
    with pytest.raises(WrongUse, match=r"Filen beslut\.csv ändrades medan den lästes"):
        file.demand_same_content()
