"""What the extracts are called, and the order that Swedish names stand in."""

from __future__ import annotations

EXTRACT_NAMES = {
    "units": "enheter",
    "referrals": "aktualiseringar",
    "investigations": "utredningar",
    "decisions": "beslut",
    "plans": "genomförandeplaner",
    "care_levels": "nivåbedömningar",
    "coordinated_plans": "samordnade individuella planer",
    "incidents": "avvikelser och synpunkter",
    "reviews": "granskningar",
    "surveys": "enkäter",
    "vignettes": "vinjetter",
    "measurements": "mätvärden",
    "activities": "aktiviteter",
    "controls": "internkontroll",
    "followup_plan": "uppföljningsplan",
    "requirements": "kravmatris",
    "goals": "mål",
}

_SWEDISH_ALPHABET = str.maketrans({"å": "{", "ä": "|", "ö": "}"})


def swedish_order(text: str) -> tuple[str, str]:
    """Sort key: å, ä, ö after z, case aside; the text itself settles ties. Does not depend on the machine's locale."""
    return text.lower().translate(_SWEDISH_ALPHABET), text
