"""What analysts ask is what the report says: the rows behind every metric give its figures, in every cut."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

import pytest

from pipeline import database
from pipeline.database import Database
from pipeline.metrics import catalogue
from pipeline.model import Level, Metric, Statistic
from tests.contracts.conftest import Built
from tests.unit import builders

CATALOGUE = catalogue.read()
Place = tuple[str, str, str]  # window, organisation, category
Counts = tuple[float | None, float]
Cut = tuple[str, Statistic, Level, str]
ORG = {Level.COMMITTEE: "null", Level.PROGRAMME: "programme", Level.UNIT: "unit"}


def counted(metric: Metric) -> str:
    """How the rows of a metric are counted, by its header."""
    if metric.per:
        return f"count(distinct {metric.per})"
    if metric.summed:
        return "sum(n)"
    return "count(value)" if Statistic.KM_MEDIAN in metric.statistics else "count(*)"


def rows_behind(db: Database, metric: Metric, level: Level, breakdown: str) -> dict[Place, Counts]:
    """Numerator (None where the metric has none) and denominator by window, organisation and category."""
    source, numerator = f"v_cases_{metric.metric_id}", "null"
    if Statistic.ALPHA in metric.statistics:
        # Figures are of pairs of answers to the same question.
        cut = ", ".join(name for name in ("window_id", ORG[level], breakdown) if name not in ("", "null"))
        pairs = f"select {cut}, count(*) as raters from {source} where is_report group by {cut}, item"
        source, denominator = f"(select *, true as is_report from ({pairs}))", "sum(raters * (raters - 1) // 2)"
    else:
        denominator = counted(metric)
        if metric.judged is Statistic.SHARE:
            numerator = "sum(hits)" if metric.summed else "count(case when hit then 1 end)"
    found = db.rows(f"""
        select window_id, {ORG[level]}, {breakdown or "''"}, {numerator}, {denominator}
        from {source} where is_report group by all
    """)
    return {
        (window, org or builders.COMMITTEE, category): (n if n is None else round(n, 6), rows)
        for window, org, category, n, rows in found
        if rows and (org or level is Level.COMMITTEE)
    }


def as_parts(rows: dict[Place, Counts]) -> dict[Place, Counts]:
    """The categories of an outcome as shares of all rows beside them."""
    whole: Counter[tuple[str, str]] = Counter()
    for (window, org, _), (_, count) in rows.items():
        whole[window, org] += int(count)
    return {(window, org, name): (count, whole[window, org]) for (window, org, name), (_, count) in rows.items()}


@pytest.fixture(scope="module")
def reported(asked: Built) -> dict[Cut, dict[Place, Counts]]:
    """What the report says of its own windows, where there is anything, by what it is a figure of."""
    told: dict[Cut, dict[Place, Counts]] = defaultdict(dict)
    for key, one in asked.figures.figures.items():
        if asked.figures.windows[key.window].series == "report" and one.denominator:
            numerator = one.numerator if key.statistic.is_share else None
            cut = (key.metric, key.statistic, key.level, key.breakdown)
            told[cut][key.window, key.org, key.category] = (numerator, one.denominator)
    return told


@pytest.fixture(scope="module")
def db(asked: Built) -> Iterator[Database]:
    with database.read_only(asked.folder) as opened:
        yield opened


@pytest.mark.parametrize("metric", CATALOGUE.values(), ids=CATALOGUE)
@pytest.mark.parametrize("level", Level)
def test_the_rows_behind_a_metric_give_its_figures(
    level: Level, metric: Metric, db: Database, reported: dict[Cut, dict[Place, Counts]]
) -> None:
    for breakdown in ("", *metric.breakdowns):
        found = rows_behind(db, metric, level, breakdown)
        told = reported.get((metric.metric_id, metric.judged, level, breakdown), {})
        if breakdown and breakdown == metric.outcome:
            found = {place: counts for place, counts in as_parts(found).items() if place in told}
            told = {place: counts for place, counts in told.items() if counts[0]}
        if Statistic.ALPHA in metric.statistics:
            told = {place: (None, rows) for place, (_, rows) in told.items()}
        assert told or level is not Level.COMMITTEE
        assert found == told, breakdown
