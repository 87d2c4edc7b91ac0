"""Files are read by what they are, whatever they are called; what is none of it gets one sentence."""

from __future__ import annotations

import pytest

from pipeline.config import Reading
from pipeline.errors import WrongUse
from pipeline.sources import read
from tests.unit.sources.conftest import WORDING, described
from tests.writers import SUFFIXES, write

ROWS = [["Ärende-ID", "Enhet", "Inledd"], ["1", "Väst", "2026-01-02"]]
KINDS = {".xlsm": ".xlsx", ".txt": ".csv", ".tsv": ".csv"}


@pytest.mark.parametrize("called", SUFFIXES)
@pytest.mark.parametrize("written", SUFFIXES)
def test_the_content_decides(tmp_path, written, called):
    path = write(tmp_path / f"fil{written}", ROWS).rename(tmp_path / f"x{called}")
    found = read(described(path), [WORDING], Reading())
    (table,) = found.tables
    (batch,) = table.batches
    assert {**batch.columns} == {"id": ("1",), "unit": ("Väst",), "opened": ("2026-01-02",)}
    assert bool(found.notes) == (KINDS.get(written, written) != KINDS.get(called, called))


def test_a_name_that_misleads_is_noted(tmp_path):
    path = write(tmp_path / "fil.csv", ROWS).rename(tmp_path / "fil.xls")
    assert read(described(path), [WORDING], Reading()).notes == (
        "filen heter .xls men är en textfil och lästes som en sådan",
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "är tom; hämta utdraget på nytt eller flytta bort filen."),
        (
            b"\r\n<HTML><table><tr><td>1</td></tr></table></html>",
            "är en webbsida (HTML) fast den inte heter så; öppna den i Excel och spara den som .xlsx.",
        ),
        (
            "\ufeff<!DOCTYPE html><html>".encode("utf-16-le"),
            "är en webbsida (HTML) fast den inte heter så; öppna den i Excel och spara den som .xlsx.",
        ),
        (
            b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
            "är skriven i XML, som inte läses; öppna den i Excel och spara den som .xlsx.",
        ),
        (b"%PDF-1.7", "är varken en arbetsbok eller en textfil; spara utdraget som .xlsx eller .csv."),
        (
            b"\x01\x02\x03",
            "kan inte läsas som en Excel-arbetsbok; den är skadad, ofullständig eller av annat slag, så hämta utdraget"
            " på nytt.",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "är skyddad med lösenord; spara en kopia utan lösenord i mappen i stället.",
        ),
    ],
)
def test_what_is_no_table(tmp_path, read_file, content, sentence):
    path = tmp_path / "fil.xls"
    path.write_bytes(content)
    with pytest.raises(WrongUse) as fault:
        read_file(path)
    assert str(fault.value) == f"Filen fil.xls {sentence}"
