"""Investigations of a person's needs."""

from pipeline.schemas.extract import (
    ABOUT_PERSON,
    SOURCE_SYSTEM,
    Extract,
    Outcome,
    Reference,
    category,
    code,
    day,
    person,
    staff,
    text,
)
from pipeline.schemas.rules import not_before

EXTRACT = Extract(
    name="investigations",
    noun="utredningarna",
    columns=(
        text("investigation_id", required=True),
        text("referral_id"),
        person(required=True),
        category("unit", required=True),
        category("area", required=True),
        category("kind", spelling="investigation_kind"),
        day("opened", required=True),
        day("closed"),
        day("extended"),
        day("extended_until", future=True),
        code("outcome", "insats", "ingen insats", "avbruten", "övrigt"),
        staff("case_worker"),
        *ABOUT_PERSON,
        SOURCE_SYSTEM,
    ),
    key=("investigation_id",),
    orders=(not_before("closed", "opened"), not_before("extended", "opened")),
    references=(Reference("referral_id", "referrals", "referral_id"),),
    outcomes=(Outcome("outcome", "closed"),),
)
