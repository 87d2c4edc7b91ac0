"""Which reports stand in the folder of reports, as their manifests tell; and what the committee got, read back."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.model import Figure, Key, Statistic, Status
from pipeline.model.exchange import COLUMNS
from pipeline.model.issues import Issue, issue
from pipeline.periods import Period
from pipeline.publish import manifest, marks

COMMITTEE = "committee"


@dataclass(frozen=True)
class Standing:
    """A report that stands: its folder's name, and what its manifest tells of it."""

    folder: str
    period: Period
    run_id: str
    day: date
    definitions: dict[str, str] = field(default_factory=dict)
    outputs: dict[str, str] = field(default_factory=dict)


def standing(reports: Path, *, demo: bool) -> dict[Period, Standing]:
    """The reports that stand, by period: the real ones, or those of an invented municipality.

    What is no report, or cannot be read as one, is left out: it must not hinder the next report.
    """
    found = (_standing(file, demo) for file in sorted(reports.glob(f"[0-9]*/{manifest.file_name(demo=demo)}")))
    return {one.period: one for one in found if one is not None}


def files(folder: Path, name: str) -> list[str]:
    """What the committee got of a report in a folder, as paths from the folder of reports, where it is called so."""
    return [f"{name}/{COMMITTEE}/{file.name}" for file in sorted((folder / COMMITTEE).glob("*")) if file.is_file()]


def invented_issues(reports: Path) -> tuple[Issue, ...]:
    """The invented municipality's reports that stand, as the committee's own file tells them: no history holds them."""
    return tuple(filter(None, (_issue(reports, one) for one in standing(reports, demo=True).values())))


def _standing(file: Path, demo: bool) -> Standing | None:
    try:
        told: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        found = Standing(
            folder=file.parent.name,
            period=Period.parse(told["period"]),
            run_id=told["run_id"],
            day=date.fromisoformat(told["today"]),
            definitions=dict(told["metrics"]),
            outputs=dict(told["outputs"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if told.get("demo") is demo else None


def _issue(reports: Path, one: Standing) -> Issue | None:
    name = f"{COMMITTEE}/resultat{marks.DEMO_SUFFIX}.csv"
    try:
        content = (reports / one.folder / name).read_bytes()
        if hashlib.sha256(content).hexdigest() != one.outputs.get(name):
            return None
        figures = dict(_figures(content.decode("utf-8")))
    except (OSError, ValueError, KeyError):
        return None
    return issue(one.day, one.period, one.run_id, figures, one.definitions)


def _figures(text: str) -> Iterator[tuple[Key, Figure]]:
    rows = csv.DictReader(text.splitlines())
    if tuple(rows.fieldnames or ()) != COLUMNS:
        raise ValueError(rows.fieldnames)
    for row in rows:
        key = Key(
            row["metric"], Statistic(row["statistic"]), row["window"], int(row["level"]), row["org"],
            row["breakdown"], row["category"],
        )  # fmt: skip
        yield (
            key,
            Figure(
                key=key,
                as_of=date.fromisoformat(row["as_of"]),
                numerator=_number(row["numerator"]),
                denominator=_number(row["denominator"]),
                value=_number(row["value"]),
                ci_low=_number(row["ci_low"]),
                ci_high=_number(row["ci_high"]),
                target=_number(row["target"]),
                status=Status(row["status"]) if row["status"] else None,
                suppressed=row["suppressed"] == "true",
            ),
        )


def _number(text: str) -> float | None:
    if not text:
        return None
    return int(text) if text.lstrip("-").isdecimal() else float(text)
