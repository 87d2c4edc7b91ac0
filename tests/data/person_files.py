"""Personnummer: as Excel mangles them, where they should not stand, and in every way that they are written.

Those here are the tax agency's old example (19121212-1212) and numbers whose check digit is wrong.
"""

from __future__ import annotations

from tests.data.case import Account, Case, Fault
from tests.data.rows import Table, decisions, incidents, investigations, measurements

_MANGLED = "är ett personnummer som Excel har gjort om till ett tal, så siffror har gått förlorade."
_MASKED = "innehöll något som ser ut som ett personnummer; det har maskerats."
# An id that tells a personnummer, as it is hashed with the tests' key.
_PSEUDONYM = "ce0216cf947aedce686215272b87cae8"
_CHECK = "Kontrollsiffran i personnumret stämmer inte; raden läses in ändå."


def _persons(*texts: object) -> Table:
    return investigations(*({"Person-ID": text} for text in texts))


CASES = (
    Case(
        "utredningar_personnummer_på_alla_vis.csv",
        _persons("19121212-1212", "191212121212", "121212-1212", "121212+1212", "1212121212", " 19121212 1212 "),
        account=Account(6, 6),
    ),
    Case(
        "utredningar_personnummer_som_tal_i_excel.csv",
        _persons("k-1", "1,9901E+11", "1.99E+11", "2,0121E+11"),
        account=Account(4, 1, 3),
        rejected=tuple(Fault(row, "Person-ID", f"Person-ID {_MANGLED}") for row in (3, 4, 5)),
    ),
    Case(
        "utredningar_personnummer_utan_inledande_nolla.xlsx",
        _persons("121212-1212", 101010007, 12121212),
        account=Account(3, 2, 1),
        rejected=(Fault(3, "Person-ID", f"Person-ID {_MANGLED}"),),
    ),
    Case("utredningar_klientnummer_med_nio_siffror.csv", _persons("101010007", "101010015"), account=Account(2, 2)),
    Case(
        "utredningar_fel_kontrollsiffra.csv",
        _persons("19990101-1234", "19121212-1212"),
        account=Account(2, 2),
        warned=(_CHECK,),
    ),
    Case(
        "utredningar_samordningsnummer_och_reservnummer.csv",
        _persons("19121272-1219", "19121212-T123"),
        account=Account(2, 2),
    ),
    Case("utredningar_personnummer_med_omöjligt_datum.csv", _persons("19990231-1234"), account=Account(1, 1)),
    Case(
        "beslut_personnummer_i_fritext.csv",
        decisions(
            {"Skäl till dröjsmål": "Väntar på svar från 19121212-1212"}, {"Insats": "kontaktperson åt 121212-1212"}
        ),
        account=Account(2, 2),
        warned=(f"Kolumnen Insats {_MASKED}", f"Kolumnen Skäl till dröjsmål {_MASKED}"),
    ),
    Case(
        "utredningar_personnummer_som_utrednings_id.csv",
        investigations({"Utrednings-ID": "19121212-1212"}, {"Utrednings-ID": "U-19121212-1212-1", "Inledd": "i mars"}),
        account=Account(2, 1, 1),
        rejected=(Fault(3, "Inledd", "Inledd (i mars) går inte att läsa som ett datum."),),
        warned=(f"Kolumnen Utrednings-ID {_MASKED}",),
    ),
    Case(
        "utredningar_personnummer_i_fel_kolumn.csv",
        investigations({"Inledd": "19121212-1212", "Resultat": "19121212-1212", "Födelseår": "19121212-1212"}),
        account=Account(1, 0, 1),
        rejected=(
            Fault(2, "Inledd", "Inledd (•••) går inte att läsa som ett datum."),
            Fault(
                2,
                "Resultat",
                "Resultat (•••) är inte ett känt värde. Tillåtna värden: insats, ingen insats, avbruten, övrigt.",
            ),
            Fault(2, "Födelseår", "Födelseår (•••) ska vara ett helt tal, 0 eller större."),
        ),
    ),
    Case(
        "utredningar_personnummer_i_ett_fält_för_mycket.csv",
        b"\r\n".join(
            ";".join(map(str, row)).encode() for row in [investigations()[0], [*investigations()[1], "19121212-1212"]]
        ),
        account=Account(1, 0, 1),
        rejected=(Fault(2, "", "Raden har fler fält än rubrikraden."),),
    ),
    Case(
        "utredningar_samma_personnummer_som_id_två_gånger.csv",
        investigations({"Utrednings-ID": "19121212-1212"}, {"Utrednings-ID": "19121212-1212", "Inledd": "2026-04-01"}),
        account=Account(2, 0, 2),
        rejected=tuple(
            Fault(
                row,
                "Utrednings-ID",
                f"Utrednings-ID ({_PSEUDONYM}) finns på flera rader i filen med olika innehåll: rad 2–3.",
            )
            for row in (2, 3)
        ),
        warned=(f"Kolumnen Utrednings-ID {_MASKED}",),
    ),
    Case(
        "avvikelser_personnummer_i_orsak.csv",
        incidents({"Orsak": "Fel dos till 121212-1212", "Åtgärd": "Läkare kontaktad om 191212121212"}),
        warned=(f"Kolumnen Orsak {_MASKED}", f"Kolumnen Åtgärd {_MASKED}"),
    ),
    Case(
        "mätvärden_personnummer_i_kommentar.csv",
        measurements({"Kommentar": "Gäller 19121212-1212"}),
        warned=(f"Kolumnen Kommentar {_MASKED}",),
    ),
)
