"""A straightforward script: read with pandas, reject by the same rules, and compute the same figures."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import shared
from shared import INVESTIGATIONS, LAST_DAY, REFERRALS, WINDOWS, Rules

_OPEN = pd.Timestamp(LAST_DAY)


def faulty(rows: pd.DataFrame, rules: Rules) -> pd.Series:
    """Whether a row breaks a rule."""
    wrong = rows[list(rules.required)].isna().any(axis=1) | ~rows[shared.yes_or_no(rules)].all(axis=1)
    for name in rules.days:
        wrong |= (rows[name] < shared.EARLIEST) | (rows[name] > shared.latest(rules, name))
    for name, codes in rules.codes.items():
        wrong |= rows[name].notna() & ~rows[name].isin(codes)
    return wrong


def main(raw: Path) -> None:
    """Everything."""
    rejected, kept = {}, {}
    for rules in shared.EXTRACTS:
        rows = shared.frame(raw, rules)
        wrong = faulty(rows, rules)
        rejected[rules.file] = rows.index[wrong]
        again = rows.duplicated([rules.key, "Källsystem"], keep=False)
        kept[rules.file] = rows[~wrong & ~again]
    figures = dict(_figures(kept[REFERRALS.file], kept[INVESTIGATIONS.file]))
    shared.say(rejected, figures)


def _figures(referrals: pd.DataFrame, investigations: pd.DataFrame) -> Iterator[tuple[str, float]]:
    i, r = investigations.copy(), referrals.copy()
    i["closed"] = i["Avslutad"].where(i["Avslutad"] <= _OPEN)
    i["days"] = (i["closed"] - i["Inledd"]).dt.days
    i["three"], i["four"] = (i["Inledd"] + pd.DateOffset(months=months) for months in (3, 4))
    child = (i["Verksamhetsområde"] == shared.CHILD_AREA) & ~i["Utredningstyp"].str.lower().isin(shared.NOT_CHILD_KINDS)
    report = (r["Verksamhetsområde"] == shared.CHILD_AREA) & (r["Typ"] == "anmälan")
    decided = r["Beslut förhandsbedömning datum"]
    joined = (r["Beslut förhandsbedömning"] == "tillförd pågående utredning") & (decided.isna() | (decided <= _OPEN))
    due, next_day = r["Inkommen"] + pd.Timedelta(days=14), r["Inkommen"] + pd.Timedelta(days=1)
    stock = i[(i["Inledd"] <= _OPEN) & i["closed"].isna()]
    yield from _cells("investigations_open", "count", "stock", stock, stock["Inledd"], "size")
    for window, starts in WINDOWS.items():

        def during(days: pd.Series, starts: str = starts) -> pd.Series:
            return (days >= starts) & (days <= _OPEN)

        opened, closed = i[during(i["Inledd"])], i[during(i["closed"])]
        children = closed[child.loc[closed.index]]
        four = i[child & during(i["four"])]
        came, assessed, safe = r[during(r["Inkommen"])], r[report & during(due) & ~joined], r[report & during(next_day)]
        yield from _cells("investigations_opened", "count", window, opened, opened["Inledd"], "size")
        yield from _cells("referrals", "count", window, came, came["Inkommen"], "size")
        for statistic in ("mean", "median", "p90"):
            yield from _cells("investigation_days", statistic, window, closed, closed["days"], statistic)
        for metric, rows, hit in (
            ("investigation_within_120_days", children, children["days"] <= 120),
            ("investigation_within_3_months", closed, closed["closed"] <= closed["three"]),
            ("investigation_within_4_months", four, four["closed"] <= four["four"]),
            ("preassessment_within_14_days", assessed, decided.loc[assessed.index] <= due.loc[assessed.index]),
            ("protection_assessed_by_next_day", safe, safe["Skyddsbedömning datum"] <= next_day.loc[safe.index]),
        ):
            yield from _cells(metric, "share", window, rows, hit, "mean")


def _cells(
    metric: str, statistic: str, window: str, rows: pd.DataFrame, value: pd.Series, how: str
) -> Iterator[tuple[str, float]]:
    gender = rows["Kön"].fillna("okänt")
    for level, by, breakdown in (
        (1, None, ""),
        (1, rows["Verksamhetsområde"], "area"),
        (1, gender, "gender"),
        (3, rows["Enhet"], ""),
    ):
        if not len(rows):
            continue
        groups = value.groupby(by) if by is not None else value.groupby(lambda _: "")
        found = groups.quantile(0.9) if how == "p90" else groups.agg(how)
        for name, number in found.items():
            org, category = (name, "") if level == 3 else ("", name)
            yield f"{metric}|{statistic}|{window}|{level}|{org}|{breakdown}|{category}", float(number)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
