"""Activities towards the committee's goals, and how far they have come."""

from pipeline.schemas.extract import SOURCE_SYSTEM, Extract, category, code, day, text

_STATUSES = ("genomfört", "delvis genomfört", "ej genomfört", "ej bedömt")

EXTRACT = Extract(
    name="activities",
    noun="aktiviteterna",
    columns=(
        category("goal", required=True),
        category("activity", required=True),
        text("metrics"),
        category("responsible"),
        category("unit"),
        day("due", future=True),
        code("status", *_STATUSES, required=True),
        code("goal_status", *_STATUSES),
        day("date", required=True),
        text("comment"),
        SOURCE_SYSTEM,
    ),
    key=("goal", "activity", "unit", "date"),
)
