"""What the figures say in a cell, in Swedish: outcome, base, target, status and change.

One rule a function, so that the page, the workbook and the terminal say the same thing with the same words. A hidden
figure gives `forms.HIDDEN`, whatever else it holds; what it says in whole sentences is in `sentences`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pipeline.language import later, later_within, one_many, plural, say
from pipeline.model import Change, Direction, Figure, Figures, Metric, Statistic, Status
from pipeline.publish import forms
from pipeline.publish.forms import DASH, HIDDEN

TOO_FEW = later("Antalet är för litet för att visas.")
NO_DATA = later("Uppgift saknas.")
PROTECTED = later("skyddad")
NOTHING = later("inget att mäta")
NOT_OVER = later("bedöms när perioden är slut")
APART = later("enheternas egna värden")  # of a measure whose values are not put together
FEWEST_FOR_PERCENT_FIRST = 20
INTERVAL = later(
    "Så mycket kan slumpen påverka andelen: intervall som räknas på detta sätt (Wilsons metod) rymmer den underliggande"
    " andelen i ungefär 95 fall av 100, och de är bredare ju färre fallen är."
)

STATISTICS = {
    Statistic.SHARE: later("andel"),
    Statistic.COUNT: later("antal"),
    Statistic.MEAN: later("medelvärde"),
    Statistic.MEDIAN: later("median"),
    Statistic.P90: later("nio av tio, högst"),
    Statistic.KM_MEDIAN: later("beräknad mediantid, pågående inräknade"),
    Statistic.ALPHA: later("samstämmighet (Krippendorffs alfa)"),
    Statistic.AGREEMENT: later("lika svar, par för par"),
    Statistic.VALUE: later("värde"),
    Statistic.PERSONS: later("olika personer"),
    Statistic.SPECIAL_REASONS: later("synnerliga skäl angivna"),
    Statistic.LONGEST_WAIT: later("längsta väntan"),
}
BREAKDOWNS = {
    "area": later("Verksamhetsområde"),
    "gender": later("Kvinnor och män"),
    "age_group": later("Ålder"),
    "provider_type": later("Egen regi och privat"),
    "kind": later("Typ"),
    "source": later("Aktualiserad av"),
    "service": later("Insats"),
    "law": later("Lag"),
    "wait": later("Väntan"),
    "delay_reason": later("Skäl till dröjsmål"),
    "direction": later("Höjd, sänkt eller oförändrad nivå"),
    "category": later("Kategori"),
    "severity": later("Allvarlighetsgrad (1–4)"),
    "severity_recurrence": later("Allvarlighetsgrad × risk för upprepning"),
    "external": later("Från någon utanför verksamheten"),
    "feedback": later("Typ av synpunkt"),
    "submitter": later("Lämnad av"),
    "question": later("Fråga"),
    "survey": later("Undersökning"),
    "vignette": later("Påhittat fall"),
    "control": later("Kontrollmoment"),
    "goal": later_within("goal", "Mål"),
    "measure": later("Mått"),
}
# What the headlines of a metric are called, one and many, where they are a list.
LISTED = {
    "question": one_many("fråga", "frågor"),
    "survey": one_many("undersökning", "undersökningar"),
    "control": one_many("kontrollmoment", "kontrollmoment"),
    "measure": one_many("mått", "mått"),
}
# The breakdowns whose categories are codes of the contract; what others hold are the municipality's own words.
_CODED = ("kind", "source", "wait", "direction", "external", "feedback", "submitter")
_OURS = ("okänt", "ej angivet")  # what a category is called that nobody has named
_ADULTS = {"kvinna": later("Kvinnor"), "man": later("Män"), "okänt": later("Kön okänt")}
_CHILDREN = {"kvinna": later("Flickor"), "man": later("Pojkar"), "okänt": later("Kön okänt")}
_PROVIDERS = {"egen": later("Egen regi"), "privat": later("Privat regi")}
DAYS = "dagar"


class Mark(StrEnum):
    """The shape and colour that stand beside a status word; `NONE` is for what cannot be judged."""

    MET = "met"
    NEAR = "near"
    NOT_MET = "not-met"
    NO_TARGET = "no-target"
    NONE = "none"


@dataclass(frozen=True)
class Verdict:
    """A status as readers meet it: the word first, then its mark."""

    mark: Mark
    word: str


_MARKS = {
    Status.MET: Mark.MET,
    Status.NEAR: Mark.NEAR,
    Status.NOT_MET: Mark.NOT_MET,
    Status.NO_TARGET: Mark.NO_TARGET,
    Status.NO_DATA: Mark.NONE,
}


# What the words of `Status` look like, for explaining them.
LEGEND = tuple(Verdict(mark, later(status.value)) for status, mark in _MARKS.items())


def quantity(metric: Metric, statistic: Statistic, value: float, apart_from: float | None = None) -> str:
    """A value with its unit: `74 %`, `1 400`, `97,4 dagar`; see `forms.percent` for `apart_from`.

    Only days are short enough to stand in a cell: other units stand in the chart's heading and in the sentence.
    """
    if statistic.is_share:
        return forms.percent(value, () if apart_from is None else (apart_from,))
    if statistic.is_count:
        return forms.number(value)
    return with_unit(metric, statistic, value, forms.number(value, decimals(statistic)))


def decimals(statistic: Statistic) -> int:
    """How many decimals a measure of a distribution is told with, at most."""
    return 2 if statistic in (Statistic.ALPHA, Statistic.VALUE) else 1


def outcome(metric: Metric, figure: Figure, *, after_base: bool = False) -> str:
    """The figure in a cell.

    A share on few rows is written as n of N first, since its per cent jumps with one case; not so `after_base`, where
    the cell before it has said it. A dash where there is no figure: the status beside it says why.
    """
    if figure.suppressed:
        return HIDDEN
    if figure.value is None or figure.denominator is None:
        return DASH
    statistic = Statistic(figure.key.statistic)
    text = quantity(metric, statistic, exact_value(figure), figure.target)
    if statistic.is_share and figure.denominator < FEWEST_FOR_PERCENT_FIRST and not after_base:
        return f"{forms.part_of(figure.numerator or 0, figure.denominator)} ({text})"
    return text


def base(figure: Figure) -> str:
    """What the figure stands on: `97 av 131` for a share, the number of rows for a distribution."""
    if figure.suppressed:
        return HIDDEN
    statistic = Statistic(figure.key.statistic)
    if not figure.denominator or statistic.is_count or statistic is Statistic.VALUE:
        return DASH
    if statistic.is_share:
        return forms.part_of(figure.numerator or 0, figure.denominator)
    return forms.number(figure.denominator)


def interval(figure: Figure) -> str:
    """The 95 % interval of a share: `66–81 %`."""
    if figure.suppressed:
        return HIDDEN
    if figure.ci_low is None or figure.ci_high is None:
        return DASH
    return forms.per_cent(f"{forms.number(figure.ci_low * 100)}{DASH}{forms.number(figure.ci_high * 100)}")


def target(metric: Metric, figure: Figure) -> str:
    """`minst 90 %`, `högst 120 dagar`, `lagkrav 100 %`; a dash where nothing is demanded."""
    statistic = Statistic(figure.key.statistic)
    demanded = law_demands(metric, statistic)
    if demanded is not None:
        return say("lagkrav {quantity}", quantity=quantity(metric, statistic, demanded))
    return DASH if figure.target is None else goal(metric, figure)


def law_demands(metric: Metric, statistic: Statistic) -> float | None:
    """The share that the law demands: all, or none where the metric counts what must not happen."""
    if not metric.demanded_by_law or statistic is not Statistic.SHARE:
        return None
    return 0.0 if metric.better == "lower" else 1.0


def verdict(metric: Metric, figure: Figure) -> Verdict:
    """The status word. What the law demands is counted, never *nästan*."""
    if figure.suppressed:
        return Verdict(Mark.NONE, HIDDEN)
    if figure.denominator is None:
        return Verdict(Mark.NONE, later(Status.NO_DATA.value))
    if figure.value is None:
        is_apart = figure.key.statistic == Statistic.VALUE and bool(figure.denominator)
        return Verdict(Mark.NONE, APART if is_apart else NOTHING)
    if figure.status is Status.NOT_YET:
        return Verdict(Mark.NONE, NOT_OVER)
    fulfilled = lawful(metric, figure)
    if fulfilled is not None:
        mark = Mark.MET if fulfilled == figure.denominator else Mark.NOT_MET
        return Verdict(
            mark, say("lagkravet uppfyllt i {fulfilled}", fulfilled=forms.part_of(fulfilled, figure.denominator))
        )
    status = figure.status or Status.NO_TARGET
    return Verdict(_MARKS[status], later(status.value))


def lawful(metric: Metric, figure: Figure) -> float | None:
    """How many of the rows were as the law demands; None where the law demands nothing or nothing is known."""
    if not metric.demanded_by_law or figure.suppressed or figure.key.statistic != Statistic.SHARE:
        return None
    if figure.status is Status.NOT_YET:
        return None
    if figure.numerator is None or not figure.denominator:
        return None
    return figure.denominator - figure.numerator if metric.better == "lower" else figure.numerator


def change_since_last_year(figures: Figures, figure: Figure) -> Change | None:
    """The change against the same window a year earlier, if it can be told."""
    return _change(figures, figure, "last_year")


def change_since_last_tertial(figures: Figures, figure: Figure) -> Change | None:
    """The change against the last tertial's last day, for stocks."""
    return _change(figures, figure, "last_tertial")


def change_cell(metric: Metric, figure: Figure, change: Change | None) -> str:
    """`bättre: +8,3 procentenheter`, `ingen säkerställd förändring (−1 procentenhet)`, `går inte att jämföra`."""
    told = change_in_words(metric, figure, change)
    if change is None or not change.difference or change.certain or is_as_delivered(figure):
        return told
    return f"{told} ({difference(metric, figure, change)})"


def change_in_words(metric: Metric, figure: Figure, change: Change | None) -> str:
    """As `change_cell`, but how much is told only where the change is certain."""
    if change is None:
        return DASH
    if change.difference is None:
        return say(Direction.NOT_COMPARABLE.value)
    if is_as_delivered(figure) and change.difference:
        return difference(metric, figure, change)
    if not change.certain:
        return say(Direction.NOT_CERTAIN.value) if change.difference else say("oförändrat")
    return f"{say(change.direction.value)}: {difference(metric, figure, change)}"


def difference(metric: Metric, figure: Figure, change: Change) -> str:
    """How much: shares in percentage points, counts in per cent (of small counts in number), days in days."""
    amount = change.difference or 0.0
    statistic = Statistic(figure.key.statistic)
    if statistic.is_share:
        return forms.points(amount)
    if statistic.is_count:
        before = change.before.value or 0
        enough = change.relative is not None and before >= FEWEST_FOR_PERCENT_FIRST
        return forms.signed_percent(change.relative or 0) if enough else forms.signed(amount)
    return with_unit(metric, statistic, amount, forms.signed(amount, decimals(statistic)))


def is_as_delivered(figure: Figure) -> bool:
    """Whether it is a value that came as it is, which can be put to no test."""
    return figure.key.statistic == Statistic.VALUE


def with_unit(metric: Metric, statistic: Statistic, amount: float, text: str) -> str:
    """A number that is written already, with `dagar` after it where it is days; other units stand elsewhere."""
    is_days = metric.unit == DAYS or statistic is Statistic.LONGEST_WAIT
    return forms.days(amount, text) if is_days else text


def category(metric: Metric, breakdown: str, value: str) -> str:
    """A category as it is written: children are girls and boys, providers are named in full."""
    if breakdown == "gender":
        return str((_CHILDREN if metric.child_scope else _ADULTS).get(value, value))
    if breakdown == "provider_type":
        return str(_PROVIDERS.get(value) or forms.capital(say(value)))
    return forms.capital(say(value) if breakdown in _CODED or value in _OURS else value)


def breakdown_title(metric: Metric, breakdown: str) -> str:
    """The heading of a breakdown's table."""
    if breakdown == "gender" and metric.child_scope:
        return say("Flickor och pojkar")
    return str(BREAKDOWNS.get(breakdown, breakdown))


def _change(figures: Figures, figure: Figure, series: str) -> Change | None:
    if figure.suppressed:
        return None
    changes = figures.changes.get(figure.key, ())
    return next((c for c in changes if c.since.series == series and not c.before.suppressed), None)


def goal(metric: Metric, figure: Figure) -> str:
    """The municipality's own target: `minst 90 %`, `högst 120 dagar`."""
    statistic, value = Statistic(figure.key.statistic), figure.target or 0.0
    text = quantity(metric, statistic, value)
    if statistic.is_share and value in (0, 1):
        return text
    return at_least_or_most(metric.better or figure.better, text)


def at_least_or_most(better: str, text: str) -> str:
    """`minst 90 %`, `högst 45 dagar`; the text alone where neither way is better."""
    if better == "higher":
        return say("minst {text}", text=text)
    return say("högst {text}", text=text) if better == "lower" else text


def many(metric: Metric) -> str:
    """What is counted, of many: `utredningar`."""
    return plural(*metric.noun, 2)


def is_of_any_kind(metric: Metric) -> bool:
    """Whether its figures are of whatever the municipality measures, so that no word of ours says what is counted."""
    return Statistic.VALUE in metric.statistics


def exact_value(figure: Figure) -> float:
    """The value; of a share the true quotient, since six decimals rounded once more could cross a half."""
    if Statistic(figure.key.statistic).is_share and figure.denominator and figure.numerator is not None:
        return figure.numerator / figure.denominator
    return figure.value or 0.0
