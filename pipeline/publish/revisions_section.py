"""Published figures that have changed since, in words: how many and why, and each as it was and as it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.model import Figure, Key, Level, Metric, Statistic
from pipeline.model.revisions import Cause, Published, Revision, Revisions
from pipeline.publish import figure_cells, forms, words
from pipeline.publish.forms import DASH
from pipeline.publish.workbook_cells import COUNT, Column, Entry, numbers

if TYPE_CHECKING:
    from pipeline.publish.report import Report
    from pipeline.publish.workbook import Sheet

TITLE = "Ändringar sedan tidigare rapporter"
SHEET = "Ändringar"
SHEET_WIDTHS = (38, 30, 24, 14, 11, 11, 14, 11, 11, 14, 14, 26, 40, 26)
MOST_ON_PAGE = 50
NOTHING_EARLIER = "Det finns ingen tidigare publicerad rapport att jämföra med."
EXPLANATION = (
    "Varje siffra räknas som läget var på tidens sista dag. Att den ändras beror därför på att uppgifter har kommit"
    " till eller rättats i efterhand, eller på att måttet, målet eller inställningarna har ändrats. Siffror som är"
    " skyddade i någon av rapporterna jämförs inte, och inte heller siffror vars ändring skulle röja en skyddad. När"
    " bara målet har ändrats visas det en gång för varje mått."
)
CAUSES = {
    Cause.NOW_MEASURED: "uppgiften saknades då",
    Cause.NOW_MISSING: "uppgiften saknas nu",
    Cause.TARGET: "målet har ändrats",
    Cause.DEFINITION: "måttets definition har ändrats",
    Cause.LIMITS: "gränser i inställningarna har ändrats",
    Cause.PRELIMINARY: "utdraget då togs ut innan tiden var slut",
    Cause.ROWS: "rader har registrerats sent eller rättats",
    Cause.SETTINGS: "andra inställningar har ändrats",
    Cause.PROGRAM: "programmet räknar på ett annat sätt",
}
_SAME_OUTCOME = "utfallet är detsamma"
# Breakdowns whose categories say themselves what they are.
_PLAIN = ("area", "gender", "provider_type", "measure")


@dataclass(frozen=True)
class RevisionRow:
    """A changed figure, ready to print; `status` tells that its status word changed too, else it is empty."""

    anchor: str
    title: str
    whom: str
    when: str
    before: str
    now: str
    difference: str
    status: str
    cause: str


@dataclass(frozen=True)
class RevisionsSection:
    """The whole section; without rows, what there is to say is in `sentences`. `rest` tells of those not in `rows`."""

    title: str
    sentences: tuple[str, ...]
    explanation: str
    rows: tuple[RevisionRow, ...]
    rest: str
    anchor: str = "andringar"


def section(report: Report) -> RevisionsSection:
    """The section of the page: the largest changes, and where the others are."""
    changed = report.revisions.changed
    rows = tuple(_row(one, report) for one in changed[:MOST_ON_PAGE])
    rest = ""
    if len(changed) > MOST_ON_PAGE:
        rest = (
            f"De {MOST_ON_PAGE} största ändringarna visas. Alla {forms.number(len(changed))} finns i arbetsboken, i"
            f" bladet {SHEET}."
        )
    return RevisionsSection(TITLE, tuple(sentences(report.revisions)), EXPLANATION if changed else "", rows, rest)


def write_sheet(sheet: Sheet, report: Report) -> None:
    """Fill the workbook's sheet: all changes, their figures as numbers."""
    changed = report.revisions.changed
    sheet.freeze(rows=2)
    sheet.title(TITLE)
    for sentence in sentences(report.revisions):
        sheet.lines(sentence)
    if not changed:
        return
    sheet.lines(EXPLANATION)
    sheet.blank()
    sheet.table("andringar", _columns(), (_cells(one, report) for one in changed), filters=True)


def sentences(revisions: Revisions) -> Iterator[str]:
    """How many figures have changed since which report, and why; for each report that has some."""
    since: dict[Published, list[Revision]] = {}
    for one in revisions.changed:
        since.setdefault(one.since, []).append(one)
    for published in sorted(since, key=lambda one: (one.day, one.period.ends), reverse=True):
        yield _changed(published, since[published])
    if since:
        return
    names = dict.fromkeys(forms.inside(forms.period_name(one.period)) for one in revisions.compared)
    if not names:
        yield NOTHING_EARLIER
    elif len(revisions.compared) == 1:
        yield f"Inga siffror har ändrats sedan {_report(revisions.compared[0])}."
    elif len(names) == 1:
        yield f"Inga siffror har ändrats sedan rapporten för {next(iter(names))} senast publicerades."
    else:
        yield f"Inga siffror har ändrats sedan rapporterna för {forms.listed(list(names))} publicerades."


def _changed(published: Published, changed: list[Revision]) -> str:
    many = "En siffra har" if len(changed) == 1 else f"{forms.number(len(changed))} siffror har"
    causes = Counter(one.cause for one in changed)
    told = [f"{forms.number(causes[cause])} för att {CAUSES[cause]}" for cause in Cause if causes[cause]]
    why = f", för att {CAUSES[changed[0].cause]}" if len(causes) == 1 else f": {', '.join(told)}"
    return f"{many} ändrats sedan {_report(published)}{why}.{_also_retargeted(changed)}"


def _also_retargeted(changed: list[Revision]) -> str:
    both = sum(one.has_other_target for one in changed)
    if not both:
        return ""
    if both == len(changed):
        return f" {'Den' if both == 1 else 'Alla'} har också fått ett ändrat mål."
    return f" {'En' if both == 1 else forms.number(both)} av dem har också fått ett ändrat mål."


def _report(published: Published) -> str:
    return (
        f"rapporten för {forms.inside(forms.period_name(published.period))} publicerades den {forms.day(published.day)}"
    )


# --- a changed figure -----------------------------------------------------------------------------------------------


def _row(revision: Revision, report: Report) -> RevisionRow:
    metric = report.metrics[revision.now.key.metric]
    before, now = _both_sides(revision, metric)
    return RevisionRow(
        anchor=metric.metric_id,
        title=title_of(revision.now.key, metric),
        whom=whose(revision.now.key, metric),
        when=forms.window(revision.window),
        before=before,
        now=now,
        difference=_difference(revision, metric),
        status=_status(revision, metric),
        cause=_cause(revision, metric),
    )


def title_of(key: Key, metric: Metric) -> str:
    """What a changed figure is called."""
    statistic = Statistic(key.statistic)
    if statistic is metric.judged:
        return metric.title
    return f"{metric.title}, {words.STATISTICS.get(statistic, statistic.value)}"


def whose(key: Key, metric: Metric) -> str:
    """The committee, programme or unit, and the category: `Utredning Norr, flickor`."""
    if not key.breakdown:
        return key.org
    category = words.category(metric, key.breakdown, key.category)
    if key.breakdown not in _PLAIN:
        category = f"{words.breakdown_title(metric, key.breakdown)}: {forms.inside(category)}"
    return category if key.level == Level.COMMITTEE else f"{key.org}, {forms.inside(category)}"


def _both_sides(revision: Revision, metric: Metric) -> tuple[str, str]:
    before, now = revision.before, revision.now
    if revision.cause is Cause.TARGET:
        return f"mål {words.target(metric, before)}", f"mål {words.target(metric, now)}"
    return _outcome(metric, before, now), _outcome(metric, now, before)


def _outcome(metric: Metric, figure: Figure, other: Figure) -> str:
    """The figure with its base, in as many decimals as it takes to tell it from the other."""
    if figure.denominator is None:
        return words.NO_DATA.rstrip(".").lower()
    if figure.value is None:
        return words.NOTHING
    statistic = Statistic(figure.key.statistic)
    if statistic.is_count:
        return forms.number(figure.value)
    if statistic.is_share:
        apart = () if other.value is None else (words.exact_value(other),)
        share = forms.percent(words.exact_value(figure), apart)
        return f"{share} ({forms.part_of(figure.numerator or 0, figure.denominator)})"
    return f"{words.quantity(metric, statistic, figure.value)} ({forms.number(figure.denominator)}{forms.NBSP}st)"


def _difference(revision: Revision, metric: Metric) -> str:
    before, now = revision.before.value, revision.now.value
    if before is None or now is None:
        return DASH
    if before == now:
        return _SAME_OUTCOME
    statistic = Statistic(revision.now.key.statistic)
    if statistic.is_share:
        return forms.points(now - before)
    if statistic.is_count:
        return forms.signed(now - before)
    amount = forms.signed(now - before, 2)
    return forms.days(now - before, amount) if metric.unit == "dagar" else amount


def _cause(revision: Revision, metric: Metric) -> str:
    """Why, and how the target changed where it did so too."""
    why, before, now = forms.capital(CAUSES[revision.cause]), revision.before, revision.now
    if not revision.has_other_target:
        return why
    if before.target is None:
        return f"{why}, och målet {words.target(metric, now)} är nytt"
    if now.target is None:
        return f"{why}, och målet {words.target(metric, before)} gäller inte längre"
    return f"{why}, och målet har ändrats från {words.target(metric, before)} till {words.target(metric, now)}"


def _status(revision: Revision, metric: Metric) -> str:
    """What the law demands is counted, so that its status is told by the figures themselves."""
    before, now = revision.before.status, revision.now.status
    if before is now or before is None or now is None or metric.demanded_by_law:
        return ""
    return f"Status: från {before.value} till {now.value}."


# --- the workbook's cells -------------------------------------------------------------------------------------------


def _columns() -> list[Column]:
    return [
        Column("Mått"),
        Column("För vad"),
        Column("Tid"),
        *(numbers(heading) for heading in ("Publicerat utfall", "n, publicerat", "N, publicerat")),
        *(numbers(heading) for heading in ("Utfall nu", "n nu", "N nu")),
        *(numbers(heading) for heading in ("Mål, publicerat", "Mål nu")),
        Column("Skillnad"),
        Column("Orsak"),
        Column("Jämfört med"),
    ]


def _cells(revision: Revision, report: Report) -> list[Entry | str]:
    metric = report.metrics[revision.now.key.metric]
    period, day = revision.since.period, revision.since.day
    told = " ".join(filter(None, (_difference(revision, metric), _status(revision, metric))))
    return [
        Entry(title_of(revision.now.key, metric), bold=True),
        whose(revision.now.key, metric),
        forms.window(revision.window),
        *_measured(revision.before),
        *_measured(revision.now),
        words.target(metric, revision.before),
        words.target(metric, revision.now),
        told,
        _cause(revision, metric),
        f"{forms.period_name(period)}, publicerad {forms.day(day)}",
    ]


def _measured(figure: Figure) -> Iterator[Entry]:
    rows = None if Statistic(figure.key.statistic).is_count else figure.denominator
    yield figure_cells.value(figure)
    yield figure_cells.amount(figure, figure.numerator, COUNT)
    yield figure_cells.amount(figure, rows, COUNT)
