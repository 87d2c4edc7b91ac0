"""Coordinated individual plans (SIP) that the social services and health care make together."""

from pipeline.schemas.extract import ABOUT_PERSON, SOURCE_SYSTEM, Extract, category, day, person, text, yes_no

EXTRACT = Extract(
    name="coordinated_plans",
    noun="de samordnade individuella planerna",
    columns=(
        text("sip_id", required=True),
        person(required=True),
        category("unit", required=True),
        day("established", required=True),
        yes_no("participation"),
        day("followed_up"),
        *ABOUT_PERSON,
        SOURCE_SYSTEM,
    ),
    key=("sip_id",),
)
