"""How a metric is computed, for whoever wants to check it: the same words on the page and in the workbook."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.language import later, say
from pipeline.model import Citation, Figures, Metric, Statistic
from pipeline.publish import forms

NOT_COMPARED = later("Jämförs inte med")
_KINDS = {"struktur": later("Strukturmått"), "process": later("Processmått"), "resultat": later("Resultatmått")}
_DIRECTIONS = {"higher": later("Högre är bättre."), "lower": later("Lägre är bättre.")}


def definition(metric: Metric) -> list[tuple[str, str]]:
    """What is measured and among what, as label and sentence; a count measures nothing but its own rows."""
    is_share = metric.judged is Statistic.SHARE
    labels = (say("Täljare, n"), say("Nämnare, N")) if is_share else (say("Vad som mäts"), say("Vad som räknas"))
    texts = (metric.numerator, metric.denominator)
    return [(label, _sentence(text)) for label, text in zip(labels, texts, strict=True) if text]


def items(
    metric: Metric, figures: Figures, not_compared: Iterable[str] = ()
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """All that is said about the method, in the order of reading: label and texts. What has no text is left out.

    `not_compared` says which national figures are not set beside the metric's, and why.
    """
    told: tuple[tuple[str, Iterable[str]], ...] = (
        *((label, (text,)) for label, text in definition(metric)),
        (say("Mätenhet"), (metric.unit,)),
        (say("Önskad riktning"), (_DIRECTIONS.get(metric.better, ""),)),
        (say("Lagrum"), map(citation, _cited(metric, figures))),
        (say("Avgränsningar"), metric.choices),
        (say("Inte levererat"), figures.omitted.get(metric.metric_id, ())),
        (say("Nyckeltal i Kolada"), metric.kpis),
        (NOT_COMPARED, not_compared),
        (
            say("Slag av mått och kvalitetsområde"),
            (f"{_KINDS[metric.kind]}, {metric.quality_area}.",),
        ),
        (say("Ansvarig för definitionen"), (metric.owner,)),
        (say("Måttets fil"), (f"sql/metrics/{metric.metric_id}.sql",)),
    )
    given = [(label, tuple(filter(None, texts))) for label, texts in told]
    return tuple((label, texts) for label, texts in given if texts)


def citation(one: Citation) -> str:
    """A rule of law with its validity; one that was not checked against the statute says so."""
    since = say("från {valid_from}", valid_from=forms.day(one.valid_from)) if one.valid_from else ""
    until = say("till och med {valid_to}", valid_to=forms.day(one.valid_to)) if one.valid_to else ""
    valid = " ".join(filter(None, (since, until)))
    unchecked = "" if one.verified else f" {say('Uppgiften är inte kontrollerad mot författningen.')}"
    return f"{one.text}{f' ({valid})' if valid else ''}.{unchecked}"


def _cited(metric: Metric, figures: Figures) -> list[Citation]:
    """The provisions that held for something that the report tells of, its trends included."""
    first = min(window.starts for window in figures.windows.values() if window.series != "year")
    cited = dict.fromkeys(citation for rule in metric.law for citation in rule.cited)
    return [
        one
        for one in cited
        if (one.valid_to is None or first <= one.valid_to)
        and (one.valid_from is None or one.valid_from <= figures.period.ends)
    ]


def _sentence(text: str) -> str:
    whole = forms.capital(text)
    return whole if whole.endswith(".") else f"{whole}."
