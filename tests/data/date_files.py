"""Days in every form that exports write them in, and in forms that nobody can read."""

from __future__ import annotations

from datetime import date

from tests.data.case import Account, Case, Fault
from tests.data.rows import Cells, Table, investigations

_UNREADABLE = "går inte att läsa som ett datum."
_OTHER_FORM = "är skrivet på ett annat sätt än kolumnens övriga datum, så det går inte att läsa säkert."
_UNCLEAR = "kan läsas på två sätt: inget datum i kolumnen visar om dagen eller månaden står först."
_MIXED = "kan läsas på två sätt: kolumnen har både datum med dagen först och med månaden först."


def _opened(*days: object) -> Table:
    return investigations(*({"Inledd": day} for day in days))


def _closed(*days: object) -> Table:
    """Opened long before, so that only the day itself can be wrong."""
    return investigations(*({"Inledd": "1900-01-01", "Avslutad": day} for day in days))


def _read(file: str, *days: object, form: str = "", sheet: str = "") -> Case:
    notes = (f"{sheet}Inledd: datumen lästes som {form}",) if form else ()
    return Case(file, _opened(*days), account=Account(len(days), len(days)), notes=notes)


def _refused(file: str, table: Table, faults: dict[int, tuple[str, str]], heading: str = "Inledd") -> Case:
    """Rows by number: the day as it is told, and what is said of it."""
    rows = len(table) - 1
    return Case(
        file,
        table,
        account=Account(rows, rows - len(faults), len(faults)),
        rejected=tuple(Fault(row, heading, f"{heading} ({day}) {what}") for row, (day, what) in faults.items()),
    )


def _unreadable(file: str, *days: str) -> Case:
    return _refused(file, _opened("2026-03-02", *days), {row: (day, _UNREADABLE) for row, day in enumerate(days, 3)})


def _row(opened: object, closed: object) -> Cells:
    return {"Inledd": opened, "Avslutad": closed}


CASES = (
    # Forms that are read
    _read("utredningar_datum_med_klockslag.csv", "2026-03-02 10:15", "2026-03-02T23:59:59", "2026-03-02 00:00:00.000"),
    _read("utredningar_datum_utan_bindestreck.csv", "20260302", "20260303"),
    _read("utredningar_datum_med_punkter_och_snedstreck.csv", "2026.03.02", "2026/03/02", "2026-3-2", "20260302"),
    _read("utredningar_datum_ååmmdd.csv", "260302", "991231", form="ÅÅMMDD"),
    _read("utredningar_datum_med_dagen_först.csv", "03/04/2026", "25/12/2025", form="DD/MM/ÅÅÅÅ"),
    _read("utredningar_datum_med_månaden_först.csv", "03/04/2026", "12/25/2025", form="MM/DD/ÅÅÅÅ"),
    _read("utredningar_datum_med_dagen_först_och_punkter.csv", "3.4.2026", "25.12.2025 08:00", form="DD/MM/ÅÅÅÅ"),
    _read("utredningar_datum_som_löpnummer.csv", "46083", "46084,5", form="löpnummer från Excel"),
    _read("utredningar_datum_som_löpnummer.xlsx", 46083, 46084.5, form="löpnummer från Excel", sheet="Blad Blad1: "),
    _read("utredningar_skottdagar.csv", "2024-02-29", "2000-02-29"),
    Case(
        "utredningar_olika_former_i_olika_kolumner.csv",
        investigations(_row("260302", "20260401"), _row("260303", "20260402")),
        account=Account(2, 2),
        notes=("Inledd: datumen lästes som ÅÅMMDD",),
    ),
    Case(
        "utredningar_öppet_slut_på_alla_vis.csv",
        _closed("9999-12-31", "99991231", "9999-12-31 00:00:00", "2101-01-01", ""),
        account=Account(5, 5),
        warned=("Avslutad finns i utdraget men är tom på alla rader (5).",),
    ),
    Case(
        "utredningar_öppet_slut_bland_andra_former.csv",
        _closed("260331", "9999-12-31"),
        account=Account(2, 2),
        notes=("Avslutad: datumen lästes som ÅÅMMDD",),
    ),
    Case(
        "utredningar_förlängd_till_nästa_år.csv",
        investigations({"Förlängning beslutad": "2026-06-01", "Förlängd till": "2027-01-31"}),
    ),
    # Forms that nobody can be sure of
    _refused(
        "utredningar_dag_eller_månad_först_framgår_inte.csv",
        _opened("03/04/2026", "05/06/2026"),
        {2: ("03/04/2026", _UNCLEAR), 3: ("05/06/2026", _UNCLEAR)},
    ),
    _refused(
        "utredningar_dag_och_månad_först_om_vartannat.csv",
        _opened("25/12/2025", "12/26/2025", "03/04/2026"),
        {2: ("25/12/2025", _MIXED), 3: ("12/26/2025", _MIXED), 4: ("03/04/2026", _MIXED)},
    ),
    _refused(
        "utredningar_excel_har_kastat_om_dag_och_månad.xlsx",
        _opened(date(2026, 4, 3), date(2026, 6, 5), "25/12/2025"),
        {4: ("25/12/2025", _OTHER_FORM)},
    ),
    _refused(
        "utredningar_två_former_i_en_kolumn.csv",
        _opened("2026-03-02", "2026-03-03", "260304", "46085"),
        {4: ("260304", _OTHER_FORM), 5: ("46085", _OTHER_FORM)},
    ),
    _refused(
        "utredningar_ett_datum_har_blivit_ett_tal.xlsx",
        _opened(date(2026, 3, 2), date(2026, 3, 3), 46085),
        {4: ("46085", _OTHER_FORM)},
    ),
    # What is no day
    _unreadable("utredningar_dagar_som_inte_finns.csv", "2026-02-30", "2026-13-01", "20260431", "0000-00-00"),
    _unreadable("utredningar_skottdag_fel_år.csv", "2025-02-29", "1900-02-29"),
    _unreadable("utredningar_datum_i_ord.csv", "i mars", "2 mars 2026", "okänt", "-", "?"),
    _unreadable("utredningar_datum_med_tvåsiffrigt_år.csv", "26-03-02", "2/3-26", "02/03/26"),
    _unreadable("utredningar_bara_år_eller_månad.csv", "2026", "2026-03", "mars 2026"),
    _unreadable("utredningar_bara_klockslag.csv", "10:15"),
    _refused(
        "utredningar_excels_dag_noll.xls",
        _opened(date(2026, 3, 2), "1900-01-00"),
        {3: ("1900-01-00", _UNREADABLE)},
    ),
    Case("utredningar_null_som_text.csv", _closed("2026-03-02", "NULL"), account=Account(2, 2)),
    # Days that cannot have been
    _refused(
        "utredningar_inledd_på_1800_talet.csv",
        _opened("1899-12-31", "1900-01-01"),
        {2: ("1899-12-31", "ligger före år 1900.")},
    ),
    _refused(
        "utredningar_avslutad_i_framtiden.csv",
        _closed("2026-09-09", "2026-09-10", "2100-12-31"),
        {
            3: ("2026-09-10", "ligger i framtiden, senare än 2026-09-09."),
            4: ("2100-12-31", "ligger i framtiden, senare än 2026-09-09."),
        },
        heading="Avslutad",
    ),
    Case(
        "utredningar_inledd_har_öppet_slut.csv",
        _opened("9999-12-31"),
        account=Account(1, 0, 1),
        rejected=(Fault(2, "Inledd", "Inledd saknas: 9999-12-31 betyder att dagen är öppen."),),
    ),
    Case(
        "utredningar_bara_månaden_har_registrerats.csv",
        _opened(*(f"2025-{1 + n % 12:02}-01" for n in range(20))),
        account=Account(20, 20),
        warned=("Alla datum i Inledd (20) är den första i en månad: troligen har bara månaden registrerats.",),
    ),
)
