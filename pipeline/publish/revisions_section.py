"""Published figures that have changed since, in words: how many and why, and each as it was and as it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.language import later, say
from pipeline.model import Figure, Key, Level, Metric, Statistic, Status
from pipeline.model.revisions import Cause, Published, Revision, Revisions
from pipeline.publish import figure_cells, forms, words
from pipeline.publish.forms import DASH
from pipeline.publish.workbook_cells import COUNT, Column, Entry, numbers

if TYPE_CHECKING:
    from pipeline.publish.report import Report
    from pipeline.publish.workbook import Sheet

TITLE = later("Ändringar sedan tidigare rapporter")
SHEET = later("Ändringar")
SHEET_WIDTHS = (38, 30, 24, 14, 11, 11, 14, 11, 11, 14, 14, 26, 40, 26)
MOST_ON_PAGE = 50
NOTHING_EARLIER = later("Det finns ingen tidigare publicerad rapport att jämföra med.")
EXPLANATION = later(
    "Varje siffra räknas som läget var på tidens sista dag. Att den ändras beror därför på att uppgifter har kommit"
    " till eller rättats i efterhand, eller på att måttet, målet eller inställningarna har ändrats. Siffror som är"
    " skyddade i någon av rapporterna jämförs inte, och inte heller siffror vars ändring skulle röja en skyddad. När"
    " bara målet har ändrats visas det en gång för varje mått."
)
CAUSES = {
    Cause.NOW_MEASURED: later("uppgiften saknades då"),
    Cause.NOW_MISSING: later("uppgiften saknas nu"),
    Cause.TARGET: later("målet har ändrats"),
    Cause.DEFINITION: later("måttets definition har ändrats"),
    Cause.LIMITS: later("gränser i inställningarna har ändrats"),
    Cause.PRELIMINARY: later("utdraget då togs ut innan tiden var slut"),
    Cause.ROWS: later("rader har registrerats sent eller rättats"),
    Cause.SETTINGS: later("andra inställningar har ändrats"),
    Cause.PROGRAM: later("programmet räknar på ett annat sätt"),
}
_SAME_OUTCOME = later("utfallet är detsamma")
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
        rest = say(
            "De {most_on_page} största ändringarna visas. Alla {changed} finns i arbetsboken, i bladet {sheet}.",
            most_on_page=MOST_ON_PAGE,
            changed=forms.number(len(changed)),
            sheet=SHEET,
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
        yield say("Inga siffror har ändrats sedan {report}.", report=_report(revisions.compared[0]))
    elif len(names) == 1:
        yield say(
            "Inga siffror har ändrats sedan rapporten för {period} senast publicerades.", period=next(iter(names))
        )
    else:
        yield say(
            "Inga siffror har ändrats sedan rapporterna för {periods} publicerades.", periods=forms.listed(list(names))
        )


def _changed(published: Published, changed: list[Revision]) -> str:
    causes = Counter(one.cause for one in changed)
    each = [
        say("{number} för att {cause}", number=forms.number(causes[one]), cause=CAUSES[one])
        for one in Cause
        if causes[one]
    ]
    known = {"number": forms.number(len(changed)), "report": _report(published), "cause": CAUSES[changed[0].cause]}
    if len(changed) == 1:
        first = say("En siffra har ändrats sedan {report}, för att {cause}.", **known)
    elif len(causes) == 1:
        first = say("{number} siffror har ändrats sedan {report}, för att {cause}.", **known)
    else:
        first = say("{number} siffror har ändrats sedan {report}: {causes}.", **known, causes=", ".join(each))
    return " ".join(filter(None, (first, _also_retargeted(changed))))


def _also_retargeted(changed: list[Revision]) -> str:
    both = sum(one.has_other_target for one in changed)
    if not both:
        return ""
    if both == len(changed):
        one, many = later("Den har också fått ett ändrat mål."), later("Alla har också fått ett ändrat mål.")
        return say(one if both == 1 else many)
    if both == 1:
        return say("En av dem har också fått ett ändrat mål.")
    return say("{number} av dem har också fått ett ändrat mål.", number=forms.number(both))


def _report(published: Published) -> str:
    return say(
        "rapporten för {period} publicerades den {day}",
        period=forms.inside(forms.period_name(published.period)),
        day=forms.day(published.day),
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
        then, today = (say("mål {target}", target=words.target(metric, one)) for one in (before, now))
        return then, today
    return _outcome(metric, before, now), _outcome(metric, now, before)


def _outcome(metric: Metric, figure: Figure, other: Figure) -> str:
    """The figure with its base, in as many decimals as it takes to tell it from the other."""
    if figure.denominator is None:
        return say(Status.NO_DATA.value)
    if figure.value is None:
        return words.NOTHING
    statistic = Statistic(figure.key.statistic)
    if statistic.is_count:
        return forms.number(figure.value)
    if statistic.is_share:
        apart = () if other.value is None else (words.exact_value(other),)
        share = forms.percent(words.exact_value(figure), apart)
        return f"{share} ({forms.part_of(figure.numerator or 0, figure.denominator)})"
    return say(
        "{value} ({rows}\N{NO-BREAK SPACE}st)",
        value=words.quantity(metric, statistic, figure.value),
        rows=forms.number(figure.denominator),
    )


def _difference(revision: Revision, metric: Metric) -> str:
    before, now = revision.before.value, revision.now.value
    if before is None or now is None:
        return DASH
    if before == now:
        return str(_SAME_OUTCOME)
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
        return say("{why}, och målet {target} är nytt", why=why, target=words.target(metric, now))
    if now.target is None:
        return say("{why}, och målet {target} gäller inte längre", why=why, target=words.target(metric, before))
    return say(
        "{why}, och målet har ändrats från {before} till {now}",
        why=why,
        before=words.target(metric, before),
        now=words.target(metric, now),
    )


def _status(revision: Revision, metric: Metric) -> str:
    """What the law demands is counted, so that its status is told by the figures themselves."""
    before, now = revision.before.status, revision.now.status
    if before is now or before is None or now is None or metric.demanded_by_law:
        return ""
    return say("Status: från {before} till {now}.", before=later(before.value), now=later(now.value))


# --- the workbook's cells -------------------------------------------------------------------------------------------


def _columns() -> list[Column]:
    return [
        Column(say("Mått")),
        Column(say("För vad")),
        Column(say("Tid")),
        *(numbers(heading) for heading in (say("Publicerat utfall"), say("n, publicerat"), say("N, publicerat"))),
        *(numbers(heading) for heading in (say("Utfall nu"), say("n nu"), say("N nu"))),
        *(numbers(heading) for heading in (say("Mål, publicerat"), say("Mål nu"))),
        Column(say("Skillnad")),
        Column(say("Orsak")),
        Column(say("Jämfört med")),
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
        say("{period}, publicerad {day}", period=forms.period_name(period), day=forms.day(day)),
    ]


def _measured(figure: Figure) -> Iterator[Entry]:
    rows = None if Statistic(figure.key.statistic).is_count else figure.denominator
    yield figure_cells.value(figure)
    yield figure_cells.amount(figure, figure.numerator, COUNT)
    yield figure_cells.amount(figure, rows, COUNT)
