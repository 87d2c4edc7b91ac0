"""What is called in a way that cannot be read, or is no file at all."""

from __future__ import annotations

import os
from pathlib import Path

from tests.data.case import Account, Case
from tests.data.rows import investigations
from tests.writers import text

_TABLE = text(investigations()).encode()


def _folder(path: Path) -> None:
    path.mkdir()
    (path / "utredningar.csv").write_bytes(_TABLE)


def _broken_link(path: Path) -> None:
    path.symlink_to("flyttad.csv")


def _unfinished(file: str) -> Case:
    suffix = "." + file.rpartition(".")[2]
    return Case(
        file,
        _TABLE,
        stops=f"Filen {file} är inte färdigskriven ({suffix}); vänta tills hämtningen är klar och kör igen, eller ta"
        " bort filen om hämtningen avbröts.",
    )


def _not_read(file: str) -> Case:
    suffix = Path(file).suffix or "(ingen)"
    return Case(
        file,
        _TABLE,
        stops=f"Filen {file} kan inte läsas: filtypen {suffix} stöds inte. Spara den som .xlsx eller .csv och lägg den"
        " i mappen i stället.",
    )


def _no_extract(file: str, nearest: str) -> Case:
    return Case(
        file,
        _TABLE,
        stops=f"Filen {file} hör inte till något utdrag: namnet passar inget mönster under [files] i config.toml"
        f" (närmast är {nearest}); byt namn på filen, lägg till ett mönster eller flytta bort filen.",
    )


# Windows lets few make links.
_ON_POSIX = (
    Case(
        "utredningar_bruten_länk.csv",
        _broken_link,
        stops="utredningar_bruten_länk.csv är en länk till en fil som inte finns; lägg själva filen i mappen i"
        " stället.",
    ),
)
CASES = (
    _no_extract("utredning_i_ental.csv", "utredningar*"),
    _no_extract("genomforandeplan_i_ental.csv", "genomforandeplaner*"),
    _no_extract("kopia av utredningar.csv", "utredningar*"),
    _not_read("utredningar_utskrift.pdf"),
    _not_read("utredningar_utan_filtyp"),
    _not_read("utredningar_brev.docx"),
    _not_read("utredningar_arkiv.zip"),
    _unfinished("utredningar_hämtas_ännu.csv.part"),
    _unfinished("utredningar_hämtas_ännu.xlsx.crdownload"),
    Case(
        "utredningar_namn\u202emed\u200bosynliga_tecken.csv",
        _TABLE,
        stops="Filen utredningar_namn�med�osynliga_tecken.csv har osynliga tecken i namnet (�); byt namn på filen så"
        " att bara vanliga tecken är kvar.",
    ),
    Case(
        "utredningar_en_mapp.csv",
        _folder,
        stops="utredningar_en_mapp.csv är en mapp men heter som ett utdrag; lägg utdragets filer direkt i mappen"
        " {folder}, eller byt namn på den.",
    ),
    *(_ON_POSIX if os.name == "posix" else ()),
    Case(
        "~$utredningar_låsfil_från_excel.xlsx",
        b"\x06Ek",
        stops="Mappen {folder} innehåller inga filer att läsa; lägg utdragen där eller ange en annan mapp med --raw.",
    ),
    Case(
        "utredningar_med_låsfil_och_miniatyrer_bredvid.csv",
        _TABLE,
        account=Account(1, 1),
        beside={"~$utredningar.xlsx": b"\x06Ek", "Thumbs.db": b"x", ".DS_Store": b"x"},
    ),
    Case("UTREDNINGAR I VERSALER 2026-08-31.CSV", _TABLE),
)
