"""The nouns that the rooms hand to each other. No input or output here."""

from pipeline.model.figures import Break, Change, Direction, Figure, Figures, Key
from pipeline.model.metrics import Citation, Level, Metric, PartOf, Rule, Statistic, Status
from pipeline.model.names import EXTRACT_NAMES, swedish_order
from pipeline.model.quality import (
    FileAccount,
    Lateness,
    Mended,
    Quality,
    Rejection,
    RunInfo,
    Seen,
    SeverityChange,
    Snapshot,
    Warned,
)

__all__ = [
    "EXTRACT_NAMES",
    "Break",
    "Change",
    "Citation",
    "Direction",
    "Figure",
    "Figures",
    "FileAccount",
    "Key",
    "Lateness",
    "Level",
    "Mended",
    "Metric",
    "PartOf",
    "Quality",
    "Rejection",
    "Rule",
    "RunInfo",
    "Seen",
    "SeverityChange",
    "Snapshot",
    "Statistic",
    "Status",
    "Warned",
    "swedish_order",
]
