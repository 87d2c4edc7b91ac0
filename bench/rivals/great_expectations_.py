"""Validation by Great Expectations on a pandas frame: the same rules, every failing row found."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import great_expectations as gx
import pandas as pd
import shared
from great_expectations import expectations as gxe
from shared import Rules

_ALL_ROWS = {"result_format": "COMPLETE", "unexpected_index_column_names": ["row"]}


def _expectations(rules: Rules) -> Iterator[gxe.Expectation]:
    for name in rules.required:
        yield gxe.ExpectColumnValuesToNotBeNull(column=name)
    for name in rules.days:
        first, last = pd.Timestamp(shared.EARLIEST), pd.Timestamp(shared.latest(rules, name))
        yield gxe.ExpectColumnValuesToBeBetween(column=name, min_value=first, max_value=last)
    for name, codes in rules.codes.items():
        yield gxe.ExpectColumnValuesToBeInSet(column=name, value_set=list(codes))
    for name in shared.yes_or_no(rules):
        yield gxe.ExpectColumnValuesToBeInSet(column=name, value_set=[True])


def main(raw: Path) -> None:
    """Every extract."""
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    source = context.data_sources.add_pandas("frames")
    rejected = {}
    for rules in shared.EXTRACTS:
        rows = shared.frame(raw, rules).rename_axis("row").reset_index()
        batches = source.add_dataframe_asset(rules.file).add_batch_definition_whole_dataframe("all")
        suite = gx.ExpectationSuite(name=rules.file, expectations=list(_expectations(rules)))
        found = batches.get_batch({"dataframe": rows}).validate(suite, result_format=_ALL_ROWS)
        if any(one.exception_info.get("raised_exception") for one in found.results):
            raise RuntimeError(str(next(one for one in found.results if one.exception_info["raised_exception"])))
        rejected[rules.file] = [
            case["row"] for one in found.results for case in one.result.get("unexpected_index_list") or ()
        ]
    shared.say(rejected)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
