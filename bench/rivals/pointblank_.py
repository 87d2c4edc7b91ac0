"""Validation by pointblank on a pandas frame: the same rules, every failing row found."""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
import pointblank as pb
import shared
from shared import Rules


def _validated(rows: pd.DataFrame, rules: Rules) -> pb.Validate:
    plan = pb.Validate(rows)
    for name in rules.required:
        plan = plan.col_vals_not_null(name)
    for name in rules.days:
        first, last = pd.Timestamp(shared.EARLIEST), pd.Timestamp(shared.latest(rules, name))
        plan = plan.col_vals_between(name, first, last, na_pass=True)
    for name, codes in rules.codes.items():
        plan = plan.col_vals_in_set(name, [*codes, None])
    for name in shared.yes_or_no(rules):
        plan = plan.col_vals_eq(name, 1)  # a set of truth values it cannot judge
    done = plan.interrogate(collect_extracts=False)
    if any(step.eval_error for step in done.validation_info):
        raise RuntimeError("a step could not be judged")
    return done


def main(raw: Path) -> None:
    """Every extract."""
    rejected = {}
    for rules in shared.EXTRACTS:
        rows = shared.frame(raw, rules).rename_axis("row").reset_index()
        rows = rows.astype(dict.fromkeys(shared.yes_or_no(rules), "int8"))
        rejected[rules.file] = _validated(rows, rules).get_sundered_data(type="fail")["row"].tolist()
    shared.say(rejected)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
