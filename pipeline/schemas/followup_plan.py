"""The yearly plan of what is followed up, how, when and by whom."""

from pipeline.schemas.extract import SOURCE_SYSTEM, Extract, category, code, text

EXTRACT = Extract(
    name="followup_plan",
    noun="raderna i uppföljningsplanen",
    columns=(
        category("area", required=True, spelling="quality_area"),
        category("unit", required=True),
        category("goal", spelling="process_goal"),
        category("definition", required=True),
        text("method", required=True),
        code("level", "individ", "uppdrag/avtal", "tematisk"),
        category("responsible", required=True),
        text("schedule", required=True),
        text("metrics"),
        category("requirement"),
        code("kind", "struktur", "process", "resultat"),
        SOURCE_SYSTEM,
    ),
    key=("area", "unit", "definition"),
)
