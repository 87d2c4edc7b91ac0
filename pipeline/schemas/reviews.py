"""File reviews and self-checks: an answer a file and question."""

from pipeline.schemas.extract import SOURCE_SYSTEM, Extract, category, code, count, day, text

EXTRACT = Extract(
    name="reviews",
    noun="granskningarna",
    columns=(
        category("review", required=True),
        category("unit", required=True),
        text("item_id", required=True),
        category("question", required=True, spelling="review_question"),
        code("answer", "ja", "nej", "delvis", "ej aktuellt", required=True),
        text("reason"),
        day("reviewed", required=True),
        count("population"),
        SOURCE_SYSTEM,
    ),
    key=("review", "unit", "item_id", "question"),
)
