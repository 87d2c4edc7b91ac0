"""The limits of the definitions, with the defaults of `config.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Settings:
    """What a municipality may change; names as in the metric catalogue."""

    committee: str = "Socialnämnden"
    child_areas: tuple[str, ...] = ("Barn och unga",)
    not_child_kinds: tuple[str, ...] = (
        "ekonomiskt bistånd",
        "familjerätt",
        "vårdnad",
        "boende",
        "umgänge",
        "adoption",
        "faderskap",
        "familjehemsutredning",
        "yttrande",
        "LSS",
    )
    plan_grace_days: int = 0
    plan_exempt_areas: tuple[str, ...] = ("Ekonomiskt bistånd",)
    plan_exempt_services: tuple[str, ...] = ("trygghetslarm", "matdistribution")
    plan_current_months: Mapping[str, int] = field(default_factory=lambda: {"default": 12, "Äldreomsorg": 6})
    execution_exempt_areas: tuple[str, ...] = ("Ekonomiskt bistånd",)
    care_level_services: tuple[str, ...] = ("daglig verksamhet", "bostad med särskild service")
    incident_days: int = 90
