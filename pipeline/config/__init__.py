"""config.toml → typed objects; every fault is reported at once, with line, key, what is wrong and what is allowed."""

from pipeline.config.hashing import fingerprint
from pipeline.config.limits import Ivo, Limits
from pipeline.config.reading import load, paths_of, with_paths
from pipeline.config.sections import (
    STRICT_SMALLEST_FOR_ALL_OR_NONE,
    Committee,
    Comparison,
    Disclosure,
    Engine,
    Municipality,
    Paths,
    Reading,
    ReportCover,
    SeverityRule,
    Together,
    Watch,
)
from pipeline.config.targets import Judged, Target
from pipeline.config.whole import DEFAULT_FILES, Config

__all__ = [
    "DEFAULT_FILES",
    "STRICT_SMALLEST_FOR_ALL_OR_NONE",
    "Committee",
    "Comparison",
    "Config",
    "Disclosure",
    "Engine",
    "Ivo",
    "Judged",
    "Limits",
    "Municipality",
    "Paths",
    "Reading",
    "ReportCover",
    "SeverityRule",
    "Target",
    "Together",
    "Watch",
    "fingerprint",
    "load",
    "paths_of",
    "with_paths",
]
