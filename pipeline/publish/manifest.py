"""manifest.json: what a published period was made of, so that anyone can check that its figures hold."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from pipeline.model import FileAccount, Metric, RunInfo
from pipeline.periods import Period
from pipeline.publish.marks import DEMO_SUFFIX

_RUN_ID_LENGTH = 12


def run_id(
    inputs: Iterable[FileAccount],
    config_sha256: str,
    version: str,
    today: date,
    period: Period | None,
    beside_sha256: str = "",
) -> str:
    """A short name that is the same for, and only for, runs that must give the same figures.

    `config_sha256` is the configuration's hash without its paths. A file's name and day count beside its
    contents, since they decide which delivery of a row is the newest and how far it reaches. `beside_sha256` is that
    of the analyst's comments and of what is compared with, empty without any.
    """
    files = sorted((account.extract, account.file, account.sha256, account.delivered.isoformat()) for account in inputs)
    identity = json.dumps([files, config_sha256, version, today.isoformat(), period and period.code, beside_sha256])
    return hashlib.sha256(identity.encode()).hexdigest()[:_RUN_ID_LENGTH]


def file_name(*, demo: bool) -> str:
    """The manifest's name; an invented municipality's says so."""
    return f"manifest{DEMO_SUFFIX if demo else ''}.json"


def write(
    folder: Path, run: RunInfo, period: Period, metrics: Mapping[str, Metric], *, with_persons: bool = False
) -> Path:
    """Write the manifest of a finished period's folder, and return its file; every other file below it is an output.

    `with_persons`: some of them were written from a list of persons that is kept nowhere.
    """
    file = folder / file_name(demo=run.demo)
    contents = {
        "run_id": run.run_id,
        "program_version": run.version,
        "period": period.code,
        "today": run.today.isoformat(),
        "demo": run.demo,
        "config_sha256": run.config_sha256,
        "inputs": [_input(account) for account in sorted(run.inputs, key=lambda one: (one.extract, one.file))],
        # What a file without a date in its name cannot tell once it has been moved.
        "delivered": {account.file: account.delivered.isoformat() for account in run.inputs},
        **({"persons": True} if with_persons else {}),
        "metrics": {metric_id: metric.sha256 for metric_id, metric in metrics.items()},
        "outputs": _hashes(folder, besides=file),
    }
    text = json.dumps(contents, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    file.write_text(text, encoding="utf-8", newline="\n")
    return file


def is_of(folder: Path, run_id: str) -> bool:
    """Whether the report that stands in a folder is that of a run, and a real one's."""
    try:
        told = json.loads((folder / file_name(demo=False)).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(told, dict) and told.get("run_id") == run_id


def _input(account: FileAccount) -> dict[str, str | int]:
    return {
        "file": account.file,
        "extract": account.extract,
        "sha256": account.sha256,
        "read": account.read,
        "loaded": account.loaded,
        "rejected": account.rejected,
        "duplicates": account.duplicates,
        "superseded": account.superseded,
    }


def _hashes(folder: Path, besides: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file() and path != besides)
    return {path.relative_to(folder).as_posix(): _sha256(path) for path in files}


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
