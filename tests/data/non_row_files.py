"""Rows that are no data, and rows that only look like it."""

from __future__ import annotations

from tests.data.case import Account, Case, Fault
from tests.data.rows import investigations, units

_TWO = Account(2, 2)
_REST = ("Person-ID", "Enhet", "Verksamhetsområde", "Inledd")


def _footed(file: str, *footer: object, skipped: str = "1 summarad (rad 4)") -> Case:
    return Case(file, [*investigations({}, {}), list(footer)], account=_TWO, skipped=(skipped,))


CASES = (
    _footed("utredningar_totalrad_sist.csv", "Totalt", "", "", "", "2"),
    _footed("utredningar_antal_rader_sist.csv", "Antal rader: 2"),
    _footed("utredningar_namngiven_summa_sist.xlsx", "Summa utredningar: 2", skipped="Blad Blad1: 1 summarad (rad 4)"),
    Case(
        "utredningar_delsumma_efter_varje_enhet.csv",
        [
            *investigations({}),
            ["Delsumma", "1"],
            *investigations({}, {"Enhet": "Barn Öst"})[2:],
            ["Delsumma", "1"],
            ["Totalsumma", "2"],
        ],
        account=_TWO,
        skipped=("3 summarader (rad 3, 5–6)",),
    ),
    Case(
        "utredningar_tomma_rader_överallt.csv",
        [[], *investigations({}), [], ["", " ", "\u00a0"], *investigations({}, {})[2:], [], []],
        account=_TWO,
        skipped=("5 tomma rader (rad 1, 4–5, 7–8)",),
    ),
    Case(
        "utredningar_utskriftsdatum_sist.csv",
        [*investigations({}, {}), ["Utskrivet 2026-09-01"]],
        account=Account(2, 2),
        skipped=("1 rad med sidfot (rad 4)",),
    ),
    Case(
        "utredningar_streckad_linje_under_rubrikerna.csv",
        [investigations()[0], ["---", "---", "---", "---", "---"], *investigations({}, {})[1:]],
        account=Account(3, 2, 1),
        rejected=(Fault(2, "Inledd", "Inledd (---) går inte att läsa som ett datum."),),
    ),
    Case("enheter_en_enhet_heter_total.csv", units({"Enhet": "Total"}, {"Enhet": "Summa"}), account=_TWO),
    Case(
        "utredningar_en_rad_med_bara_id.csv",
        [*investigations({}, {}), ["U3"]],
        account=Account(3, 2, 1),
        rejected=tuple(Fault(4, heading, f"{heading} saknas.") for heading in _REST),
    ),
)
