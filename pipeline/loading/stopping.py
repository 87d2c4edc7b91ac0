"""What the configuration lets stop a run, in sentences: the rows that break a stopping rule, and what was noticed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from pipeline.loading.noticing import notices
from pipeline.loading.severities import Severities, rules_of
from pipeline.model import EXTRACT_NAMES, Quality, Warned
from pipeline.schemas import EXTRACTS
from pipeline.schemas.extract import Extract
from pipeline.schemas.judge import last_day
from pipeline.sources import profiles


def of_rows(quality: Quality, severities: Severities, today: date) -> tuple[str, ...]:
    """A sentence for each rule and column of an extract where rows break a rule that stops the run, with how many.

    A stopping rule whose rows are all among the faults that are not listed is told of as the loading told it.
    """
    broken = Counter(
        (one.extract, one.rule, one.column) for one in quality.rejections if severities.stops(one.rule, one.extract)
    )
    said = {fault: _sentence(*fault, quality, today) for fault in broken}
    listed = [
        _of(extract, f"{said[extract, rule, column].rstrip('.')} ({_rows(count, extract in quality.unlisted)}).")
        for (extract, rule, column), count in broken.items()
    ]
    return (*listed, *(text for text in quality.stops if text not in said.values()))


def of_notices(noticed: Iterable[Warned], severities: Severities) -> tuple[str, ...]:
    """A sentence for each thing noticed of files, columns and deliveries that stops the run."""
    return tuple(_of(one.extract, one.text) for one in noticed if severities.stops(one.rule, one.extract))


def _of(extract: str, text: str) -> str:
    name = EXTRACT_NAMES.get(extract, extract)
    return f"{name[:1].upper()}{name[1:]}: {text}"


def _rows(count: int, is_more: bool) -> str:
    number = f"{count:,}".replace(",", "\N{NO-BREAK SPACE}")
    return f"{'minst ' if is_more else ''}{number} {'rad' if count == 1 else 'rader'}"


def _sentence(extract_name: str, rule_name: str, column: str, quality: Quality, today: date) -> str:
    """The breach told of many rows, with the contract's headings."""
    extract = EXTRACTS[extract_name]
    rule, other = rules_of(extract)[rule_name], _compared_with(extract, rule_name, quality)
    words = profiles.load().wording(extract.name, extract.names, extract.required)
    return rule.told_of_many.format(
        heading=words.heading(column) if column else "",
        other_heading=words.heading(other) if other else "",
        allowed=", ".join(extract[column].codes) if column else "",
        limit=last_day(today).isoformat(),
        value="",
        other_value="",
        rows="",
    )


def _compared_with(extract: Extract, rule: str, quality: Quality) -> str:
    """The column that a rule holds its own against; empty for most rules."""
    bounds = {order.rule.name: order.bound for order in extract.orders}
    others = {notice.rule.name: notice.other for notice in notices(extract, quality.columns)}
    return bounds.get(rule) or others.get(rule, "")
