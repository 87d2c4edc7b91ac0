"""Assessments of how much care a person needs (nivåbedömningar)."""

from pipeline.schemas.extract import (
    ABOUT_PERSON,
    SOURCE_SYSTEM,
    Extract,
    category,
    count,
    day,
    person,
    text,
    yes_no,
)

EXTRACT = Extract(
    name="care_levels",
    noun="nivåbedömningarna",
    columns=(
        text("assessment_id", required=True),
        person(required=True),
        category("unit", required=True),
        category("service", required=True),
        day("assessed", required=True),
        count("level", required=True, least=1),
        yes_no("preliminary"),
        yes_no("joint"),
        *ABOUT_PERSON,
        SOURCE_SYSTEM,
    ),
    key=("assessment_id",),
)
