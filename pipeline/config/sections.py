"""The tables of config.toml; those whose values must agree with one another stand beside (limits, targets)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from pipeline import places
from pipeline.config.values import Count, Folder, Section, Text, Texts


class Municipality(Section):
    """Whose figures these are."""

    name: Text
    code: Annotated[str, Field(pattern=r"^[0-9]{4}$")]


class Committee(Section):
    """The body that the report is made for: level 1 of every figure."""

    name: Text
    programme_label: Text = "Verksamhetsuppdrag"
    areas: Texts = ()


class ReportCover(Section):
    """What the cover of the report says besides the figures."""

    reference: str = ""
    decided_by: str = ""
    process_owner: str = ""
    approved: str = ""
    contact: str = ""
    language: Literal["sv", "en"] = "sv"  # of the committee's page, workbook and PDF


class Paths(Section):
    """Folders and the key file, absolute once loaded."""

    raw: Folder = Path("data/raw")
    processed: Folder = places.PROCESSED
    reports: Folder = Path("reports")
    key: Folder = Path("data/pseudonym.key")
    profiles: Folder = places.ROOT / "profiles"

    def seen_from(self, folder: Path) -> Paths:
        """The same, with what is not absolute taken from a folder."""
        return self.model_copy(update={name: folder / path for name, path in self})


class Reading(Section):
    """How much of a file is read before it is refused: real extracts are far below, and what is above is a trap."""

    unpacked_mb: Annotated[int, Field(ge=1)] = 2_000
    workbook_cells: Annotated[int, Field(ge=1)] = 50_000_000
    columns: Annotated[int, Field(ge=1)] = 1_000
    cell_characters: Annotated[int, Field(ge=1)] = 100_000


# Under the strict rule a share of 0 or 1 is hidden on fewer rows than this (the protection contract).
STRICT_SMALLEST_FOR_ALL_OR_NONE = 10


class Disclosure(Section):
    """How small groups are hidden in what is public."""

    rule: Literal["default", "strict"] = "default"
    smallest: Annotated[int, Field(ge=2)] = 5
    smallest_with_protected: Annotated[int, Field(ge=2)] = 10


class Together(Disclosure):
    """Of several municipalities in one report: what each shows of its own, and nothing else; no file can say so."""


class Watch(Section):
    """How many days before a limit a case is listed for the unit's manager (`bevakning/`); 0 = once it has passed.

    `reopened_days` is no such time: within it a new investigation after a closed one is listed.
    """

    preassessment_days: Count = 5
    protection_days: Count = 1
    investigation_days: Count = 30
    decision_days: Count = 30
    plan_days: Count = 30
    follow_up_days: Count = 30
    incident_days: Count = 14
    care_level_days: Count = 30
    reopened_days: Count = 30


class Engine(Section):
    """Where metrics are counted: in this computer's database, or on a Spark server that is handed its tables as files.

    `address`: Spark Connect's (sc://…). `folder`: where the files are written meanwhile, if not beside the database;
    `seen_as`: what the cluster calls that folder, where it has another name for it. None of it changes a figure.
    """

    kind: Literal["duckdb", "spark"] = "duckdb"
    address: Annotated[str, Field(pattern=r"^(sc://\S+)?$")] = ""
    folder: Annotated[Path | None, Field(strict=False)] = None
    seen_as: str = ""


class Comparison(Section):
    """Comparison with others: what is fetched from Kolada besides what `sql/comparisons.toml` names, and from where.

    `similar`: the kind of similar municipalities (Kolada's word) for indicators that name none. `categories`: what the
    municipality calls the areas and services that are compared, where the words differ from those of that file.
    """

    similar: Text = "IFO"
    years: Annotated[int, Field(ge=1, le=25)] = 6
    kpis: Annotated[tuple[Annotated[str, Field(pattern=r"^[A-Z][0-9]{5}$")], ...], Field(strict=False)] = ()
    address: Annotated[str, Field(pattern=r"^https?://\S+$")] = "https://api.kolada.se/v3/"
    seconds: Annotated[int, Field(ge=1, le=600)] = 30
    categories: dict[Text, Text] = Field(default_factory=dict)


class SeverityRule(Section):
    """A rule that is made milder or harder than the contract says, for a reason and until a day (included).

    An empty extract means all; which rules there are, the rules themselves know.
    """

    rule: Text
    extract: str = ""
    severity: Literal["stop", "reject", "warn"]
    reason: Text
    until: date
