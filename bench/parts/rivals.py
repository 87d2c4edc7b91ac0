"""What a user would pick instead: the same rows, the same rules and figures, and proof that they came to the same."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import environments
from bench.compared import METRICS, differences
from bench.measuring import Command, Failed, Run, ratio, run, spread
from bench.place import Place, python
from bench.results import Part, Ratio, seconds
from bench.rows import Form

_SCRIPTS = Path(__file__).parent.parent / "rivals"
_SIZES = (100_000, 1_000_000)
_SHARE = 0.4  # of a municipality's rows, so many stand in the two extracts
_EXTRACTS = frozenset(("units", "referrals", "investigations"))
_AHEAD, _AHEAD_OF_PANDAS = 1.0, 5.0


@dataclass(frozen=True)
class _Rival:
    """Another way to do a part of the job: `does` is what it is held against; `env` is empty for the project's own."""

    name: str
    script: str
    does: str
    env: str = ""
    goal: float = _AHEAD


_RIVALS = (
    _Rival("pandas script", "pandas_script.py", "figures", goal=_AHEAD_OF_PANDAS),
    _Rival("dbt-duckdb", "dbt_duckdb.py", "figures", "dbt"),
    _Rival("pandera alone", "plain_pandera.py", "rejected"),
    _Rival("Great Expectations", "great_expectations_.py", "rejected", "great-expectations"),
    _Rival("pointblank", "pointblank_.py", "rejected", "pointblank"),
    _Rival("frictionless", "frictionless_.py", "rejected", "frictionless"),
)
_NOTES = (
    "Rows: referrals and investigations in one CSV file each, in UTF-8, spelt as the contract says, about one in a"
    " hundred with a fault (and exact copies and contradicting keys).",
    "Rules, for all: required values, days that can be read and lie between 1900 and tomorrow, codes, yes or no, whole"
    " numbers, the order of days. Each tool must find as many faulty rows in each file as the program does.",
    f"Figures, for those that make any: {', '.join(METRICS)}; three windows, the whole, each area, gender and unit."
    " Every figure must be the program's own.",
    "The program does besides, in the time shown: encoding and separator found, rows accounted for against a count of"
    " physical lines, headings of any case system, tidying, pseudonyms, personnummer masked in texts, keys, references,"
    " a quarantine with reasons; of figures also programmes, all breakdowns, 24 months, last year, intervals,"
    " Kaplan–Meier.",
    "The others do none of that. Those that validate pandas frames are given typed columns, exact copies removed, by"
    " the same few lines of pandas as the pandas script; frictionless reads the file itself; dbt-duckdb rejects in"
    " SQL.",
    "Not in any of them: reasons in Swedish, protection, a report.",
)


def measure(place: Place) -> Part:
    """Every tool at every size that it can manage, in turn with the program."""
    ratios, rows_of_table, notes = list[Ratio](), list[list[str]](), list(_NOTES)
    able = {rival: found for rival in _RIVALS if (found := _interpreter(rival, place, notes))}
    for usual in _SIZES:
        raw, rows = place.extracts("rivals", round(place.rows(usual) / _SHARE), Form.PLAIN_CSV, _EXTRACTS)
        runs, failed = _in_turn(place, raw, able)
        for rival, why in failed.items():
            notes.append(f"{rival.name}, {rows:,} rows: {why}")
            del able[rival]
        for rival in able:
            against = ratio(runs[rival.name], runs[rival.does])
            ratios.append(Ratio(f"{rival.name} / program ({rival.does}), {rows:,} rows", against, rival.goal, True))
        rows_of_table += [_line(rows, name, several) for name, several in runs.items()]
        shutil.rmtree(raw.parent)
    return Part(
        title="what a user would pick instead, on the same rows",
        ratios=ratios,
        tables=[(("rows", "tool", "does", "wall", "processor", "peak memory"), rows_of_table)],
        notes=notes,
    )


def _interpreter(rival: _Rival, place: Place, notes: list[str]) -> str:
    if not rival.env:
        return sys.executable
    try:
        return str(environments.python(rival.env, place.folder))
    except Failed as fault:
        notes.append(f"{rival.name}: {fault}")
        return ""


def _in_turn(place: Place, raw: Path, able: Mapping[_Rival, str]) -> tuple[dict[str, list[Run]], dict[_Rival, str]]:
    """Runs by tool, the program's own under what it does; and who failed, with the reason."""
    folder, config = raw.parent, place.config(raw)
    ours = {
        what: python(what, "bench.commands.own_figures", raw, config, what, folder / f"{what}.json")
        for what in ("rejected", "figures")
    }
    runs: dict[str, list[Run]] = {what: [] for what in ours}
    failed: dict[_Rival, str] = {}
    for _ in range(place.repeat):
        for what, command in ours.items():
            runs[what].append(run(command, folder / f"{what}.log", 3600))
        for rival, interpreter in able.items():
            if rival in failed:
                continue
            out = folder / f"{rival.script}.json"
            command = Command(rival.name, [interpreter, str(_SCRIPTS / rival.script), str(raw), str(out)])
            try:
                runs.setdefault(rival.name, []).append(run(command, folder / f"{rival.script}.log", place.slow))
                _demand_same(_found(folder / f"{rival.does}.json"), _found(out), rival)
            except Failed as fault:
                failed[rival] = str(fault)
                runs.pop(rival.name, None)
    return runs, failed


def _found(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


def _demand_same(ours: dict[str, Any], theirs: dict[str, Any], rival: _Rival) -> None:
    if ours["rejected"] != theirs["rejected"]:
        raise Failed(f"found {theirs['rejected']} faulty rows where the program finds {ours['rejected']}")
    if rival.does == "figures" and (other := differences(ours["figures"], theirs["figures"])):
        raise Failed(f"{len(other)} figures differ, first {other[0]}")


def _line(rows: int, name: str, runs: list[Run]) -> list[str]:
    does = next((rival.does for rival in _RIVALS if rival.name == name), name)
    return [
        f"{rows:,}",
        "**program**" if name == does else name,
        {"rejected": "reads and validates", "figures": "reads, validates, figures"}[does],
        seconds(spread([one.wall for one in runs])),
        seconds(spread([one.cpu for one in runs])),
        f"{max(one.memory for one in runs):.0f} MB",
    ]
