"""What laws and regulations demand, and which routine of the municipality answers it."""

from pipeline.schemas.extract import SOURCE_SYSTEM, Extract, category, code, day, text

EXTRACT = Extract(
    name="requirements",
    noun="kraven",
    columns=(
        category("regulation", required=True),
        category("requirement", required=True),
        category("area"),
        code("force", "föreskrift", "allmänt råd"),
        category("unit"),
        text("routine"),
        day("revised"),
        day("next_revision", future=True),
        text("method"),
        category("responsible"),
        text("metrics"),
        SOURCE_SYSTEM,
    ),
    key=("regulation", "requirement", "unit"),
)
