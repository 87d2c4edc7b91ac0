"""Files that are not what their names say, that are damaged, locked, or made to harm."""

from __future__ import annotations

from tests.data import books
from tests.data.books import MB
from tests.data.case import Account, Case, Content, Fault
from tests.data.rows import investigations
from tests.writers import text

_BOOK_DAMAGED = (
    "kan inte läsas som en Excel-arbetsbok; den är skadad, ofullständig eller av annat slag, så hämta utdraget på nytt"
)
_LOCKED = "är skyddad med lösenord; spara en kopia utan lösenord i mappen i stället"
_WEB_PAGE = "är en webbsida (HTML) fast den inte heter så; öppna den i Excel och spara den som .xlsx"
_XML = "är skriven i XML, som inte läses; öppna den i Excel och spara den som .xlsx"
_FOREIGN = "är varken en arbetsbok eller en textfil; spara utdraget som .xlsx eller .csv"
_PACKED = "är ett packat arkiv (zip); packa upp det och lägg filerna i mappen i stället"
_DOCTYPE = (
    "innehåller en dokumenttypsdeklaration (DOCTYPE), som inte hör hemma i en arbetsbok och kan vara skadlig; hämta"
    " utdraget på nytt eller spara om filen i Excel"
)
_TOO_LONG = "en cell har fler än 100000 tecken; korta den, eller höj cell_characters under [reading] i config.toml"
_TOO_WIDE = (
    "raden har celler bortom kolumn 1000; ta bort det som står utanför tabellen, eller höj columns under [reading] i"
    " config.toml"
)
_TOO_MANY = (
    "är för stor, den har över 500000 celler; ta bort det som står långt utanför tabellen, dela upp utdraget eller"
    " spara det som .csv (eller höj workbook_cells under [reading] i config.toml)"
)
_TABLE = text(investigations()).encode()
_PAGE = b"<html><body><table><tr><td>Utrednings-ID</td></tr></table></body></html>"


def _stopped(file: str, content: Content, what: str) -> Case:
    return Case(file, content, stops=f"Filen {file} {what}.")


def _stopped_at(file: str, content: Content, place: str, what: str) -> Case:
    return Case(file, content, stops=f"Filen {file}, {place}: {what}.")


def _noted(file: str, content: Content, what: str, encoding: str) -> Case:
    suffix = "." + file.rpartition(".")[2]
    note = f"filen heter {suffix} men är {what} och lästes som en sådan"
    return Case(file, content, notes=(note,), encoding=encoding)


CASES = (
    # Not what the name says
    _stopped("utredningar_webbsida.xls", _PAGE, _WEB_PAGE),
    _stopped("utredningar_webbsida.csv", b"<!DOCTYPE html>\r\n" + _PAGE, _WEB_PAGE),
    _stopped("utredningar_kalkylblad_i_xml.xls", b'<?xml version="1.0"?><Workbook><Worksheet/></Workbook>', _XML),
    _stopped("utredningar_pdf_som_heter_xlsx.xlsx", b"%PDF-1.7 ...", _FOREIGN),
    _stopped("utredningar_bild_som_heter_csv.csv", b"\x89PNG\r\n\x1a\n" + bytes(100), _FOREIGN),
    _stopped("utredningar_packad.xlsx", books.zipped("utredningar.csv", _TABLE), _PACKED),
    _stopped("utredningar_packad.csv", books.zipped("läs mig.doc", b"x"), _PACKED),
    _stopped("utredningar_slumpade_bytes.xlsx", bytes(range(256)) * 8, _BOOK_DAMAGED),
    _stopped(
        "utredningar_binär_arbetsbok.xlsx",
        books.raw(
            parts={"_rels/.rels": '<R><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.bin"/></R>'}
        ),
        "är en binär Excel-arbetsbok (.xlsb), som inte kan läsas; spara den som .xlsx i Excel",
    ),
    _noted("utredningar_textfil_som_heter_xls.xls", _TABLE, "en textfil", "UTF-8"),
    _noted("utredningar_textfil_som_heter_xlsx.xlsx", _TABLE, "en textfil", "UTF-8"),
    _noted("utredningar_xlsx_som_heter_xls.xls", books.as_suffix(".xlsx"), "en Excel-arbetsbok (.xlsx)", "Excel"),
    _noted("utredningar_xlsx_som_heter_csv.csv", books.as_suffix(".xlsx"), "en Excel-arbetsbok (.xlsx)", "Excel"),
    _noted(
        "utredningar_xls_som_heter_xlsx.xlsx",
        books.as_suffix(".xls"),
        "en arbetsbok av äldre slag (.xls)",
        "Excel 97–2003",
    ),
    _noted(
        "utredningar_ods_som_heter_xlsx.xlsx",
        books.as_suffix(".ods"),
        "ett kalkylblad i OpenDocument (.ods)",
        "OpenDocument",
    ),
    # Locked
    _stopped("utredningar_med_lösenord.xlsx", books.encrypted_xlsx, _LOCKED),
    _stopped("utredningar_med_lösenord.xls", books.encrypted_xls, _LOCKED),
    _stopped("utredningar_med_lösenord.ods", books.encrypted_ods, _LOCKED),
    _stopped("utredningar_krypterat_arkiv.xlsx", books.encrypted_zip, _LOCKED),
    # Damaged
    _stopped("utredningar_avkortad.xlsx", books.truncated, _BOOK_DAMAGED),
    _stopped("utredningar_avkortad.xls", books.truncated, _BOOK_DAMAGED),
    _stopped(
        "utredningar_avkortad.ods",
        books.truncated,
        "kan inte läsas som ett kalkylblad i OpenDocument; den är skadad, ofullständig eller av annat slag, så hämta"
        " utdraget på nytt",
    ),
    _stopped("utredningar_en_byte_fel.xlsx", books.a_byte_wrong, _BOOK_DAMAGED),
    _stopped(
        "utredningar_blad_saknas_i_boken.xlsx", books.raw(parts={"xl/_rels/workbook.xml.rels": "<R/>"}), _BOOK_DAMAGED
    ),
    # Made to harm
    _stopped(
        "utredningar_zipbomb.xlsx",
        books.raw(parts={"xl/media/bild.bin": bytes(64 * MB)}),
        "är packad hårdare än någon riktig arbetsbok och kan vara skadlig; hämta utdraget på nytt eller spara det som"
        " .csv",
    ),
    _stopped(
        "utredningar_entiteter_som_växer.xlsx",
        books.with_doctype('<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'),
        _DOCTYPE,
    ),
    _stopped(
        "utredningar_entitet_som_läser_en_fil.xlsx",
        books.with_doctype('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
        _DOCTYPE,
    ),
    _stopped("utredningar_entiteter.ods", books.ods_with_doctype, _DOCTYPE),
    _stopped(
        "utredningar_del_som_pekar_utanför_filen.xlsx",
        books.raw(parts={"../../etc/passwd": "x"}),
        "innehåller delar vars namn pekar utanför filen, som ingen riktig arbetsbok; hämta utdraget på nytt",
    ),
    _stopped(
        "utredningar_två_delar_med_samma_namn.xlsx",
        books.raw(parts={"XL/WORKSHEETS/SHEET1.XML": "<worksheet/>"}),
        "har två delar med samma namn, som ingen riktig arbetsbok; spara om den i Excel",
    ),
    _stopped_at(
        "utredningar_cell_på_tio_mb.xlsx",
        books.raw(books.xml_row(3, "U2", "a" * 10 * MB)),
        "blad Blad1, rad 3",
        _TOO_LONG,
    ),
    _stopped_at(
        "utredningar_cell_på_tio_mb.csv",
        _TABLE + b"U2;" + b"a" * 10 * MB + b";Barn;Barn;2026-03-02\r\n",
        "rad 3",
        _TOO_LONG,
    ),
    _stopped_at(
        "utredningar_cell_på_tio_mb.ods",
        [*investigations(), ["U2", "a" * 10 * MB]],
        "blad Blad1, rad 3",
        _TOO_LONG,
    ),
    _stopped_at("utredningar_16384_kolumner.csv", _TABLE + b"U2" + b";x" * 16_383 + b"\r\n", "rad 3", _TOO_WIDE),
    _stopped_at(
        "utredningar_16384_kolumner.xlsx",
        [*investigations(), ["x"] * 16_384],
        "blad Blad1, rad 3",
        _TOO_WIDE,
    ),
    _stopped_at(
        "utredningar_cell_längst_bort_till_höger.xlsx",
        books.raw('<row r="3"><c r="XFD3"><v>1</v></c></row>'),
        "blad Blad1, rad 3",
        _TOO_WIDE,
    ),
    Case(
        "utredningar_celler_långt_bort.xlsx",
        books.raw('<row r="1000000"><c r="A1000000"><v>1</v></c></row>'),
        stops=f"Filen utredningar_celler_långt_bort.xlsx {_TOO_MANY}.",
        limits={"workbook_cells": 500_000},
    ),
    Case(
        "utredningar_en_cell_längst_ned.xlsx",
        books.raw(books.xml_row(1_048_576, "U2")),
        account=Account(2, 1, 1),
        rejected=tuple(
            Fault(1_048_576, heading, f"{heading} saknas.")
            for heading in ("Person-ID", "Enhet", "Verksamhetsområde", "Inledd")
        ),
        skipped=("Blad Blad1: 1048573 tomma rader (rad 3–1048575)",),
    ),
    _stopped_at(
        "utredningar_fler_sammanfogade_celler_än_någon_gör.xlsx",
        books.raw(
            parts={
                "xl/worksheets/sheet1.xml": '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
                f"<sheetData>{books.xml_rows()}</sheetData><mergeCells>"
                + '<mergeCell ref="A1:A1048576"/>' * 9
                + "</mergeCells></worksheet>"
            }
        ),
        "blad Blad1",
        "för många sammanfogade celler; ta bort sammanfogningarna och spara filen",
    ),
)
