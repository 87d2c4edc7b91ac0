"""Why a fault matters: which metrics a row is missing from, and which of them need the very column that is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pipeline.model import EXTRACT_NAMES, Metric, Rejection
from pipeline.publish import forms

WHOLE_ROW = "hela raden"


class Importance:
    """The metric catalogue read backwards: from extracts and columns to the metrics that are made of them."""

    def __init__(self, definitions: Mapping[str, Metric]) -> None:
        self._of_extract: dict[str, dict[str, None]] = {}
        self._of_column: dict[tuple[str, str], dict[str, None]] = {}
        for metric in definitions.values():
            for tables in (metric.needs, metric.refines):
                for extract, columns in tables.items():
                    self._of_extract.setdefault(extract, {})[metric.title] = None
                    for column in (name for needed in columns for name in needed.split(" or ")):
                        self._of_column.setdefault((extract, column), {})[metric.title] = None

    def of_extract(self, extract: str, most: int | None = None) -> str:
        """What a rejected row means, whatever is wrong in it; at most so many metrics are named."""
        titles = list(self._of_extract.get(extract, ()))
        name = EXTRACT_NAMES.get(extract, extract)
        if not titles:
            return f"Inget mått räknas ännu på {name}."
        return f"En underkänd rad saknas i alla mått som räknas på {name}: {_listed(titles, most)}."

    def of_columns(self, rejections: Iterable[Rejection], most: int | None = None) -> str:
        """Which metrics need the columns that the rejections are about; empty where none does."""
        wrong = {(one.extract, one.column): one.heading for one in rejections}
        return " ".join(
            f"{heading} avgör {_listed(list(self._of_column[column]), most)}."
            for column, heading in wrong.items()
            if column in self._of_column
        )

    def of(self, rejection: Rejection, most: int | None = None) -> str:
        """Why one fault matters."""
        return self.of_columns([rejection], most) or self.of_extract(rejection.extract, most)

    def table(self, rejections: Iterable[Rejection]) -> Iterator[tuple[str, str, str]]:
        """Everything that the faults matter for: extract, heading or the whole row, and metric, one at a time."""
        wrong = {(one.extract, one.column): one.heading for one in rejections}
        for extract in dict.fromkeys(extract for extract, _ in wrong):
            yield from ((extract, WHOLE_ROW, title) for title in self._of_extract.get(extract, ()))
            for (owner, column), heading in wrong.items():
                if owner == extract:
                    yield from ((extract, heading, title) for title in self._of_column.get((extract, column), ()))


def _listed(titles: list[str], most: int | None) -> str:
    return forms.listed([forms.inside(title) for title in titles], most)
