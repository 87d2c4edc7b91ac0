"""What the committee's page and workbook are made of: protected figures, and what the extracts tell besides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.config import Config
from pipeline.model import Metric, Quality, RunInfo
from pipeline.model.comments import Comments
from pipeline.model.comparison import Comparisons
from pipeline.model.goals import Goals
from pipeline.model.management import Management
from pipeline.model.revisions import Revisions

if TYPE_CHECKING:
    from pipeline.disclosure import PublicFigures


@dataclass(frozen=True)
class Report:
    """Everything that a public writer is given; whatever number it prints about people comes from `figures`."""

    figures: PublicFigures
    metrics: Mapping[str, Metric]
    config: Config
    quality: Quality
    run: RunInfo
    goals: Goals = field(default_factory=Goals)
    management: Management = field(default_factory=Management)
    comments: Comments = field(default_factory=Comments)
    revisions: Revisions = field(default_factory=Revisions)
    comparisons: Comparisons = field(default_factory=Comparisons)
