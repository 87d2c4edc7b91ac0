"""Keys: the same row again, the same key with other contents, and the same key in several files and sheets."""

from __future__ import annotations

from tests.data import books
from tests.data.case import Account, Case, Fault
from tests.data.rows import incidents, investigations, plans, referrals

_HERE = "finns på flera rader i filen med olika innehåll"


def _conflict(rows: tuple[int, ...], key: str, where: str, heading: str = "Utrednings-ID") -> tuple[Fault, ...]:
    return tuple(Fault(row, heading, f"{heading} ({key}) {_HERE}: {where}.") for row in rows)


CASES = (
    Case(
        "utredningar_samma_rad_två_gånger.csv",
        investigations({}, {"Utrednings-ID": "U1", "Person-ID": "k-1", "Enhet": " Barn  Väst "}),
        account=Account(2, 1, duplicates=1),
    ),
    Case(
        "utredningar_samma_id_med_olika_innehåll.csv",
        investigations({}, {}, {"Utrednings-ID": "U1"}),
        account=Account(3, 1, 2),
        rejected=_conflict((2, 4), "U1", "rad 2, 4"),
    ),
    Case(
        "utredningar_samma_id_på_många_rader.csv",
        investigations(*({"Utrednings-ID": "U1", "Inledd": f"2026-03-{n:02}"} for n in range(1, 31))),
        account=Account(30, 0, 30),
        rejected=_conflict(tuple(range(2, 32)), "U1", "rad 2–31"),
    ),
    Case(
        "utredningar_dubblett_bland_motstridiga_rader.csv",
        investigations({}, {"Utrednings-ID": "U1", "Person-ID": "k-1"}, {"Utrednings-ID": "U1"}),
        account=Account(3, 0, 2, duplicates=1),
        rejected=_conflict((2, 4), "U1", "rad 2, 4"),
    ),
    Case(
        "utredningar_samma_id_på_två_blad.xlsx",
        books.sheets({"Väst": investigations(), "Öst": investigations({"Person-ID": "k-9"})}),
        account=Account(2, 0, 2),
        rejected=tuple(
            Fault(2, "Utrednings-ID", f"Utrednings-ID (U1) {_HERE}: blad Väst rad 2; blad Öst rad 2.", sheet=sheet)
            for sheet in ("Väst", "Öst")
        ),
    ),
    Case(
        "utredningar_samma_rad_på_två_blad.xlsx",
        books.sheets({"Väst": investigations(), "Öst": investigations()}),
        account=Account(2, 1, duplicates=1),
    ),
    Case(
        "utredningar_2026-08_ersätter_april.csv",
        investigations({}, {}),
        account=Account(4, 3, superseded=1),
        beside={"utredningar_2026-04.csv": investigations({"Inledd": "2026-03-01"}, {"Utrednings-ID": "U9"})},
    ),
    Case(
        "utredningar_kopia_ur_mappen_hämtade_filer.csv",
        investigations(),
        account=Account(2, 1, superseded=1),
        beside={"utredningar_kopia_ur_mappen_hämtade_filer (1).csv": investigations()},
    ),
    Case(
        "utredningar_2026-08_underkänd_rad_väcker_ingen_äldre.csv",
        investigations({"Inledd": "i mars"}),
        account=Account(2, 0, 1, superseded=1),
        rejected=(Fault(2, "Inledd", "Inledd (i mars) går inte att läsa som ett datum."),),
        beside={"utredningar_2026-04.csv": investigations()},
    ),
    Case(
        "utredningar_samma_id_i_två_verksamhetssystem.csv",
        investigations({"Källsystem": "Viva"}, {"Utrednings-ID": "U1", "Källsystem": "Treserva"}),
        account=Account(2, 2),
    ),
    Case(
        "utredningar_id_som_skiljer_sig_i_versaler.csv",
        investigations({"Utrednings-ID": "U1"}, {"Utrednings-ID": "u1"}),
        account=Account(2, 2),
    ),
    Case(
        "aktualiseringar_id_som_tal_med_och_utan_nollor.csv",
        referrals({"Aktualiserings-ID": "007"}, {"Aktualiserings-ID": "7"}),
        account=Account(2, 2),
    ),
    Case(
        "genomförandeplaner_en_plan_för_två_beslut.csv",
        plans({"Beslut-ID": "B1"}, {"Plan-ID": "P1", "Beslut-ID": "B2"}),
        account=Account(2, 2),
    ),
    Case(
        "genomförandeplaner_samma_plan_och_beslut_två_gånger.csv",
        plans({"Beslut-ID": "B1"}, {"Plan-ID": "P1", "Beslut-ID": "B1", "Upprättad": "2026-04-01"}),
        account=Account(2, 0, 2),
        rejected=tuple(
            Fault(row, "Plan-ID + Beslut-ID", f"Plan-ID + Beslut-ID (P1 / B1) {_HERE}: rad 2–3.") for row in (2, 3)
        ),
    ),
    Case(
        "avvikelser_samma_ärende_och_typ_två_gånger.csv",
        incidents({"Typ": "lex Sarah"}, {"Ärende-ID": "Å1", "Typ": "LEX SARAH", "Inkommen": "2026-03-03"}),
        account=Account(2, 0, 2),
        rejected=tuple(
            Fault(row, "Ärende-ID + Typ", f"Ärende-ID + Typ (Å1 / {kind}) {_HERE}: rad 2–3.")
            for row, kind in ((2, "lex Sarah"), (3, "LEX SARAH"))
        ),
    ),
)
