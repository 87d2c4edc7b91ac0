"""What the figures say in whole sentences: outcome with its base, target, change.

A hidden figure gives `words.TOO_FEW`, whatever else it holds.
"""

from __future__ import annotations

from pipeline.language import later, plural, say
from pipeline.model import Change, Direction, Figure, Figures, Metric, Statistic, Status
from pipeline.publish import forms, words

_IN_A_DISTRIBUTION = (
    (Statistic.MEAN, later("medelvärdet är {value}")),
    (Statistic.MEDIAN, later("medianen {value}")),
    (Statistic.P90, later("nio av tio låg på högst {value}")),
    (Statistic.KM_MEDIAN, later("den beräknade mediantiden är {value} när också pågående räknas in")),
)
_HOW = {
    Status.MET: later("Målet på {goal} är uppfyllt."),
    Status.NEAR: later("Målet på {goal} är nästan uppfyllt."),
    Status.NOT_MET: later("Målet på {goal} är inte uppfyllt."),
}
_CERTAIN = {
    Direction.BETTER: later("En statistiskt säkerställd förbättring jämfört med {since} ({amount})."),
    Direction.WORSE: later("En statistiskt säkerställd försämring jämfört med {since} ({amount})."),
    Direction.HIGHER: later("Statistiskt säkerställt högre än {since} ({amount})."),
    Direction.LOWER: later("Statistiskt säkerställt lägre än {since} ({amount})."),
}


def outcome(metric: Metric, figure: Figure | None, figures: Figures) -> str:
    """What came out, with its base: `97 av 131 utredningar (74 %) avslutades inom 120 dagar.`"""
    if figure is None or (figure.denominator is None and not figure.suppressed):
        return f"{words.NO_DATA} {figures.missing.get(metric.metric_id, '')}".strip()
    if figure.suppressed:
        return str(words.TOO_FEW)
    statistic = Statistic(figure.key.statistic)
    if statistic is Statistic.VALUE and figure.denominator:
        return _value_sentence(figure)
    if statistic is Statistic.ALPHA and figure.denominator:
        return _alpha_sentence(metric, figure, figures)
    if not figure.denominator or figure.value is None:
        return str(metric.nothing)
    if statistic is Statistic.SHARE:
        return _share_sentence(metric, figure)
    if statistic.is_count:
        return say(
            "{counted} {verb}.",
            counted=forms.counted(figure.denominator, *metric.noun),
            verb=_verb(metric, figure.denominator),
        )
    return _distribution_sentence(metric, figure, figures)


def target(metric: Metric, figure: Figure) -> str:
    """How it stands against target or law; empty where nothing can be judged."""
    if figure.suppressed or figure.value is None:
        return ""
    fulfilled = words.lawful(metric, figure)
    if fulfilled is not None:
        return _law_sentence(fulfilled, figure.denominator or 0)
    if figure.target is None or figure.status not in (Status.MET, Status.NEAR, Status.NOT_MET):
        return ""
    return say(_HOW[figure.status], goal=words.goal(metric, figure))


def _law_sentence(fulfilled: float, cases: float) -> str:
    if cases == 1:
        if fulfilled:
            return say("Lagkravet är uppfyllt i det enda fallet.")
        return say("Lagkravet är inte uppfyllt i det enda fallet.")
    if fulfilled == cases:
        return say("Lagkravet är uppfyllt i samtliga fall.")
    if not fulfilled:
        return say("Lagkravet är uppfyllt i inget av {cases} fall.", cases=forms.number(cases))
    return say("Lagkravet är uppfyllt i {fulfilled} fall.", fulfilled=forms.part_of(fulfilled, cases))


def change(metric: Metric, figure: Figure, found: Change | None) -> str:
    """What truly changed, or that nothing did for certain; empty where nothing can be compared."""
    if figure.suppressed or found is None or found.difference is None:
        return ""
    since = forms.earlier(found.since)
    if words.is_as_delivered(figure):
        if not found.difference:
            return say("Det är oförändrat jämfört med {since}.", since=since)
        return say("Det är {amount} jämfört med {since}.", amount=words.difference(metric, figure, found), since=since)
    if not found.certain:
        return say("Ingen statistiskt säkerställd förändring jämfört med {since}.", since=since)
    amount = words.difference(metric, figure, found)
    return say(_CERTAIN[found.direction], since=since, amount=amount)


def together(metric: Metric, figure: Figure | None, figures: Figures) -> str:
    """The figure, its base, the target and the certainty, one after the other."""
    first = outcome(metric, figure, figures)
    if figure is None:
        return first
    since_last_year = words.change_since_last_year(figures, figure)
    rest = (target(metric, figure), change(metric, figure, since_last_year))
    return " ".join(filter(None, (first, *rest)))


def _share_sentence(metric: Metric, figure: Figure) -> str:
    noun = plural(*metric.noun, figure.denominator or 0)
    share = forms.percent(words.exact_value(figure), () if figure.target is None else (figure.target,))
    part_of = forms.part_of(figure.numerator or 0, figure.denominator or 0)
    if words.is_of_any_kind(metric):
        is_few = (figure.denominator or 0) < words.FEWEST_FOR_PERCENT_FIRST
        first, then = (part_of, share) if is_few else (share, part_of)
        return say("Andelen är {first} ({then}).", first=first, then=then)
    verb = _verb(metric, figure.numerator or 0)
    return say("{part_of} {noun} ({share}) {verb}.", part_of=part_of, noun=noun, share=share, verb=verb)


def _value_sentence(figure: Figure) -> str:
    if figure.value is None:
        return say("Värdena är enheternas egna och läggs inte ihop.")
    return say("Värdet är {value}.", value=forms.number(figure.value, words.decimals(Statistic.VALUE)))


def _alpha_sentence(metric: Metric, figure: Figure, figures: Figures) -> str:
    """The share of agreeing pairs first, which anyone can picture; then what chance leaves of it."""
    alike = _beside(metric, figure, figures, Statistic.AGREEMENT)
    pairs = forms.counted(figure.denominator or 0, *metric.noun)
    if alike is None:
        first = say("{pairs} jämfördes.", pairs=pairs)
    else:
        first = say(
            "{pairs} jämfördes, och {alike} av dem {verb}.",
            pairs=pairs,
            alike=forms.percent(alike),
            verb=_verb(metric, figure.denominator or 0),
        )
    if figure.value is None:
        return f"{first} {say('Samstämmigheten kan inte beräknas, eftersom alla svar var lika.')}"
    alpha = forms.number(figure.value, words.decimals(Statistic.ALPHA))
    then = say("Samstämmigheten är {alpha} på en skala där 1 är full enighet och 0 är som slumpen.", alpha=alpha)
    return f"{first} {then}"


def _distribution_sentence(metric: Metric, figure: Figure, figures: Figures) -> str:
    told: list[str] = []
    for statistic, pattern in _IN_A_DISTRIBUTION:
        value = _beside(metric, figure, figures, statistic)
        if value is not None:
            text = forms.number(value, 1)
            told.append(say(pattern, value=text if told else words.with_unit(metric, statistic, value, text)))
    number = figure.denominator or 0
    counted = say("{counted} {verb}.", counted=forms.counted(number, *metric.noun), verb=_verb(metric, number))
    # A unit other than days is said once before the numbers, since it has no form for one.
    listed = forms.listed(told)
    in_unit = listed if metric.unit == words.DAYS else say("räknat i {unit}: {told}", unit=metric.unit, told=listed)
    return f"{counted} {forms.capital(in_unit)}."


def _beside(metric: Metric, figure: Figure, figures: Figures, statistic: Statistic) -> float | None:
    key = figure.key
    other = figures.get(
        metric, statistic, key.window, level=key.level, org=key.org, breakdown=key.breakdown, category=key.category
    )
    return None if other is None or other.suppressed else other.value


def _verb(metric: Metric, number: float) -> str:
    """What so many did: one form in Swedish, two in some languages."""
    return plural(metric.verb, metric.verb, number)
