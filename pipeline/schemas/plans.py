"""Plans for how a granted service is carried out."""

from pipeline.schemas.extract import (
    ABOUT_PERSON,
    SOURCE_SYSTEM,
    Extract,
    Reference,
    category,
    code,
    count,
    day,
    person,
    text,
    yes_no,
)
from pipeline.schemas.rules import at_most, not_before

EXTRACT = Extract(
    name="plans",
    noun="genomförandeplanerna",
    columns=(
        text("plan_id", required=True),
        text("decision_id"),
        person(),
        category("service"),
        code("kind", "genomförandeplan", "vårdplan", "hälsoplan"),
        category("unit", required=True),
        day("established"),
        day("revised"),
        day("followed_up"),
        day("next_follow_up", future=True),
        yes_no("participation"),
        yes_no("cooperation"),
        count("goals"),
        count("measurable_goals"),
        count("subgoals"),
        day("ended", future=True),
        yes_no("ended_as_planned"),
        *ABOUT_PERSON,
        SOURCE_SYSTEM,
    ),
    key=("plan_id", "decision_id"),
    orders=(
        not_before("revised", "established"),
        not_before("followed_up", "established"),
        not_before("ended", "established"),
        at_most("measurable_goals", "goals"),
    ),
    references=(Reference("decision_id", "decisions", "decision_id"),),
    expected=("established",),
)
