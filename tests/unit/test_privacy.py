"""Rule 8: one person is one whatever form the number has, and nobody's number is ever told."""

from __future__ import annotations

import os
import subprocess
from datetime import date

import pytest

from pipeline.errors import WrongUse
from pipeline.privacy import (
    MASK,
    Pseudonyms,
    bare,
    load_key,
    mask,
    person,
    person_numbers,
    prepare_new_key,
    read_key,
)
from tests.programs import require_program

TODAY = date(2026, 9, 8)
KEY = bytes(range(32))


@pytest.mark.parametrize(
    "text",
    ["19990101-1234", "199901011234", "990101-1234", "9901011234", "990101–1234", "990101 1234", "19990101 - 1234"],
)
def test_the_forms_of_one_person(text):
    assert person(text, TODAY)[0] == "199901011234"


@pytest.mark.parametrize(
    ("text", "identity"),
    [
        ("260908-1234", "202609081234"),  # born today
        ("260909-1234", "192609091234"),  # not yet born this century
        ("260909+1234", "192609091234"),  # turns a hundred this year
        ("270909+1234", "182709091234"),
        ("250101+1234", "192501011234"),
        ("19250101+1234", "192501011234"),
        ("990161-1234", "199901611234"),  # samordningsnummer: the first
        ("990191-1234", "199901911234"),  # the 31st
        ("000229-1234", "200002291234"),
    ],
)
def test_the_century_and_the_day(text, identity):
    assert person(text, TODAY)[0] == identity


@pytest.mark.parametrize(
    "text", ["19990230-1234", "990192-1234", "19990160-1234", "990100-1234", "12345", "k-19990101", "19990101-T123", ""]
)
def test_what_is_no_number_is_the_systems_own_id(text):
    assert person(text, TODAY) == (text, False)


def test_the_check_digit():
    assert person("121212-1212", TODAY) == ("201212121212", False)
    assert person("20121212-1213", TODAY) == ("201212121213", True)


def test_persons_and_staff_never_share_a_value():
    pseudonyms = Pseudonyms(KEY, TODAY)
    assert pseudonyms.person("Anna")[0] != pseudonyms.staff("Anna")


def test_staff_whose_names_differ_in_case_are_one():
    pseudonyms = Pseudonyms(KEY, TODAY)
    assert pseudonyms.staff("Åsa Öberg") == pseudonyms.staff("ÅSA ÖBERG")


def test_a_pseudonym_depends_on_the_key_alone():
    assert Pseudonyms(KEY, TODAY).person("k-1") == Pseudonyms(KEY, date(2027, 1, 1)).person("k-1")
    assert Pseudonyms(KEY, TODAY).person("k-1") != Pseudonyms(KEY[::-1], TODAY).person("k-1")


@pytest.mark.parametrize(
    "number",
    ["19990101-1234", "199901011234", "990101-1234", "9901011234", "990161-1234", "19250101+1234", "19990101-T123",
     "19990101-TF10", "19990101–1234", "19990101 1234"],
)  # fmt: skip
def test_what_looks_like_a_number_is_masked(number):
    assert mask(f"Anna {number}, Väst") == f"Anna {MASK}, Väst"


@pytest.mark.parametrize("text", ["2026-08-31", "20260831", "U-2026-12345", "B123456", "9999-12-31", "42"])
def test_days_and_case_ids_are_not(text):
    assert mask(text) == text


def test_where_numbers_begin():
    assert list(person_numbers("Anna 19990101-1234\n och 990101-1234, 2026-08-31")) == [5, 24]


@pytest.mark.parametrize(
    ("text", "looks"),
    [
        ("１９９９ ١٩ 𝟏𝟗 ²", "1999 19 19 2"),
        ("a‐b‑c‒d–e—f―g−h－i﹣j⁃k", "a-b-c-d-e-f-g-h-i-j-k"),
        (
            "1\N{SOFT HYPHEN}2\N{ZERO WIDTH SPACE}3\N{ZERO WIDTH NO-BREAK SPACE}4\N{VARIATION SELECTOR-16}5\x016",
            "123456",
        ),
        ("Åsa O\N{COMBINING DIAERESIS}", "Åsa Ö"),
        ("a\nb\tc\N{NO-BREAK SPACE}d", "a\nb\tc d"),
    ],
)
def test_a_bare_text_is_as_it_looks(text, looks):
    assert bare(text) == looks


class TestKeyFile:
    def test_it_is_made_once_and_read_again(self, tmp_path):
        file = tmp_path / "a" / "nyckel.key"
        key = load_key(file)
        assert len(key) == 32
        assert load_key(file) == key
        assert file.read_text(encoding="ascii") == key.hex() + "\n"

    @pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
    def test_only_its_owner_may_read_it(self, tmp_path):
        file = tmp_path / "nyckel.key"
        load_key(file)
        assert file.stat().st_mode & 0o777 == 0o600

    @pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
    def test_the_folder_that_it_is_made_in_is_closed(self, tmp_path):
        (tmp_path / "data").mkdir(mode=0o755)
        load_key(tmp_path / "data" / "nyckel.key")
        assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700

    @pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
    def test_one_that_others_could_read_is_closed_and_looking_changes_nothing(self, tmp_path):
        file = tmp_path / "nyckel.key"
        key = load_key(file)
        file.chmod(0o644)
        assert read_key(file) == key
        assert file.stat().st_mode & 0o777 == 0o644
        assert load_key(file) == key
        assert file.stat().st_mode & 0o777 == 0o600

    @pytest.mark.parametrize("is_there", [True, False])
    def test_one_that_git_would_take_along_stops_the_run(self, tmp_path, is_there):
        subprocess.run([require_program("git"), "init", "-q", str(tmp_path)], check=True)
        file = tmp_path / "data" / "nyckel.key"
        if is_there:
            file.parent.mkdir()
            file.write_text("00" * 32, encoding="ascii")
        with pytest.raises(WrongUse, match=r"git bortser inte från filen.*key under \[paths\]"):
            load_key(file)
        assert file.exists() == is_there

    def test_what_was_prepared_and_never_used_is_replaced(self, tmp_path):
        first = prepare_new_key(tmp_path / "nyckel.key").read_text(encoding="ascii")
        second = prepare_new_key(tmp_path / "nyckel.key")
        assert second.read_text(encoding="ascii") != first
        assert [path.name for path in tmp_path.iterdir()] == [".nyckel.new.key"]

    @pytest.mark.parametrize("content", ["", "xyz", "00" * 31, "åäö"])
    def test_a_damaged_one_stops_the_run(self, tmp_path, content):
        file = tmp_path / "nyckel.key"
        file.write_text(content, encoding="utf-8")
        with pytest.raises(WrongUse, match=r"Nyckelfilen nyckel\.key kan inte läsas som en nyckel"):
            load_key(file)

    def test_a_place_where_none_can_be_made_stops_the_run(self, tmp_path):
        (tmp_path / "fil").write_text("", encoding="ascii")
        with pytest.raises(WrongUse, match=r"Nyckelfilen nyckel\.key kan inte skapas"):
            load_key(tmp_path / "fil" / "nyckel.key")
