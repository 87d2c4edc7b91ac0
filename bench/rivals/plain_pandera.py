"""Validation by pandera alone, on whole frames: the same rules, every failing row found."""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
import pandera.pandas as pa
import shared
from pandera.errors import SchemaErrors
from shared import Rules


def _schema(rules: Rules) -> pa.DataFrameSchema:
    columns = {name: pa.Column(nullable=False) for name in rules.required}
    for name in rules.days:
        bounds = pd.Timestamp(shared.EARLIEST), pd.Timestamp(shared.latest(rules, name))
        columns[name] = pa.Column(checks=pa.Check.in_range(*bounds), nullable=name not in rules.required)
    for name, codes in rules.codes.items():
        columns[name] = pa.Column(str, pa.Check.isin(codes), nullable=name not in rules.required)
    for name in shared.yes_or_no(rules):
        columns[name] = pa.Column(bool, pa.Check.eq(True))
    return pa.DataFrameSchema(columns)


def main(raw: Path) -> None:
    """Every extract."""
    rejected = {}
    for rules in shared.EXTRACTS:
        try:
            _schema(rules).validate(shared.frame(raw, rules), lazy=True)
            rejected[rules.file] = []
        except SchemaErrors as failed:
            rejected[rules.file] = failed.failure_cases["index"].dropna().tolist()
    shared.say(rejected)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
