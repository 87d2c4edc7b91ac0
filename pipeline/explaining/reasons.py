"""Why a row counts as it does, in a Swedish sentence: from the row's own values, under the extracts' headings.

One way for all metrics: what the statement reads (see `lineage.widening`) is told under the heading that the analyst
knows from the extract, or in the words of the column's comment where it is worked out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from pipeline import lineage
from pipeline.explaining.cases import Case, Cases
from pipeline.lineage import Library, Origin
from pipeline.model import EXTRACT_NAMES, Metric
from pipeline.publish import forms
from pipeline.sources import profiles

_ASIDE = re.compile(r"\s*\([^)]*(?:limits\.|config\.toml)[^)]*\)")
_ANSWERS = ("DATE", "BOOLEAN", "VARCHAR")  # of these a lacking one is a finding; of numbers only what there is counts
_LATER = "efter fönstrets sista dag, har inte hänt"


class Reasons:
    """Sentences of one metric's rows in one window."""

    def __init__(self, cases: Cases) -> None:
        self._cases, self._metric, self._library = cases, cases.metric, lineage.read()
        self._labels = [label(one.origin, cases.metric, self._library) for one in cases.shown]
        self._place = {one.origin: place for place, one in enumerate(cases.shown)}

    def of(self, case: Case) -> str:
        """The whole sentence: whether it counts, then what decides that."""
        told = list(dict.fromkeys([*self._facts(case), *self._spans(case)]))
        head = how_it_counts(self._metric, case)
        return f"{head}: {', '.join(told)}." if told else f"{head}."

    def _facts(self, case: Case) -> Iterator[str]:
        for shown, name, value in zip(self._cases.shown, self._labels, case.values, strict=True):
            if value is None:
                if shown.is_operand and shown.kind in _ANSWERS:
                    yield f"{name} saknas"
            elif isinstance(value, date):
                is_later = value > self._cases.window.ends and self._is_of_what_happened(shown.origin)
                yield f"{name} {value}" + (f" ({_LATER})" if is_later else "")
            else:
                yield f"{name}: {told(value)}"

    def _spans(self, case: Case) -> Iterator[str]:
        for span in self._cases.widened.spans:
            begins = case.values[self._place[span.begins]] if span.begins in self._place else None
            if span.ends is None:
                ends, name = self._cases.window.ends, str(self._cases.window.ends)
            elif span.ends in self._place:
                ends, name = case.values[self._place[span.ends]], self._labels[self._place[span.ends]]
            else:
                continue
            if begins is not None and ends is not None:
                first = self._labels[self._place[span.begins]]
                yield f"{forms.days((ends - begins).days, str((ends - begins).days))} från {first} till {name}"

    def _is_of_what_happened(self, origin: Origin) -> bool:
        """Not a limit, and no plan for the future."""
        copied = self._library.copied_from(origin)
        if copied is None:
            return False
        from pipeline.schemas import EXTRACTS

        extract = self._library.relations[copied.relation].extract
        columns = {column.name: column for column in EXTRACTS[extract].columns} if extract in EXTRACTS else {}
        return copied.column in columns and copied.column not in _PLANS


# Days that are plans: they may lie ahead of the window without anything being amiss.
_PLANS = frozenset({"extended_until", "next_follow_up", "due", "valid_from", "valid_to", "next_revision"})


def how_it_counts(metric: Metric, case: Case) -> str:
    """Whether and how a row counts, without its reason."""
    counted = case.counted
    if metric.per:
        return f"Räknas hos {metric.noun[0]} {case.group}"
    if case.answer:
        return f"Handläggare {case.group} svarade {case.answer}, som jämförs med andras svar på samma fråga"
    if metric.judged.is_share and metric.summed:
        if counted.get("n") is None:
            return f"Räknas som värdet {told(counted.get('value'))}, utan täljare"
        return f"{told(counted['hits'] or 0)} av {told(counted['n'])} räknas i täljaren"
    if metric.judged.is_share:
        return "Räknas i täljaren" if counted["hit"] else "Räknas inte i täljaren"
    if metric.judged.is_distribution:
        return _with_value(metric, case)
    return "Räknas"


def _with_value(metric: Metric, case: Case) -> str:
    counted = case.counted
    if counted.get("value") is not None:
        value = f"Räknas med {told(counted['value'])}"
        return f"{value} från {told(counted['n'])} svar" if metric.summed else f"{value} {metric.unit}"
    if counted.get("observed_days") is not None:
        return f"Räknas bara i den beräknade mediantiden, med {told(counted['observed_days'])} dagar hittills"
    return "Räknas inte"


def told(value: Any) -> str:
    """A value in a sentence."""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, Decimal | float):
        return forms.number(float(value), 2)
    if isinstance(value, int):
        return forms.number(value)
    return str(value)


def label(origin: Origin, metric: Metric, library: Library) -> str:
    """What a column is called: its heading in the extract, else its comment up to the first colon or semicolon."""
    copied = library.copied_from(origin)
    if copied is None:
        words = _ASIDE.sub("", library.words(origin)).rstrip(".")
        words = re.split(r"[:;]", words, maxsplit=1)[0]
        return words[:1].lower() + words[1:]
    extract = library.relations[copied.relation].extract
    headings = profiles.load().headings
    heading = (headings[extract].get(copied.column) or headings["common"][copied.column])[0]
    of_another = "" if extract in ("", next(iter(metric.needs), "")) else f" ({EXTRACT_NAMES[extract]})"
    return heading[:1].lower() + heading[1:] + of_another
