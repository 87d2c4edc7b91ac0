"""The goal tree: what the committee wants, and the figure and target that tell whether it got there."""

from pipeline.schemas.extract import SOURCE_SYSTEM, Extract, category, code, day, number

EXTRACT = Extract(
    name="goals",
    noun="målen",
    columns=(
        category("direction"),
        category("effect"),
        category("delivery", required=True),
        category("metric", required=True),
        code("statistic", "andel", "antal", "medel", "median"),
        category("area"),
        category("unit"),
        number("target", required=True),
        code("better", "högre", "lägre"),
        day("valid_from", future=True),
        day("valid_to", future=True),
        SOURCE_SYSTEM,
    ),
    key=("delivery", "metric", "area", "unit", "valid_from"),
)
