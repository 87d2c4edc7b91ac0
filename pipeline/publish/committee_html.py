"""The committee's report as one self-contained page: cover, summary, a section an area, method, data quality, trace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.language import say
from pipeline.model import Figure, Metric, Quality, Statistic
from pipeline.publish import (
    activities_section,
    charts,
    comments,
    comparison_section,
    controls_section,
    courses,
    faults,
    feedback_years,
    followup_section,
    forms,
    frequencies,
    goals_section,
    hidden_shares,
    html,
    incident_matrix,
    levels_section,
    pdf,
    quality_areas,
    quality_words,
    requirements_section,
    revisions_section,
    sections,
    sentences,
    sparklines,
    summary,
    terms,
    words,
    yearly_section,
)
from pipeline.publish.report import Report
from pipeline.publish.sections import MetricSection
from pipeline.publish.sparklines import Sparkline
from pipeline.publish.theme import theme

if TYPE_CHECKING:
    from pipeline.disclosure import PublicFigures

_TEMPLATE = "committee.html.j2"
_SCRIPTS = ("tables.js", "selection.js", "charts.js")
_MEASURE = "measure"


@dataclass(frozen=True)
class KeyRow:
    """A row of the summary's table."""

    anchor: str
    title: str
    outcome: str
    base: str
    target: str
    verdict: words.Verdict
    change: str
    course: Sparkline | None


@dataclass(frozen=True)
class Attention:
    """A thing the committee should look at: where it stands in the report, and what it says."""

    anchor: str
    title: str
    sentence: str


@dataclass(frozen=True)
class Area:
    """A section of the report: metrics about the same work."""

    anchor: str
    title: str
    metrics: tuple[MetricSection, ...]


@dataclass(frozen=True)
class Delivery:
    """What one extract brought: headings and numbers."""

    name: str
    delivered: date
    rows: tuple[tuple[str, str], ...]


def write(file: Path, report: Report) -> None:
    """Write the report. The same figures, configuration and run give the same bytes; nothing is read from outside.

    Only aggregated, protected figures are used; of `quality`, only counts for each extract and the warnings' texts.
    """
    file.write_text(page(report), encoding="utf-8", newline="\n")


def page(report: Report) -> str:
    """The whole page as text."""
    figures, metrics, config, quality, run = (
        report.figures,
        report.metrics,
        report.config,
        report.quality,
        report.run,
    )
    areas = _areas(report)
    parts = _parts(report)
    scripts, library = list(map(html.script, _SCRIPTS)), charts.library()
    return html.render(
        _TEMPLATE,
        config=config,
        run=run,
        period=forms.period(figures.period),
        period_inside=forms.period_inside(figures.period),
        period_name=forms.period_name(figures.period),
        judged_on=_judged_on(figures),
        year_before=figures.period.year - 1,
        preliminary=quality_words.preliminary(quality, figures.period),
        title=yearly_section.page_title(figures.period),
        sentences=summary.sentences(figures, metrics),
        frequencies=frequencies.combined(figures, metrics),
        said=report.comments,
        remarks=comments.remarks(report, _MEASURE),
        key_rows=[_key_row(headline, figures) for headline in summary.key_headlines(figures, metrics)],
        attention=[_attention(headline, figures) for headline in summary.attention(figures, metrics)],
        areas=areas,
        **parts,
        contents=[(part.anchor, part.title) for name, part in parts.items() if part is not None and name != "yearly"],
        every_row=faults.EVERY_ROW,
        deliveries=_deliveries(quality),
        warnings=list(map(faults.warning, quality.warnings)),
        rules_title=quality_words.RULES_TITLE,
        exceptions=quality_words.exceptions(quality),
        concepts=terms.concepts(config),
        limits=terms.limits(config),
        status_words=words.LEGEND,
        hidden_groups=terms.hidden_groups(config),
        proved=terms.proved(config),
        hidden_shares=hidden_shares.hidden_shares(figures, config),
        hidden_caption=hidden_shares.CAPTION,
        hidden_first=hidden_shares.FIRST_COLUMN,
        charts=_charts(areas),
        undrawn=pdf.UNDRAWN,
        look={"chart": theme()["chart"], "config": charts.config()},
        library=charts.packed_library(),
        scripts=scripts,
        script_hashes=[html.source_hash(script) for script in (*scripts, library)],
        sparkline_size=(sparklines.WIDTH, sparklines.HEIGHT),
    )


def _parts(report: Report) -> dict[str, Any]:
    """What the extracts tell besides figures, and overviews of them, by name; None for what was not delivered."""
    return {
        "yearly": yearly_section.part(report),
        "incidents": incident_matrix.part(report),
        "feedback_years": feedback_years.part(report),
        "levels": levels_section.part(report),
        "quality_areas": quality_areas.part(report),
        "goals": goals_section.section(report),
        "activities": activities_section.section(report),
        "controls": controls_section.part(report),
        "followup": followup_section.part(report),
        "requirements": requirements_section.part(report),
        "comparisons": comparison_section.section(report),
        "revisions": revisions_section.section(report),
    }


def _key_row(headline: summary.Headline, figures: PublicFigures) -> KeyRow:
    metric, figure = headline.metric, headline.figure
    change = words.change_since_last_year(figures, figure)
    values = courses.values(metric, figure, figures)
    return KeyRow(
        anchor=metric.metric_id,
        title=headline.title,
        outcome=words.outcome(metric, figure),
        base=_key_base(metric, figure),
        target=words.target(metric, figure),
        verdict=words.verdict(metric, figure),
        change=words.change_in_words(metric, figure, change),
        course=sparklines.sparkline(values, metric.judged is Statistic.SHARE),
    )


def _key_base(metric: Metric, figure: Figure) -> str:
    """Rows behind a distribution are said to be a number, since the column's heading is n of N."""
    base = words.base(figure)
    return (
        say("{base}\N{NO-BREAK SPACE}st", base=base) if metric.judged.is_distribution and figure.denominator else base
    )


def _attention(headline: summary.Headline, figures: PublicFigures) -> Attention:
    sentence = sentences.together(headline.metric, headline.figure, figures)
    return Attention(headline.metric.metric_id, headline.title, sentence)


def _areas(report: Report) -> list[Area]:
    grouped: dict[str, list[MetricSection]] = {}
    for metric in report.metrics.values():
        others = comparison_section.of_metric(metric, report)
        refused = comparison_section.refused(metric, report.comparisons)
        made = sections.section(metric, report.figures, report.config, others, refused)
        grouped.setdefault(metric.section, []).append(made)
    return [
        Area(f"del-{number}", title, tuple(found)) for number, (title, found) in enumerate(grouped.items(), start=1)
    ]


def _charts(areas: list[Area]) -> dict[str, Any]:
    every = [metric for area in areas for metric in area.metrics]
    courses = [story.course for metric in every for story in metric.stories if story.course]
    years = [one.years for metric in every if metric.others for one in metric.others.beside if one.years]
    days = [picture for metric in every for story in metric.stories for picture in story.days]
    return {
        **{course.chart_id: course.chart for course in courses},
        **{picture.chart_id: picture.chart for picture in days},
        **{one.chart_id: one.chart for one in years},
    }


def _judged_on(figures: PublicFigures) -> str:
    """Which time the statuses are for, since a delårsrapport judges the year so far."""
    flow = figures.windows.get(figures.period.judged_flow_kind)
    stock = figures.windows.get("stock")
    told = [
        say("Det som händer under en tid bedöms för {flow}", flow=forms.window(flow)) if flow else "",
        say("läget gäller {stock}", stock=forms.window(stock)) if stock else "",
    ]
    return f"{', '.join(filter(None, told))}."


def _deliveries(quality: Quality) -> list[Delivery]:
    return [
        Delivery(
            name=faults.extract_name(extract),
            delivered=account.delivered,
            rows=(
                *((heading, forms.number(count)) for heading, count in faults.row_counts(account).items()),
                (faults.REJECTED_SHARE, faults.rejected_share(account)),
            ),
        )
        for extract, account in quality.totals().items()
    ]
