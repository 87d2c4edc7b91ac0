"""What a rule's breach is called, and what its owner can do about it: one place for all that quality reports say."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.language import later


@dataclass(frozen=True)
class Advice:
    """A heading for breaches of a rule, and how to mend them."""

    title: str
    cure: str


_IN_THE_SYSTEM = "Rätta uppgiften i verksamhetssystemet."
_EXPORT_AGAIN = (
    "Ta ut filen på nytt med datum skrivna som 2026-08-31, eller ange ordningen i systemets profil ([dates])."
)
_CHECK_SELECTION = (
    "Kontrollera att urvalet är detsamma som i förra leveransen, och ta ut filen på nytt om det inte är det."
)
_ADVICE = {
    # Of rows
    "missing": Advice(later("Obligatorisk uppgift saknas"), "Fyll i uppgiften i verksamhetssystemet."),
    "open_end": Advice(later("Obligatorisk dag är öppen"), "Fyll i dagen; ett datum för evigt betyder att den saknas."),
    "error_value": Advice(later("Felvärde från Excel"), "Ta ut filen på nytt, eller rätta formeln i cellen."),
    "unreadable_date": Advice(later("Datum går inte att läsa"), "Rätta datumet; skriv det som 2026-08-31."),
    "other_date_form": Advice(
        later("Datum skrivna på olika sätt"), "Skriv alla datum i kolumnen på samma sätt, 2026-08-31."
    ),
    "unclear_date": Advice(later("Datum som kan läsas på två sätt"), _EXPORT_AGAIN),
    "mixed_date": Advice(later("Dag och månad i olika ordning"), _EXPORT_AGAIN),
    "mangled_person": Advice(
        later("Personnummer förstört av Excel"),
        "Ta ut filen på nytt och öppna den inte i Excel före leveransen, eller ge kolumnen formatet text först.",
    ),
    "unknown_code": Advice(later("Okänt värde"), "Rätta värdet, eller lägg till det i verksamhetssystemets profil."),
    "not_yes_no": Advice(
        later("Varken ja eller nej"), "Ange ja eller nej, eller lämna tomt om frågan inte är besvarad."
    ),
    "not_count": Advice(later("Inte ett antal"), "Ange ett helt tal, 0 eller större."),
    "not_number": Advice(later("Inte ett tal"), "Ange ett tal, utan enhet eller annan text."),
    "out_of_range": Advice(later("Tal utanför skalan"), "Ange ett tal inom skalan."),
    "too_early": Advice(later("Datum före år 1900"), "Rätta datumet; ofta är det ett standardvärde från systemet."),
    "too_late": Advice(later("Datum i framtiden"), "Rätta datumet; det som har hänt kan inte ligga framåt i tiden."),
    "conflict": Advice(
        later("Samma ärende med olika innehåll"), "Ta reda på vilken rad som gäller och ta bort de andra."
    ),
    "surplus_cells": Advice(
        later("Fler fält än rubriker"), "Ta ut filen som Excel, eller med citattecken runt texter."
    ),
    "executed_before_decided": Advice(
        later("Verkställt före beslutet"), "Kontrollera de två datumen; en insats kan ha börjat akut, före beslutet."
    ),
    # Of files, columns and deliveries
    "wrong_check_digit": Advice(
        later("Fel kontrollsiffra i personnummer"), "Kontrollera personnumret i verksamhetssystemet."
    ),
    "person_number_masked": Advice(later("Personnummer i en fritext"), "Ta bort personnumret ur texten."),
    "register_missing": Advice(later("Enhetsregistret saknas"), "Lägg en fil med enheter bland utdragen."),
    "outside_register": Advice(later("Enhet som inte gäller"), "Rätta enhetens giltighet i enhetsregistret."),
    "unknown_area": Advice(later("Okänt verksamhetsområde"), "Rätta området i config.toml eller i utdragen."),
    "not_final": Advice(later("Levererat före periodens slut"), "Ta ut filen på nytt efter periodens sista dag."),
    "past_retention": Advice(
        later("Gallrade rader som kommit tillbaka"), "Ta ut filen på nytt utan dem, och gallra igen."
    ),
    "no_rows": Advice(later("Utdrag utan rader"), "Kontrollera urvalet och ta ut utdraget på nytt."),
    "column_empty": Advice(later("Tom kolumn"), "Kontrollera att uppgiften följer med i utdraget."),
    "protected_identity_unknown": Advice(
        later("Okänt vilka som har skyddade personuppgifter"),
        "Ta ut filen på nytt med kolumnen ifylld, ja eller nej på varje rad. Gå till dess igenom listorna för hand"
        " innan de lämnas vidare.",
    ),
    "dates_on_first": Advice(
        later("Alla datum den första i månaden"), "Kontrollera att dagen registreras, inte bara månaden."
    ),
    # Of the goal tree and the activities
    "requirements_metric_unknown": Advice(
        later("Okänt mått i kravmatrisen"), "Skriv måttets namn så som det står i rapporten."
    ),
    "followup_plan_metric_unknown": Advice(
        later("Okänt mått i uppföljningsplanen"), "Skriv måttets namn så som det står i rapporten."
    ),
    "followup_schedule_unread": Advice(
        later("Mättillfälle som inte går att läsa"), "Skriv mättillfället på något av de sätt som står i handledningen."
    ),
    "goal_metric_unknown": Advice(later("Okänt mått i målträdet"), "Skriv måttets namn så som det står i rapporten."),
    "goal_statistic_unsuitable": Advice(
        later("Fel statistik i målträdet"), "Ange den statistik som måttet redovisas med."
    ),
    "goal_target_outside": Advice(
        later("Målvärde som inte är möjligt"), "Rätta målvärdet; andelar skrivs i procent, 0–100."
    ),
    "goal_direction_contrary": Advice(
        later("Målets riktning är tvärtemot måttets"), "Rätta riktningen, eller lämna den tom."
    ),
    "goal_direction_missing": Advice(later("Målets riktning saknas"), "Ange högre eller lägre för målet."),
    "goal_validity_reversed": Advice(later("Mål som slutar innan det börjar"), "Rätta målets giltighetstid."),
    "goal_targets_overlap": Advice(later("Mål som överlappar"), "Ange sista dag för det mål som inte längre gäller."),
    "goal_judged_apart": Advice(
        later("Mål med olika bedömningar"), "Ange samma bedömning av målet på alla dess rader."
    ),
    "activity_metric_unknown": Advice(
        later("Okänt mått för en aktivitet"), "Skriv måttens namn så som de står i rapporten, med semikolon mellan."
    ),
    "rows_halved": Advice(later("Hälften av raderna borta"), _CHECK_SELECTION),
    "column_emptied": Advice(later("Kolumn som har blivit tom"), _CHECK_SELECTION),
}
# Other rules across columns are named after both, so they are known by how their names are made.
_BY_NAME = (
    ("_before_", Advice(later("Datum i fel ordning"), "Rätta det av de två datumen som är fel.")),
    ("_over_", Advice(later("Antal som inte går ihop"), "Rätta det av de två antalen som är fel.")),
    (
        "_dangling",
        Advice(later("Pekar på något som inte finns"), "Kontrollera numret, och att båda utdragen har samma urval."),
    ),
    ("_not_in_register", Advice(later("Enhet som inte finns i registret"), "Lägg till enheten i enhetsregistret.")),
    ("_without_", Advice(later("Utfall utan datum"), "Fyll i dagen i verksamhetssystemet.")),
    ("_missing", Advice(later("Uppgift som borde finnas saknas"), "Fyll i uppgiften i verksamhetssystemet.")),
)
OTHER = Advice(later("Annat fel"), f"{_IN_THE_SYSTEM} Ta sedan ut filen på nytt.")


def of(rule: str) -> Advice:
    """What to say of a rule's breach; a rule that nothing is said of yet has `OTHER`."""
    return _ADVICE.get(rule) or next((advice for part, advice in _BY_NAME if part in rule), OTHER)
