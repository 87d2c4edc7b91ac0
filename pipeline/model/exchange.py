"""The open exchange format: what stands in `resultat.csv`. Specified for others in docs/exchange-format.md."""

from __future__ import annotations

VERSION = "1.0"
# What tells the rows of a file apart; together they are unique.
KEY_COLUMNS = ("municipality", "period", "metric", "statistic", "window", "level", "org", "breakdown", "category")
COLUMNS = (
    *KEY_COLUMNS, "numerator", "denominator", "value", "ci_low", "ci_high", "target", "status", "suppressed", "as_of",
)  # fmt: skip
# What a hidden row must not tell.
HIDDEN_COLUMNS = ("numerator", "denominator", "value", "ci_low", "ci_high", "status")
