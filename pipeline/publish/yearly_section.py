"""The year's compilation and analysis (kvalitetsberättelse), under the headings of SOSFS 2011:9.

Everything is told from the same public figures and parts as the rest of the report, with links to where they stand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.language import later, plural, say
from pipeline.model import Direction, Figure, Metric, Statistic
from pipeline.model.goals import ActivityStatus
from pipeline.periods import Period, PeriodKind
from pipeline.publish import (
    controls_section,
    feedback_years,
    followup_section,
    forms,
    levels_section,
    quality_areas,
    requirements_section,
    risk_matrix,
    sentences,
    summary,
    words,
)

if TYPE_CHECKING:
    from pipeline.publish.report import Report

ANCHOR = "arets-sammanstallning"
TITLE = later("Årets sammanställning och analys")
STORY, REPORT = later("Kvalitetsberättelse"), later("Kvalitetsrapport")
_LEX_SARAH = "lex sarah"
_TOGETHER = ("sip_established", "sip_participation", "plan_cooperation")
_MOST_CATEGORIES, _MOST_SIGNALS = 3, 3
_GOALS = (
    (ActivityStatus.DONE, later("genomfört"), later("genomförda")),
    (ActivityStatus.PARTLY, later("delvis genomfört"), later("delvis genomförda")),
    (ActivityStatus.NOT_DONE, later("ej genomfört"), later("ej genomförda")),
    (ActivityStatus.NOT_JUDGED, later("ej bedömt"), later("ej bedömda")),
)


@dataclass(frozen=True)
class Chapter:
    """A heading with what the year came to under it, and links: anchor and title."""

    anchor: str
    title: str
    sentences: tuple[str, ...]
    points: tuple[str, ...]
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Yearly:
    """The year's compilation."""

    anchor: str
    title: str
    lead: str
    chapters: tuple[Chapter, ...]


def page_title(period: Period) -> str:
    """What the whole report is called: a year's is the kvalitetsberättelse."""
    return STORY if period.kind is PeriodKind.YEAR else REPORT


def part(report: Report) -> Yearly | None:
    """The compilation; None in the report of anything else than a year."""
    period = report.figures.period
    if period.kind is not PeriodKind.YEAR:
        return None
    lead = say(
        "Här sammanställs och analyseras {year} års riskanalyser, egenkontroller, avvikelser och"
        " klagomål, med det som visar hur verksamheten behöver förbättras. Rubrikerna följer SOSFS"
        " 2011:9.",
        year=period.year,
    )
    made = (_processes, _risks, _self_checks, _incidents, _lex_sarah, _analysis, _improvement)
    return Yearly(ANCHOR, TITLE, lead, tuple(chapter(report) for chapter in made))


def _chapter(
    name: str, title: str, sentences: Iterable[str], points: Iterable[str] = (), links: Iterable[tuple[str, str]] = ()
) -> Chapter:
    return Chapter(f"{ANCHOR}-{name}", title, tuple(filter(None, sentences)), tuple(points), tuple(links))


# --- the chapters ---------------------------------------------------------------------------------------------------


def _processes(report: Report) -> Chapter:
    """The fourth chapter of the regulation: routines by the requirement matrix, co-operation by its figures."""
    requirements = requirements_section.part(report)
    told = requirements.sentences if requirements else [say("Ingen kravmatris har levererats för året.")]
    together = [name for name in _TOGETHER if name in report.metrics]
    links = [*([(requirements.anchor, requirements.title)] if requirements else []), *_metric_links(together, report)]
    points = [text for name in together for text in _told(name, report)]
    return _chapter("processer", say("Processer, rutiner och samverkan"), told, points, links)


def _risks(report: Report) -> Chapter:
    controls = controls_section.part(report)
    if controls is None:
        return _chapter("risker", say("Riskanalys"), [say("Inga risker eller kontroller har levererats för året.")])
    high = {row.risk for row in controls.rows if row.rating.startswith(str(risk_matrix.HIGH))}
    told = plural(
        "{number}\N{NO-BREAK SPACE}risk bedöms som hög.", "{number}\N{NO-BREAK SPACE}risker bedöms som höga.", len(high)
    ).format(number=forms.number(len(high)))
    graver = say("Ingen risk bedöms som hög.") if not high else told
    points = [
        say("{risk}: {control} visar {word}.", risk=row.risk, control=row.control, word=row.verdict.word)
        for row in controls.rows
        if _is_grave(row)
    ]
    links = [(controls.anchor, controls.title)]
    return _chapter("risker", say("Riskanalys"), [*controls.sentences, graver], points, links)


def _is_grave(row: controls_section.ControlRow) -> bool:
    return row.verdict.mark is words.Mark.NOT_MET


def _self_checks(report: Report) -> Chapter:
    plan = followup_section.part(report)
    reached, not_reached, _ = summary.sentences(report.figures, report.metrics)
    by_hand = ("review_fulfilled", "survey_positive", "survey_response_rate", "rater_agreement")
    links = [
        (quality_areas.ANCHOR, quality_areas.TITLE),
        *([(levels_section.ANCHOR, levels_section.TITLE)] if levels_section.part(report) else []),
        *([(plan.anchor, plan.title)] if plan else []),
    ]
    sentences = [*(plan.sentences if plan else ()), reached, not_reached]
    points = [text for name in by_hand for text in _told(name, report)]
    return _chapter("egenkontroller", say("Egenkontroller"), sentences, points, links)


def _incidents(report: Report) -> Chapter:
    sentences = [text for name in ("incidents", "feedback") for text in _told(name, report)]
    points = [
        *_counted("incidents", "kind", say("Ärenden efter typ"), report),
        *_counted("feedback", "feedback", say("Synpunkter efter typ"), report),
        *_told("incident_open_over_90_days", report),
    ]
    links = [*_metric_links(("incidents", "feedback", "incident_open_over_90_days"), report)]
    years = feedback_years.part(report)
    if years:
        links.append((years.anchor, years.title))
    return _chapter("avvikelser", say("Avvikelser och klagomål"), sentences, points, links)


def _lex_sarah(report: Report) -> Chapter:
    title, metric = say("Lex Sarah"), report.metrics.get("incidents")
    if metric is None or metric.metric_id in report.figures.missing:
        return _chapter("lex-sarah", title, [words.NO_DATA])
    found = report.figures.breakdown(metric, "kind")
    figure = next((one for one in found if one.key.category.casefold() == _LEX_SARAH), None)
    links = _metric_links(("lex_sarah_reported_to_ivo",), report)
    return _chapter("lex-sarah", title, [_reports(figure), *_told("lex_sarah_reported_to_ivo", report)], links=links)


def _reports(figure: Figure | None) -> str:
    if figure is not None and figure.suppressed:
        return say("Rapporter enligt lex Sarah: {too_few}", too_few=forms.inside(words.TOO_FEW))
    count = 0 if figure is None else int(figure.denominator or 0)
    if not count:
        return say("Ingen rapport enligt lex Sarah kom in under året.")
    return say("{reports} enligt lex Sarah kom in under året.", reports=forms.counted(count, "rapport", "rapporter"))


def _analysis(report: Report) -> Chapter:
    figures, metrics = report.figures, report.metrics
    _, _, changed = summary.sentences(figures, metrics)
    points = [
        f"{headline.in_text}: {sentences.together(headline.metric, headline.figure, figures)}"
        for headline in summary.attention(figures, metrics)
    ]
    better = [f"{title}: {forms.inside(how)}" for title, how in _improved(report)]
    said = say("De starkaste signalerna under året är följande.") if points or better else ""
    return _chapter("analys", say("Sammanställning och analys"), [changed, said], [*points, *better])


def _improved(report: Report) -> Iterator[tuple[str, str]]:
    found = 0
    for metric in report.metrics.values():
        for headline in summary.headlines(metric, report.figures):
            change = words.change_since_last_year(report.figures, headline.figure)
            if change is not None and change.direction is Direction.BETTER and found < _MOST_SIGNALS:
                found += 1
                yield headline.in_text, sentences.change(metric, headline.figure, change)


def _improvement(report: Report) -> Chapter:
    goals = Counter(goal.status for goal in report.goals.pursued)
    total = sum(goals.values())
    parts = [
        f"{forms.number(goals[status])} {one if goals[status] == 1 else many}"
        for status, one, many in _GOALS
        if goals[status]
    ]
    told = (
        say(
            "Av {goals} med aktiviteter är {parts}.",
            goals=forms.counted(total, "mål", "mål"),
            parts=forms.listed(parts),
        )
        if total
        else ""
    )
    controls, plan = controls_section.part(report), followup_section.part(report)
    points = [
        *(_action(row) for row in (controls.rows if controls else ()) if row.action),
        *(say("Kontroll som inte är gjord: {text}", text=text) for text in (controls.undone if controls else ())),
        *(say("Uppföljning som saknas: {text}", text=text) for text in _missing(plan)),
    ]
    sentences = [told, *_told("activity_done", report)]
    if not any(sentences) and not points:
        sentences = [say("Inga aktiviteter eller åtgärder har levererats för året.")]
    links = _metric_links(("activity_done",), report)
    return _chapter("forbattringsarbete", say("Förbättringsarbete"), sentences, points, links)


def _action(row: controls_section.ControlRow) -> str:
    if row.action == forms.HIDDEN:
        return say("Åtgärd för risken ”{risk}” ({protected})", risk=row.risk, protected=words.PROTECTED)
    return say("Åtgärd för risken ”{risk}”: {action}", risk=row.risk, action=row.action)


def _missing(plan: followup_section.FollowUpPart | None) -> list[str]:
    rows = plan.due if plan else ()
    return [f"{row.definition}, {row.units} ({', '.join(row.missing)})" for row in rows if row.missing]


# --- figures in words -----------------------------------------------------------------------------------------------


def _told(metric_id: str, report: Report) -> Iterator[str]:
    """A metric's sentences; of one with many categories the lowest, or the highest where lower is better."""
    metric = report.metrics.get(metric_id)
    if metric is None or metric_id in report.figures.missing:
        return
    headlines = summary.headlines(metric, report.figures)
    if not headlines:
        yield metric.nothing
    elif len(headlines) == 1 and not metric.headline_by:
        yield sentences.together(metric, headlines[0].figure, report.figures)
    else:
        yield _weakest(metric, headlines)


def _weakest(metric: Metric, headlines: list[summary.Headline]) -> str:
    shown = [h for h in headlines if not h.figure.suppressed and h.figure.value is not None]
    is_lower_better = metric.better == "lower"
    ordered = sorted(shown, key=lambda h: h.figure.value or 0, reverse=is_lower_better)[:_MOST_CATEGORIES]
    named = [f"{forms.quoted(h.figure.key.category)} ({_figure(metric, h.figure)})" for h in ordered]
    if not named:
        return f"{metric.title}: {forms.inside(words.TOO_FEW)}"
    pattern = later("{metric}: högst är {named}.") if is_lower_better else later("{metric}: lägst är {named}.")
    return say(pattern, metric=metric.title, named=forms.listed(named))


def _figure(metric: Metric, figure: Figure) -> str:
    base = words.base(figure)
    outcome = words.outcome(metric, figure, after_base=True)
    return f"{outcome}, {base}" if Statistic(figure.key.statistic).is_share else outcome


def _counted(metric_id: str, breakdown: str, title: str, report: Report) -> Iterator[str]:
    """A count by category in one line, the most common first and the hidden ones last."""
    metric = report.metrics.get(metric_id)
    if metric is None or metric_id in report.figures.missing:
        return
    found = [f for f in report.figures.breakdown(metric, breakdown, Statistic.COUNT) if f.suppressed or f.denominator]
    ordered = sorted(found, key=lambda f: (f.suppressed, -(f.denominator or 0)))
    told = [
        f"{f.key.category} {f'({words.PROTECTED})' if f.suppressed else forms.number(f.denominator or 0)}"
        for f in ordered
    ]
    if told:
        yield f"{title}: {', '.join(told)}."


def _metric_links(names: Iterable[str], report: Report) -> list[tuple[str, str]]:
    return [(name, report.metrics[name].title) for name in names if name in report.metrics]
