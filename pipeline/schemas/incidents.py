"""Deviations, complaints and other things that went wrong, or well."""

from pipeline.schemas.extract import SOURCE_SYSTEM, Extract, Reference, category, code, count, day, text, yes_no
from pipeline.schemas.rules import not_before

EXTRACT = Extract(
    name="incidents",
    noun="avvikelserna och synpunkterna",
    columns=(
        text("incident_id", required=True),
        category("unit", required=True),
        code(
            "kind",
            "avvikelse",
            "synpunkt",
            "lex Sarah",
            "lex Maria",
            "vårdavvikelse",
            "tillbud",
            "skada",
            "tillsyn",
            required=True,
        ),
        code("feedback", "beröm", "klagomål", "förslag", "fråga", "annan"),
        code("submitter", "brukare", "anhörig", "personal", "annan"),
        yes_no("external"),
        category("category", spelling="incident_category"),
        day("received", required=True),
        count("severity", least=1, most=4),
        count("recurrence", least=1, most=4),
        yes_no("serious"),
        day("reported_to_ivo"),
        text("cause"),
        text("action"),
        day("closed"),
        text("investigation_id"),
        SOURCE_SYSTEM,
    ),
    key=("incident_id", "kind"),
    orders=(not_before("closed", "received"),),
    references=(Reference("investigation_id", "investigations", "investigation_id", same_system=False),),
)
