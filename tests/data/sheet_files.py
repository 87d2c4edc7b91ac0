"""Workbooks that hide, merge and mix: several sheets, hidden rows, merged cells, formulas and macros."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from tests.data import books
from tests.data.case import Account, Case, Fault
from tests.data.rows import decisions, investigations

_TWO, _THREE = Account(2, 2), Account(3, 3)
_INFO = [["Utskrivet av", "systemet"], ["Urval", "alla"]]


def _hide_rows(page: Any) -> None:
    page.row_dimensions[3].hidden = True


def _filter(page: Any) -> None:
    page.auto_filter.ref = "A1:E4"
    for row in (3, 4):
        page.row_dimensions[row].hidden = True


def _merge(page: Any) -> None:
    page.merge_cells("C2:C4")


def _merge_titles(page: Any) -> None:
    page.insert_rows(1, 2)
    page["A1"] = "Utredningar 2026"
    page.merge_cells("A1:E1")


def _link_outside(page: Any) -> None:
    page["F1"], page["F2"] = "Utredningstyp", "='[Register.xlsx]Blad1'!$A$1"


CASES = (
    Case(
        "utredningar_dold_rad.xlsx",
        books.filled(_hide_rows),
        account=_THREE,
        notes=("Blad Blad1: 1 dold rad lästes (rad 3)",),
    ),
    Case(
        "utredningar_filtrerade_rader.xlsx",
        books.filled(_filter),
        account=_THREE,
        notes=("Blad Blad1: 2 dolda rader lästes (rad 3–4)",),
    ),
    Case(
        "utredningar_dolt_blad.xlsx",
        books.sheets({"T2": investigations(), "T1": investigations({"Utrednings-ID": "U9"})}, hidden="T1"),
        account=_TWO,
        notes=("Blad T1: bladet är dolt i arbetsboken men lästes",),
    ),
    Case(
        "utredningar_mycket_dolt_blad.xlsx",
        books.sheets(
            {"T2": investigations(), "T1": investigations({"Utrednings-ID": "U9"})}, hidden="T1", state="veryHidden"
        ),
        account=_TWO,
        notes=("Blad T1: bladet är dolt i arbetsboken men lästes",),
    ),
    Case(
        "utredningar_dold_rad_och_dolt_blad.xls",
        books.hidden_in_xls,
        account=_THREE,
        notes=(
            "Blad Blad1: 1 dold rad lästes (rad 3)",
            "Blad Förra året: bladet är dolt i arbetsboken men lästes",
        ),
    ),
    Case(
        "utredningar_dold_rad_och_sammanfogade_celler.ods",
        books.hidden_in_ods,
        account=_THREE,
        notes=(
            "Blad Blad1: 1 dold rad lästes (rad 4)",
            "Blad Blad1: sammanfogade celler lästes som om värdet stod på varje rad (rad 2–3)",
        ),
    ),
    Case(
        "utredningar_sammanfogade_celler.xlsx",
        books.filled(_merge),
        account=_THREE,
        notes=("Blad Blad1: sammanfogade celler lästes som om värdet stod på varje rad (rad 2–4)",),
    ),
    Case(
        "utredningar_sammanfogad_titel.xlsx",
        books.filled(_merge_titles),
        account=_THREE,
        skipped=("Blad Blad1: 1 titelrad (rad 1)", "Blad Blad1: 1 tom rad (rad 2)"),
    ),
    Case(
        "utredningar_två_blad_med_utredningar.xlsx",
        books.sheets({"T1": investigations(), "T2": investigations({"Utrednings-ID": "U2", "Resultat": ""})}),
        account=_TWO,
        warned=("Resultat finns i utdraget men är tom på alla rader (2).",),
    ),
    Case(
        "utredningar_ett_blad_med_något_annat.xlsx",
        books.sheets({"Om utdraget": _INFO, "Utredningar": investigations({}, {})}),
        account=_TWO,
        skipped=("Blad Om utdraget: 2 rader utan kända rubriker, bladet lästes inte",),
    ),
    Case(
        "utredningar_tomma_blad_vid_sidan_av.xlsx",
        books.sheets({"Blad1": investigations({}, {}), "Blad2": [], "Blad3": []}),
        account=_TWO,
    ),
    Case(
        "utredningar_ett_blad_saknar_en_rubrik.xlsx",
        books.sheets({"T1": investigations(), "T2": [row[:4] for row in investigations()]}),
        stops="Filen utredningar_ett_blad_saknar_en_rubrik.xlsx, blad T2: rubriken Inledd saknas i rubrikraden (rad 1);"
        " byt rubrik i filen, eller kör python -m pipeline inspect utredningar_ett_blad_saknar_en_rubrik.xlsx som"
        " föreslår en profil.",
    ),
    Case(
        "utredningar_bara_blad_med_beslut.xlsx",
        books.sheets({"Beslut": decisions()}),
        stops="Filen utredningar_bara_blad_med_beslut.xlsx, blad Beslut: rubrikerna Utrednings-ID, Inledd saknas i"
        " rubrikraden (rad 1); byt rubrik i filen, eller kör python -m pipeline inspect"
        " utredningar_bara_blad_med_beslut.xlsx som föreslår en profil.",
    ),
    Case(
        "utredningar_fel_på_ett_av_två_blad.xlsx",
        books.sheets({"T1": investigations(), "T2": investigations({"Utrednings-ID": "U2", "Enhet": ""})}),
        account=Account(2, 1, 1),
        rejected=(Fault(2, "Enhet", "Enhet saknas.", sheet="T2"),),
    ),
    Case("utredningar_med_makron.xlsm", books.raw(parts={"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 Sub AutoOpen()"})),
    Case(
        "utredningar_formel_som_pekar_utanför_boken.xlsx",
        books.filled(_link_outside, investigations()),
        account=Account(1, 0, 1),
        rejected=(Fault(2, "Utredningstyp", "Utredningstyp innehåller felvärdet #FORMEL UTAN VÄRDE."),),
    ),
    Case(
        "utredningar_datum_och_tal_som_celler.xls",
        investigations(
            {
                "Utrednings-ID": 4711,
                "Inledd": date(2026, 3, 2),
                "Avslutad": datetime.fromisoformat("2026-04-01 10:30"),
                "Födelseår": 2012,
            }
        ),
    ),
)
