"""The rows behind a figure, each with the days and answers that decide how it counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pipeline import database, lineage
from pipeline.config import Config
from pipeline.explaining.latest import Latest, Stored
from pipeline.lineage import Shown, Widened
from pipeline.metrics import placed
from pipeline.model import Metric, Statistic
from pipeline.periods import Window
from pipeline.statistics import agreeing_pairs

_TYPES = """
select case when schema_name = 'main' then table_name else schema_name || '.' || table_name end, column_name, data_type
from duckdb_columns()
where not internal and database_name = current_database()
"""

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Case:
    """A row: its case, its unit, what it is counted by, and the values of `Cases.shown`, in that order.

    `counted`: `hit`, `hits` and `n`, `value`, `observed_days`, as far as the metric's rows have them. `group`: which of
    the observed ones (case workers, raters) it is of, by number, since none of them is named.
    """

    case_id: str
    unit: str
    counted: Row
    values: tuple[Any, ...]
    group: int | None = None
    answer: str = ""


@dataclass(frozen=True)
class Cases:
    """The rows behind a figure, and how many of them are not listed, since they are about somebody protected.

    `numerator` and `denominator` are counted from all rows, and are to be those of `figure`, what the report says.
    """

    metric: Metric
    window: Window
    unit: str
    rows: tuple[Case, ...]
    left_out: int
    numerator: float | None
    denominator: float
    figure: Stored | None
    widened: Widened
    missing: str = ""

    @property
    def shown(self) -> tuple[Shown, ...]:
        """The columns that say why a row counts as it does."""
        return self.widened.shown

    @property
    def agrees(self) -> bool:
        """Whether the rows give the figure that the report has."""
        if self.figure is None or self.missing:
            return True
        pairs = (self.figure.numerator, self.numerator), (self.figure.denominator or 0, self.denominator)
        # The database keeps whole numbers; a measure may be delivered with decimals.
        return all((one is None) == (other is None) and abs((one or 0) - (other or 0)) <= 0.5 for one, other in pairs)


def behind(last: Latest, metric: Metric, config: Config, window: str | None = None, unit: str | None = None) -> Cases:
    """The rows behind a metric's figure in a window (the judged one unless said), of the committee or of a unit.

    Raises WrongUse for a window or unit that has none, and where the statement cannot be run.
    """
    of_window = last.window(metric, window)
    of_unit = last.unit(metric, unit) if unit else ""
    named = f"sql/metrics/{metric.metric_id}.sql"
    widened = lineage.widen(metric.sql, lineage.read(), _types(last), named)
    missing = last.missing(metric)
    rows = [] if missing else _rows(last, metric, config, widened, of_window, of_unit, named)
    numerator, denominator = counted(metric, rows)
    listed = [row for row in rows if not row["is_protected"]]
    groups = _groups(metric, listed)
    return Cases(
        metric=metric,
        window=of_window,
        unit=of_unit,
        rows=tuple(sorted((_case(metric, row, widened, groups) for row in listed), key=_missed_first)),
        left_out=len(rows) - len(listed),
        numerator=numerator,
        denominator=denominator,
        figure=last.judged(metric, of_window.window_id, of_unit),
        widened=widened,
        missing=missing,
    )


def counted(metric: Metric, rows: Sequence[Row]) -> tuple[float | None, float]:
    """Numerator (None where the judged statistic has none) and denominator of rows, as the report counts them."""
    if metric.per:
        return None, len({row[metric.per] for row in rows})
    if metric.judged is Statistic.ALPHA:
        return None, _pairs(rows)
    if metric.judged.is_share:
        if metric.summed:
            return _sum(row["hits"] for row in rows), _sum(row["n"] for row in rows)
        return sum(bool(row["hit"]) for row in rows), len(rows)
    if metric.summed:
        return None, _sum(row["n"] for row in rows)
    if metric.judged.is_distribution:
        return None, sum(row["value"] is not None for row in rows)
    return None, len(rows)


def _sum(values: Any) -> float:
    total = sum((Decimal(str(value)) for value in values if value is not None), Decimal(0))
    return int(total) if total == int(total) else float(total)


def _pairs(rows: Sequence[Row]) -> int:
    answers: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        if row["answer"] is not None and row["item"] is not None:
            answers[row["item"]][row["answer"].lower()] += 1
    return agreeing_pairs(answers.values())[1]


def _rows(
    last: Latest, metric: Metric, config: Config, widened: Widened, window: Window, unit: str, named: str
) -> list[dict[str, Any]]:
    query = placed(metric, widened.sql)
    of_unit = "and unit = $unit" if unit else ""
    given = {"window": window.window_id, **({"unit": unit} if unit else {})}
    with database.explained(f"{named}: databasen kan inte köra satsen"):
        table = last.database.table(
            f"select * from ({query}) as p where window_id = $window {of_unit} order by unit, case_id", given
        )
    found: list[dict[str, Any]] = table.to_pylist()
    return found


def _types(last: Latest) -> dict[str, dict[str, str]]:
    types: dict[str, dict[str, str]] = defaultdict(dict)
    for relation, column, kind in last.database.rows(_TYPES):
        types[relation][column] = kind
    return types


def _groups(metric: Metric, rows: Sequence[Row]) -> dict[str, int]:
    """Who each row is of → a number, where rows are of case workers or raters."""
    column = _group_column(metric)
    if not column:
        return {}
    return {name: number for number, name in enumerate(sorted({row[column] for row in rows}), 1)}


def _group_column(metric: Metric) -> str:
    return metric.per or ("rater" if Statistic.ALPHA in metric.statistics else "")


def _missed_first(case: Case) -> bool:
    """Rows in the numerator last: what is asked is as a rule why there are not more of them."""
    return bool(case.counted.get("hit"))


def _case(metric: Metric, row: Row, widened: Widened, groups: Mapping[str, int]) -> Case:
    kinds = ("hit", "hits", "n", "value", "observed_days")
    column = _group_column(metric)
    return Case(
        case_id=str(row["case_id"]),
        unit=row["unit"],
        counted={name: row[name] for name in kinds if name in row},
        values=tuple(row[one.name] for one in widened.shown),
        group=groups[row[column]] if column else None,
        answer=str(row["answer"]) if column == "rater" else "",
    )
