"""Figures that no case system holds: queues, places, staff, what was counted by hand."""

from pipeline.schemas.extract import SOURCE_SYSTEM, Extract, category, day, number, text

EXTRACT = Extract(
    name="measurements",
    noun="mätvärdena",
    columns=(
        category("measure", required=True),
        category("unit", required=True),
        day("date", required=True),
        number("numerator"),
        number("denominator"),
        number("value"),
        text("comment"),
        SOURCE_SYSTEM,
    ),
    key=("measure", "unit", "date"),
)
