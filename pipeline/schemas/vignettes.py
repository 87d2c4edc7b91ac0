"""Invented cases (vinjetter) that many case workers judge, to see whether they judge alike."""

from pipeline.schemas.extract import SOURCE_SYSTEM, Extract, category, day, staff

EXTRACT = Extract(
    name="vignettes",
    noun="vinjetterna",
    columns=(
        category("vignette", required=True),
        category("question", required=True, spelling="vignette_question"),
        staff("rater", required=True),
        category("unit", required=True),
        category("answer", required=True, spelling="vignette_answer"),
        day("date", required=True),
        SOURCE_SYSTEM,
    ),
    key=("vignette", "question", "rater"),
)
