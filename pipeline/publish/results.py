"""resultat.csv: the period's figures in the open exchange format (UTF-8, comma, dot decimals, one row a figure)."""

from __future__ import annotations

import csv
from dataclasses import fields
from decimal import ROUND_HALF_UP, Decimal
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.config import Config
from pipeline.model import Figure, Figures, Key, Statistic
from pipeline.model.exchange import COLUMNS

if TYPE_CHECKING:
    from pipeline.disclosure import PublicFigures

_KEY = attrgetter(*(f"key.{part.name}" for part in fields(Key)))
_SHARE_STEP = Decimal("0.000001")
_DAYS_STEP = Decimal("0.01")
_COUNT_STEP = Decimal("1")
_STEPS: dict[str, Decimal] = {
    one: _SHARE_STEP if one.is_share else _COUNT_STEP if one.is_count else _DAYS_STEP for one in Statistic
}


def write_internal(file: Path, figures: Figures, config: Config) -> None:
    """Write every figure of the period's own windows, small groups included."""
    _write(file, figures, config)


def write_public(file: Path, figures: PublicFigures, config: Config) -> None:
    """Write the same rows for the committee: what is hidden keeps its key and nothing that tells of the group."""
    _write(file, figures, config)


def _write(file: Path, figures: Figures, config: Config) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS)
        code, period = config.municipality.code, figures.period.code
        # By plain tuples, which compare as keys do and in a tenth of the time.
        writer.writerows([code, period, *_row(figure)] for figure in sorted(figures.own(), key=_KEY))


def _row(figure: Figure) -> list[str]:
    key = figure.key
    return [
        key.metric,
        key.statistic,
        key.window,
        str(key.level),
        key.org,
        key.breakdown,
        key.category,
        *_measured(figure),
        number(figure.target, key.statistic),
        "" if figure.suppressed or figure.status is None else figure.status.value,
        "true" if figure.suppressed else "false",
        figure.as_of.isoformat(),
    ]


def _measured(figure: Figure) -> list[str]:
    if figure.suppressed:
        return [""] * 5
    statistic = figure.key.statistic
    numerator = figure.numerator if Statistic(statistic).is_share else None
    return [
        "" if numerator is None else str(numerator),
        "" if figure.denominator is None else str(figure.denominator),
        number(figure.value, statistic),
        number(figure.ci_low, statistic),
        number(figure.ci_high, statistic),
    ]


def number(value: float | None, statistic: str) -> str:
    """A value as the file writes it; empty where there is none."""
    # Through repr, since the shortest text of a float is the decimal number that was meant.
    return "" if value is None else str(Decimal(repr(value)).quantize(_STEPS[statistic], ROUND_HALF_UP))
