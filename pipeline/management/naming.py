"""What a cell that names figures (*Mått*) points at, and the order that numbered names are read in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from pipeline.model import Metric, swedish_order
from pipeline.model.goals import Reference

MEASURE = "measure"  # the metric that holds what no case system does, a category a measure
_NUMBER = re.compile(r"(\d+)")
_NEAR_ENOUGH = 0.6  # of two words' letters, so that no word is suggested that merely happens to share some


def references(
    text: str | None, metrics: Mapping[str, Metric], measures: Iterable[str] = ()
) -> tuple[tuple[Reference, ...], tuple[str, ...]]:
    """The figures that a cell names, each once in the cell's order, and the parts of it that name nothing.

    A name is a metric's id or title, either with `: category` after it where the metric is told by a breakdown, or a
    measure in the extract with measured values. Several stand with `;` or `,` between; since a title may itself hold
    a comma, the longest run of parts that names something is taken. Case, spaces and Unicode form do not matter.
    """
    names = _Names.of(metrics, measures)
    whole = names.plain(text or "")
    if whole is not None:
        return (whole,), ()
    found: dict[Reference, None] = {}
    unknown: dict[str, None] = {}
    for part in (text or "").split(";"):
        pieces = part.split(",")
        while pieces:
            length, reference = _first(pieces, names)
            if reference is not None:
                found[reference] = None
            elif pieces[0].strip():
                unknown[" ".join(pieces[0].split())] = None
            pieces = pieces[length:]
    return tuple(found), tuple(unknown)


def nearest(name: str, metrics: Mapping[str, Metric], measures: Iterable[str] = ()) -> str:
    """`Menade du ”…”?` with the most alike of all ids, titles and measures; what to do where none is alike."""
    titles = [metric.title for metric in metrics.values()]
    spelt = {one.casefold(): one for one in (*metrics, *titles, *measures)}
    found = get_close_matches(name.casefold(), spelt, 1, cutoff=_NEAR_ENOUGH)
    return f"Menade du ”{spelt[found[0]]}”?" if found else "Skriv måttets namn så som det står i rapporten."


def natural_order(text: str) -> tuple[tuple[int, int, tuple[str, str]], ...]:
    """Sort key: numbers by size ("1:2" before "1:10"), the rest in Swedish order."""
    return tuple(
        (0, int(part), ("", "")) if part.isdigit() else (1, 0, swedish_order(part))
        for part in _NUMBER.split(text)
        if part
    )


def _first(pieces: list[str], names: _Names) -> tuple[int, Reference | None]:
    """How many of the pieces are the first name, and what it names: the longest run that is one.

    A category goes on over a comma for as long as what follows names nothing itself.
    """
    length, reference = _longest(pieces, names)
    if reference is None and names.category(pieces[0]) is not None:
        while length < len(pieces) and not _names_something(pieces[length:], names):
            length += 1
        reference = names.category(",".join(pieces[:length]))
    return length, reference


def _longest(pieces: list[str], names: _Names) -> tuple[int, Reference | None]:
    for length in range(len(pieces), 0, -1):
        reference = names.plain(",".join(pieces[:length]))
        if reference is not None:
            return length, reference
    return 1, None


def _names_something(pieces: list[str], names: _Names) -> bool:
    return _longest(pieces, names)[1] is not None or names.category(pieces[0]) is not None


@dataclass(frozen=True)
class _Names:
    """Everything that a figure may be called."""

    metrics: Mapping[str, Metric]  # by id and by title
    measures: Mapping[str, str]  # as it is spelt in the extract

    @classmethod
    def of(cls, metrics: Mapping[str, Metric], measures: Iterable[str]) -> _Names:
        by_title = {_alike(metric.title): metric for metric in metrics.values()}
        by_id = {_alike(name): metric for name, metric in metrics.items()}
        return cls(by_title | by_id, {_alike(name): name for name in measures})

    def plain(self, text: str) -> Reference | None:
        """A metric by id or title, or a measure by name."""
        name = _alike(text)
        if name in self.metrics:
            return Reference(self.metrics[name].metric_id)
        return Reference(MEASURE, self.measures[name]) if name in self.measures else None

    def category(self, text: str) -> Reference | None:
        """`metric: category`, where the metric is told by a breakdown; a title may itself hold a colon."""
        head, colon, category = text.partition(":")
        while colon:
            metric = self.metrics.get(_alike(head))
            spelt = " ".join(category.split())
            if metric is not None and metric.headline_by and spelt:
                is_measure = metric.metric_id == MEASURE
                return Reference(metric.metric_id, self.measures.get(_alike(spelt), spelt) if is_measure else spelt)
            more, colon, category = category.partition(":")
            head = f"{head}:{more}"
        return None


def _alike(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
