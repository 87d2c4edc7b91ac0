"""Codes, answers, counts, numbers, blank cells and cells that only tell of a fault."""

from __future__ import annotations

from tests.data import books
from tests.data.case import Account, Case, Content, Fault
from tests.data.rows import (
    Table,
    care_levels,
    controls,
    decisions,
    incidents,
    investigations,
    measurements,
    plans,
    referrals,
)

_OUTCOMES = "Tillåtna värden: insats, ingen insats, avbruten, övrigt."
_COUNT = "ska vara ett helt tal, 0 eller större."
_ERRORS = ("#N/A", "#SAKNAS!", "#DIV/0!", "#REF!", "#VÄRDEFEL!")


def _read(file: str, content: Content, rows: int) -> Case:
    return Case(file, content, account=Account(rows, rows))


def _refused(file: str, content: Content, rows: int, faults: dict[int, tuple[str, str, str]]) -> Case:
    """Rows by number: the heading, the cell as it is told, and what is said of it."""
    return Case(
        file,
        content,
        account=Account(rows, rows - len(faults), len(faults)),
        rejected=tuple(
            Fault(row, heading, f"{heading} ({cell}) {what}") for row, (heading, cell, what) in faults.items()
        ),
    )


def _ended(*outcomes: str) -> Table:
    return investigations(*({"Resultat": outcome, "Avslutad": "2026-05-04"} for outcome in outcomes))


CASES = (
    # Codes
    _read(
        "utredningar_koder_i_annan_skrivning.csv",
        _ended("INGEN INSATS", "ingen_insats", "Ingen  insats "),
        3,
    ),
    _refused(
        "utredningar_okända_koder.csv",
        _ended("insats", "klar", "3", "-"),
        4,
        {
            row: ("Resultat", text, f"är inte ett känt värde. {_OUTCOMES}")
            for row, text in ((3, "klar"), (4, "3"), (5, "-"))
        },
    ),
    _refused(
        "beslut_okänd_lag.csv",
        decisions({}, {"Lag": "HSL"}),
        2,
        {3: ("Lag", "HSL", "är inte ett känt värde. Tillåtna värden: SoL, LSS, LVU, LVM.")},
    ),
    _refused(
        "avvikelser_synpunkt_med_fel_typ.csv",
        incidents({}, {"Typ": "klagomål"}),
        2,
        {
            3: (
                "Typ",
                "klagomål",
                "är inte ett känt värde. Tillåtna värden: avvikelse, synpunkt, lex Sarah, lex Maria, vårdavvikelse,"
                " tillbud, skada, tillsyn.",
            )
        },
    ),
    # Yes and no
    _read(
        "genomförandeplaner_svar_på_alla_vis.csv",
        plans(*({"Delaktighet dokumenterad": text} for text in ("ja", "N", "1", "0", "TRUE", ""))),
        6,
    ),
    _read(
        "aktualiseringar_kryss_för_ja.csv",
        referrals({"Synnerliga skäl": "x"}, {"Synnerliga skäl": ""}, {"Synnerliga skäl": "X"}),
        3,
    ),
    _refused(
        "aktualiseringar_kryss_bland_ja_och_nej.csv",
        referrals({"Synnerliga skäl": "ja"}, {"Synnerliga skäl": "x"}, {"Synnerliga skäl": "nej"}),
        3,
        {3: ("Synnerliga skäl", "x", "ska vara ja eller nej.")},
    ),
    _refused(
        "genomförandeplaner_kanske.csv",
        plans({"Samverkan beskriven": "kanske"}, {"Samverkan beskriven": "2"}, {"Samverkan beskriven": "ja"}),
        3,
        {
            2: ("Samverkan beskriven", "kanske", "ska vara ja eller nej."),
            3: ("Samverkan beskriven", "2", "ska vara ja eller nej."),
        },
    ),
    # Counts and numbers
    _read("genomförandeplaner_antal_med_decimaler_av_noll.csv", plans({"Antal mål": "3,0"}, {"Antal mål": "1 200"}), 2),
    _refused(
        "genomförandeplaner_antal_som_inga_antal_är.csv",
        plans(*({"Antal mål": text} for text in ("3", "-1", "2,5", "två", "3 st", "1e3"))),
        6,
        {row: ("Antal mål", text, _COUNT) for row, text in enumerate(("-1", "2,5", "två", "3 st", "1e3"), 3)},
    ),
    _refused(
        "nivåbedömningar_nivå_noll.csv",
        care_levels({"Omsorgsnivå": "0"}, {"Omsorgsnivå": "1"}),
        2,
        {2: ("Omsorgsnivå", "0", "ska vara 1 eller större.")},
    ),
    _refused(
        "avvikelser_allvarlighetsgrad_fem.csv",
        incidents({"Allvarlighetsgrad": "4"}, {"Allvarlighetsgrad": "5"}, {"Allvarlighetsgrad": "0"}),
        3,
        {3: ("Allvarlighetsgrad", "5", "ska vara 1–4."), 4: ("Allvarlighetsgrad", "0", "ska vara 1–4.")},
    ),
    _refused(
        "internkontroll_sannolikhet_i_ord.csv",
        controls({"Sannolikhet": "hög"}, {"Sannolikhet": "3"}),
        2,
        {2: ("Sannolikhet", "hög", _COUNT)},
    ),
    _read(
        "mätvärden_tal_på_alla_vis.csv",
        measurements(*({"Värde": text} for text in ("12,5", "12.5", "-3", "−3", "1 234,5", "1\u00a0234", "+7"))),
        7,
    ),
    _refused(
        "mätvärden_tal_med_enhet_eller_ord.csv",
        measurements(*({"Värde": text} for text in ("12", "12 %", "ca 12", "12,5 dagar", "1.234,5", "12/25"))),
        6,
        {
            row: ("Värde", text, "ska vara ett tal.")
            for row, text in enumerate(("12 %", "ca 12", "12,5 dagar", "1.234,5", "12/25"), 3)
        },
    ),
    _refused(
        "utredningar_en_hel_sida_i_en_kodcell.csv",
        _ended("insats", "Ord. " * 10_000),
        2,
        {3: ("Resultat", "Ord. " * 39 + "Ord.…", f"är inte ett känt värde. {_OUTCOMES}")},
    ),
    # Blank cells, and cells that tell of a fault
    Case(
        "utredningar_obligatoriska_celler_tomma.csv",
        investigations(
            {}, {"Person-ID": "", "Enhet": " ", "Verksamhetsområde": "\u00a0", "Inledd": None}, {"Utrednings-ID": ""}
        ),
        account=Account(3, 1, 2),
        rejected=(
            *(
                Fault(3, heading, f"{heading} saknas.")
                for heading in ("Person-ID", "Enhet", "Verksamhetsområde", "Inledd")
            ),
            Fault(4, "Utrednings-ID", "Utrednings-ID saknas."),
        ),
    ),
    Case(
        "utredningar_felvärden_från_excel.xlsx",
        investigations(*({"Utredningstyp": error} for error in _ERRORS)),
        account=Account(5, 0, 5),
        rejected=tuple(
            Fault(row, "Utredningstyp", f"Utredningstyp innehåller felvärdet {error}.")
            for row, error in enumerate(_ERRORS, 2)
        ),
    ),
    Case(
        "utredningar_felvärden_i_text.csv",
        investigations({"Person-ID": "#SAKNAS!", "Inledd": "#VALUE!"}),
        account=Account(1, 0, 1),
        rejected=(
            Fault(2, "Person-ID", "Person-ID innehåller felvärdet #SAKNAS!."),
            Fault(2, "Inledd", "Inledd innehåller felvärdet #VALUE!."),
        ),
    ),
    Case(
        "utredningar_formel_utan_värde.xlsx",
        books.formula_without_value,
        account=Account(2, 1, 1),
        rejected=(Fault(3, "Inledd", "Inledd innehåller felvärdet #FORMEL UTAN VÄRDE."),),
    ),
    Case(
        "utredningar_en_rad_med_alla_fel.csv",
        investigations(
            {
                "Enhet": "",
                "Inledd": "i mars",
                "Avslutad": "2026-02-30",
                "Resultat": "klar",
                "Skyddade personuppgifter": "?",
            }
        ),
        account=Account(1, 0, 1),
        rejected=(
            Fault(2, "Enhet", "Enhet saknas."),
            Fault(2, "Inledd", "Inledd (i mars) går inte att läsa som ett datum."),
            Fault(2, "Avslutad", "Avslutad (2026-02-30) går inte att läsa som ett datum."),
            Fault(2, "Resultat", f"Resultat (klar) är inte ett känt värde. {_OUTCOMES}"),
            Fault(2, "Skyddade personuppgifter", "Skyddade personuppgifter (?) ska vara ja eller nej."),
        ),
    ),
)
