"""The whole of config.toml, and the files that each extract is delivered in unless it says otherwise."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, field_validator

from pipeline.config.limits import Ivo, Limits
from pipeline.config.sections import (
    Committee,
    Comparison,
    Disclosure,
    Engine,
    Municipality,
    Paths,
    Reading,
    ReportCover,
    SeverityRule,
    Watch,
)
from pipeline.config.targets import Target
from pipeline.config.values import Section, Text, Texts

DEFAULT_FILES: dict[str, tuple[str, ...]] = {
    "units": ("enheter*",),
    "referrals": ("aktualiseringar*",),
    "investigations": ("utredningar*",),
    "decisions": ("beslut*",),
    "plans": ("genomförandeplaner*", "genomforandeplaner*"),
    "care_levels": ("nivåbedömningar*", "nivabedomningar*"),
    "coordinated_plans": ("sip*",),
    "incidents": ("avvikelser*", "synpunkter*"),
    "reviews": ("granskningar*",),
    "surveys": ("enkäter*", "enkater*"),
    "vignettes": ("vinjetter*",),
    "measurements": ("mätvärden*", "matvarden*"),
    "activities": ("aktiviteter*",),
    "controls": ("internkontroll*",),
    "followup_plan": ("uppföljningsplan*", "uppfoljningsplan*"),
    "requirements": ("kravmatris*",),
    "goals": ("mål*", "mal*"),
}


class Config(Section):
    """The whole of config.toml."""

    municipality: Municipality
    committee: Committee
    report: ReportCover = ReportCover()
    paths: Paths = Paths()
    files: dict[str, Texts] = DEFAULT_FILES
    limits: Limits = Limits()
    reading: Reading = Reading()
    disclosure: Disclosure = Disclosure()
    watch: Watch = Watch()
    ivo: Ivo = Ivo()
    comparison: Comparison = Comparison()
    engine: Engine = Engine()
    profiles: dict[Text, Text] = Field(default_factory=dict)
    severity: Annotated[tuple[SeverityRule, ...], Field(strict=False)] = ()
    targets: Annotated[tuple[Target, ...], Field(strict=False)] = ()

    @property
    def sender(self) -> tuple[str, ...]:
        """Who a report is from: municipality and committee; one name where all municipalities stand together."""
        return tuple(dict.fromkeys((self.municipality.name, self.committee.name)))

    @field_validator("files")
    @classmethod
    def _laid_over_the_defaults(cls, files: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        return DEFAULT_FILES | files
