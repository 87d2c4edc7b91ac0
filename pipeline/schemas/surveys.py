"""Surveys of users, relatives and staff, already summed up a unit and question."""

from pipeline.schemas.extract import SOURCE_SYSTEM, Extract, category, count, day, number
from pipeline.schemas.rules import at_most

EXTRACT = Extract(
    name="surveys",
    noun="enkäterna",
    columns=(
        category("survey", required=True),
        category("unit", required=True),
        category("question", required=True, spelling="survey_question"),
        day("date", required=True),
        count("invited"),
        count("answered", required=True),
        count("positive"),
        number("mean"),
        count("scale"),
        category("option", spelling="survey_option"),
        count("option_count"),
        SOURCE_SYSTEM,
    ),
    key=("survey", "unit", "question", "date", "option"),
    orders=(at_most("positive", "answered"), at_most("answered", "invited")),
)
