"""Which figures every tool computes, and whether two of them found the same."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.model import Figure

METRICS: Mapping[str, tuple[str, ...]] = {
    "investigations_opened": ("count",),
    "investigations_open": ("count",),
    "investigation_days": ("mean", "median", "p90"),
    "investigation_within_120_days": ("share",),
    "investigation_within_3_months": ("share",),
    "investigation_within_4_months": ("share",),
    "referrals": ("count",),
    "preassessment_within_14_days": ("share",),
    "protection_assessed_by_next_day": ("share",),
}
_BREAKDOWNS_OF_ALL = ("", "area", "gender")
_AS_ROUNDED = 0.006  # days are kept with two decimals


def key(figure: Figure) -> str:
    """A figure's key as text, where it is one that all compute; else nothing.

    All compute the whole, every area and gender of the whole, and every unit.
    """
    of = figure.key
    is_common = (of.level == 1 and of.breakdown in _BREAKDOWNS_OF_ALL) or (of.level == 3 and not of.breakdown)
    if not is_common or of.statistic not in METRICS[of.metric] or not figure.denominator:
        return ""
    org = of.org if of.level == 3 else ""
    return "|".join((of.metric, of.statistic, of.window, str(of.level), org, of.breakdown, of.category))


def differences(ours: Mapping[str, float], theirs: Mapping[str, float]) -> list[str]:
    """The keys whose figures differ, or that only one of the two has."""
    missing = ours.keys() ^ theirs.keys()
    return sorted(missing | {key for key in ours.keys() & theirs.keys() if abs(ours[key] - theirs[key]) > _AS_ROUNDED})
