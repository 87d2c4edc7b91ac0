"""What does not hang together: days and counts in the wrong order, references that point nowhere, units unknown."""

from __future__ import annotations

from tests.data.case import Account, Case, Fault
from tests.data.rows import (
    Cells,
    Table,
    controls,
    decisions,
    incidents,
    investigations,
    plans,
    referrals,
    surveys,
    units,
)

_BEFORE = "ligger före"
_OVER = "är större än"


def _wrong(file: str, table: Table, heading: str, first: str, relation: str, other: str, second: str) -> Case:
    """The first row breaks an order, and the second is at its bound."""
    return Case(
        file,
        table,
        account=Account(2, 1, 1),
        rejected=(Fault(2, heading, f"{heading} ({first}) {relation} {other} ({second})."),),
    )


def _days(heading: str, other: str) -> tuple[Cells, Cells]:
    return {heading: "2026-03-01", other: "2026-03-02"}, {heading: "2026-03-02", other: "2026-03-02"}


def _early(file: str, table: Table, heading: str, other: str) -> Case:
    return _wrong(file, table, heading, "2026-03-01", _BEFORE, other, "2026-03-02")


CASES = (
    _early("utredningar_avslutad_före_inledd.csv", investigations(*_days("Avslutad", "Inledd")), "Avslutad", "Inledd"),
    _early(
        "utredningar_förlängd_före_inledd.csv",
        investigations(*_days("Förlängning beslutad", "Inledd")),
        "Förlängning beslutad",
        "Inledd",
    ),
    _early(
        "aktualiseringar_beslutad_före_inkommen.csv",
        referrals(*_days("Beslut förhandsbedömning datum", "Inkommen")),
        "Beslut förhandsbedömning datum",
        "Inkommen",
    ),
    _early(
        "aktualiseringar_skyddsbedömd_före_inkommen.csv",
        referrals(*_days("Skyddsbedömning datum", "Inkommen")),
        "Skyddsbedömning datum",
        "Inkommen",
    ),
    _early(
        "beslut_avslutat_före_beslutet.csv", decisions(*_days("Avslutad", "Beslutsdatum")), "Avslutad", "Beslutsdatum"
    ),
    _early("beslut_avbrott_före_beslutet.csv", decisions(*_days("Avbrott", "Beslutsdatum")), "Avbrott", "Beslutsdatum"),
    _early(
        "beslut_återupptaget_före_avbrottet.csv",
        decisions(
            {"Avbrott": "2026-03-02", "Återupptagen": "2026-03-01"},
            {"Avbrott": "2026-03-02", "Återupptagen": "2026-03-02"},
        ),
        "Återupptagen",
        "Avbrott",
    ),
    Case(
        "beslut_verkställt_före_beslutet.csv",
        decisions(*_days("Verkställighetsdatum", "Beslutsdatum")),
        account=Account(2, 2),
        warned=("Verkställighetsdatum ligger före Beslutsdatum; väntetiden räknas som 0 dagar.",),
    ),
    _early(
        "genomförandeplaner_reviderad_före_upprättad.csv",
        plans(*_days("Reviderad", "Upprättad")),
        "Reviderad",
        "Upprättad",
    ),
    _wrong(
        "genomförandeplaner_fler_mätbara_mål_än_mål.csv",
        plans({"Antal mål": "3", "Antal mätbara mål": "4"}, {"Antal mål": "3", "Antal mätbara mål": "3"}),
        "Antal mätbara mål",
        "4",
        _OVER,
        "Antal mål",
        "3",
    ),
    _early("avvikelser_avslutad_före_inkommen.csv", incidents(*_days("Avslutad", "Inkommen")), "Avslutad", "Inkommen"),
    _wrong(
        "enkäter_fler_positiva_än_svar.csv",
        surveys({"Antal positiva": "21"}, {"Antal positiva": "20"}),
        "Antal positiva",
        "21",
        _OVER,
        "Antal svar",
        "20",
    ),
    _wrong(
        "enkäter_fler_svar_än_tillfrågade.csv",
        surveys({"Antal tillfrågade": "19"}, {"Antal tillfrågade": "20"}),
        "Antal svar",
        "20",
        _OVER,
        "Antal tillfrågade",
        "19",
    ),
    _wrong(
        "internkontroll_fler_avvikelser_än_kontrollerade.csv",
        controls(
            {"Antal kontrollerade": "9", "Antal avvikelser": "10"},
            {"Antal kontrollerade": "9", "Antal avvikelser": "9"},
        ),
        "Antal avvikelser",
        "10",
        _OVER,
        "Antal kontrollerade",
        "9",
    ),
    Case(
        "utredningar_pekar_på_aktualisering_som_inte_finns.csv",
        investigations({"Aktualiserings-ID": "A1"}, {"Aktualiserings-ID": "A7"}),
        account=Account(2, 2),
        warned=("Aktualiserings-ID pekar på något som inte finns bland aktualiseringarna.",),
        beside={"aktualiseringar.csv": referrals()},
    ),
    Case(
        "utredningar_pekar_på_underkänd_aktualisering.csv",
        investigations({"Aktualiserings-ID": "A1"}),
        warned=("Aktualiserings-ID pekar på något som inte finns bland aktualiseringarna.",),
        beside={"aktualiseringar.csv": referrals({"Enhet": ""})},
    ),
    Case(
        "genomförandeplaner_pekar_på_beslut_som_inte_finns.csv",
        plans({"Beslut-ID": "B1"}, {"Beslut-ID": "B9"}),
        account=Account(2, 2),
        warned=("Beslut-ID pekar på något som inte finns bland besluten.",),
        beside={"beslut.csv": decisions()},
    ),
    Case(
        "avvikelser_pekar_på_utredning_som_inte_finns.csv",
        incidents({"Utrednings-ID": "U9"}),
        warned=("Utrednings-ID pekar på något som inte finns bland utredningarna.",),
        beside={"utredningar.csv": investigations()},
    ),
    Case(
        "utredningar_enhet_som_inte_finns_i_registret.csv",
        investigations({}, {"Enhet": "BARN VÄST"}, {"Enhet": "Barn Wäst"}),
        account=Account(3, 3),
        warned=("Enhet finns inte i enhetsregistret.",),
        beside={"enheter.csv": units()},
    ),
    Case(
        "beslut_utförare_som_inte_finns_i_registret.csv",
        decisions({"Utförare": "Hemmet AB"}),
        warned=("Utförare finns inte i enhetsregistret.",),
        beside={"enheter.csv": units()},
    ),
    Case(
        "utredningar_resultat_utan_avslutsdatum.csv",
        investigations({"Resultat": "insats"}),
        warned=("Resultat är ifyllt men Avslutad saknas.",),
    ),
    Case(
        "aktualiseringar_beslut_utan_beslutsdatum.csv",
        referrals({"Beslut förhandsbedömning": "utredning inleds"}),
        warned=("Beslut förhandsbedömning är ifyllt men Beslut förhandsbedömning datum saknas.",),
    ),
    Case(
        "genomförandeplaner_utan_upprättandedatum.csv",
        plans({"Upprättad": ""}, {}),
        account=Account(2, 2),
        warned=("Upprättad saknas; raden läses in och saknaden redovisas.",),
    ),
)
