"""The row of headings: missing, misspelt, twice, on two rows, far down, or of something else."""

from __future__ import annotations

from collections.abc import Sequence

from tests.data import books
from tests.data.case import Account, Case, Content
from tests.data.rows import Table, decisions, investigations, referrals

_ALL = "Utrednings-ID, Person-ID, Enhet, Verksamhetsområde, Inledd"
_TWO = Account(2, 2)


def _renamed(table: Table, **names: str) -> Table:
    """The table with other headings: `_renamed(table, Inledd="Startdatum")`."""
    return [[names.get(str(heading), heading) for heading in table[0]], *table[1:]]


def _without(table: Table, *headings: str) -> Table:
    kept = [place for place, heading in enumerate(table[0]) if heading not in headings]
    return [[row[place] for place in kept] for row in table]


def _lacking(file: str, content: Content, missing: Sequence[str], *, alike: str = "", sheet: str = "") -> Case:
    what = f"{'rubriken' if len(missing) == 1 else 'rubrikerna'} {', '.join(missing)} saknas i rubrikraden (rad 1)"
    where = f"Filen {file}{f', blad {sheet}' if sheet else ''}"
    cure = f"byt rubrik i filen, eller kör python -m pipeline inspect {file} som föreslår en profil"
    return Case(file, content, stops=f"{where}: {what}{f'; mest lika är {alike}' if alike else ''}; {cure}.")


def _no_headings(file: str, content: Content, sheet: str = "") -> Case:
    where = f"Filen {file}{f', blad {sheet}' if sheet else ''}"
    return Case(
        file,
        content,
        stops=f"{where}: ingen rubrikrad hittades bland de 50 första raderna (rubrikerna {_ALL} behövs); kontrollera"
        f" att filen är rätt utdrag, eller kör python -m pipeline inspect {file}.",
    )


def _empty(file: str, content: Content) -> Case:
    return Case(file, content, stops=f"Filen {file} är tom; hämta utdraget på nytt eller flytta bort filen.")


CASES = (
    _lacking("utredningar_utan_rubriken_inledd.csv", _without(investigations(), "Inledd"), ["Inledd"]),
    _lacking(
        "utredningar_utan_två_rubriker.xlsx",
        _without(investigations(), "Inledd", "Person-ID"),
        ["Person-ID", "Inledd"],
        sheet="Blad1",
    ),
    _lacking(
        "utredningar_felstavad_rubrik.csv", _renamed(investigations(), Inledd="Inlett"), ["Inledd"], alike="Inlett"
    ),
    _lacking("utredningar_som_egentligen_är_beslut.csv", decisions(), ["Utrednings-ID", "Inledd"]),
    _no_headings("utredningar_engelska_rubriker.csv", [["Case no", "Client", "Opened"], ["U1", "k-1", "2026-03-02"]]),
    _no_headings("utredningar_utan_rubrikrad.csv", investigations({}, {})[1:]),
    _no_headings(
        "utredningar_rubriker_efter_50_rader.csv", [*([f"Urval {n}"] for n in range(1, 51)), *investigations()]
    ),
    _no_headings(
        "utredningar_bara_ett_försättsblad.xlsx", [["Verksamhetssystemet"], ["Utskrivet av systemet"]], "Blad1"
    ),
    Case(
        "utredningar_samma_rubrik_två_gånger.csv",
        [[*row, row[-1]] for row in investigations()],
        stops="Filen utredningar_samma_rubrik_två_gånger.csv: samma uppgift har två kolumner (Inledd och Inledd, rad"
        " 1); ta bort eller byt rubrik på den ena.",
    ),
    Case(
        "utredningar_både_person_id_och_personnummer.csv",
        investigations({"Personnummer": "19121212-1212"}),
        ignored=("Personnummer",),
    ),
    Case(
        "utredningar_rubriker_på_två_rader.xlsx",
        books.two_heading_rows,
        account=_TWO,
        notes=("Blad Blad1: rubrikerna står på två rader (rad 1–2)",),
    ),
    Case(
        "utredningar_rubriker_under_titelrader.csv",
        [["Utredningar 2026"], ["Urval:", "alla enheter"], [], *investigations({}, {})],
        account=_TWO,
        skipped=("2 titelrader (rad 1–2)", "1 tom rad (rad 3)"),
    ),
    Case(
        "utredningar_rubriker_upprepas_på_varje_sida.csv",
        [*investigations({}, {}), *investigations({"Utrednings-ID": "U3"})],
        account=Account(3, 3),
        skipped=("1 upprepad rubrikrad (rad 4)",),
    ),
    Case(
        "utredningar_rubriker_skrivna_på_annat_vis.csv",
        [["UTREDNINGS_ID", "person id", " Enhet ", "Verksamhets-\nområde", "INLEDD"], *investigations()[1:]],
    ),
    Case(
        "utredningar_osynliga_tecken_i_rubriker.csv",
        [
            ["Utrednings\u00adID", "Person\u00a0ID", "\u200bEnhet", "Verksamhetsområde", "Inledd\ufeff"],
            *investigations()[1:],
        ],
    ),
    Case(
        "utredningar_okända_rubriker.csv",
        investigations({"Favoritfärg": "grön", "Akt": "A-12"}),
        ignored=("Favoritfärg", "Akt"),
    ),
    Case(
        "utredningar_kolumn_utan_rubrik.csv",
        investigations({"": "anteckning"}),
        ignored=("kolumn 6 (utan rubrik)",),
    ),
    Case(
        "utredningar_personnummer_som_rubrik.csv",
        investigations({"19121212-1212": "x"}),
        ignored=("•••",),
    ),
    Case(
        "utredningar_bara_rubriker.csv",
        investigations()[:1],
        account=Account(0),
        warned=("Filen har rubriker men inga rader, så det som räknas i den blir 0.",),
    ),
    _empty("utredningar_tom_fil.csv", b""),
    _empty("utredningar_tom_fil.xlsx", b""),
    _empty("utredningar_bara_tomma_rader.csv", [["", ""], ["", ""], [" ", ""]]),
    _empty("utredningar_tomt_blad.xlsx", []),
    Case(
        "aktualiseringar_en_kolumn_saknar_värden.csv",
        referrals({"Registrerad": ""}, {}),
        account=_TWO,
        warned=("Registrerad finns i utdraget men är tom på alla rader (2).",),
    ),
)
