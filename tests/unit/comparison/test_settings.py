"""The configuration of comparisons: what holds unless said, and what is told of a fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.config import Comparison, load
from pipeline.errors import WrongUse

OWN = '[municipality]\nname = "Nacka"\ncode = "0182"\n[committee]\nname = "Socialnämnden"\n[comparison]\n'


def read(folder: Path, lines: str) -> Comparison:
    (folder / "config.toml").write_text(OWN + lines, encoding="utf-8")
    return load(folder / "config.toml").comparison


def test_what_is_left_out_is_as_in_the_projects_own_file(tmp_path):
    assert read(tmp_path, "") == load().comparison == Comparison()


def test_everything_may_be_said(tmp_path):
    found = read(
        tmp_path,
        'similar = "LSS"\nyears = 10\nkpis = ["N31814"]\nseconds = 5\naddress = "http://127.0.0.1/v3/"\n'
        '[comparison.categories]\n"hemtjänst" = "Hemvård"\n',
    )
    assert (found.similar, found.years, found.kpis, found.seconds) == ("LSS", 10, ("N31814",), 5)
    assert (found.address, found.categories) == ("http://127.0.0.1/v3/", {"hemtjänst": "Hemvård"})


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("years = 0", "comparison.years: är 0; ska vara minst 1"),
        ("years = 26", "comparison.years: är 26; får vara högst 25"),
        ('kpis = ["31814"]', 'ska vara ett nyckeltals id i Kolada, till exempel "U28129"'),
        ('address = "kolada"', "ska vara en webbadress som börjar med https://"),
        ('liknande = "IFO"', "liknande: okänd nyckel."),
        ("seconds = 0", "ska vara minst 1"),
    ],
)
def test_a_fault_is_told_with_its_line_and_what_is_allowed(tmp_path, line, told):
    with pytest.raises(WrongUse) as fault:
        read(tmp_path, f"{line}\n")
    assert "config.toml:7: " in str(fault.value)
    assert told in str(fault.value)
