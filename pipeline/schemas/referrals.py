"""Reports and applications that reach the social services."""

from pipeline.schemas.extract import (
    ABOUT_PERSON,
    SOURCE_SYSTEM,
    Extract,
    Outcome,
    category,
    code,
    day,
    person,
    text,
    yes_no,
)
from pipeline.schemas.rules import not_before

EXTRACT = Extract(
    name="referrals",
    noun="aktualiseringarna",
    columns=(
        text("referral_id", required=True),
        person(required=True),
        category("unit", required=True),
        category("area", required=True),
        code(
            "kind",
            "anmälan",
            "ansökan",
            "information på annat sätt",
            "begäran om yttrande",
            "överflyttning",
            "övrigt",
            required=True,
        ),
        category("source"),
        day("received", required=True),
        day("registered"),
        day("protection_assessed"),
        day("decided"),
        code("outcome", "utredning inleds", "utredning inleds inte", "tillförd pågående utredning"),
        yes_no("special_reasons"),
        *ABOUT_PERSON,
        SOURCE_SYSTEM,
    ),
    key=("referral_id",),
    orders=(not_before("decided", "received"), not_before("protection_assessed", "received")),
    outcomes=(Outcome("outcome", "decided"),),
)
