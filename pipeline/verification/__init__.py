"""Does a published period still hold? Its files, what it was made of, every figure recomputed; nothing is changed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline import quarter, run
from pipeline.config import Config
from pipeline.model import RunInfo
from pipeline.progress import Progress
from pipeline.publish import forms
from pipeline.verification import comparing, delivered, made_of, published
from pipeline.verification.published import Published


@dataclass(frozen=True)
class Verification:
    """What was found, in Swedish sentences; `holds` when every file and every figure is as it was published."""

    holds: bool
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class _Part:
    """One thing that was looked at: whether it holds, and what is told of it."""

    holds: bool
    sentences: list[str]


def verify(folder: Path, config: Config, progress: Progress) -> Verification:
    """Look at a published period's folder, or at a quarter's report on decisions (`…/ivo`), and recompute it.

    Another version or another configuration is told of, and does no harm as long as the figures are the same. A file
    that has been changed does, and so does an extract that is gone: then the figures cannot be recomputed. Raises
    WrongUse for a folder that is no published period, or whose manifest cannot be read.
    """
    report = published.read(folder)
    progress.step("Kontrollerar filerna")
    faults, notes = published.changed(report)
    parts = [
        _Part(not faults, [*(faults or [f"Alla {forms.number(len(report.outputs))} filer är som de skrevs."]), *notes]),
        _Part(True, list(made_of.differences(report, config))),
    ]
    with TemporaryDirectory(prefix="verify-") as aside:
        found = delivered.gather(report, config, Path(aside))
        if found.faults:
            parts += [_Part(False, [*found.faults, "Siffrorna kan därför inte räknas om."])]
        else:
            progress.step("Räknar om siffrorna")
            parts += [_Part(True, [found.told]), _recomputed(report, found.config, Path(aside) / "new")]
    holds = all(part.holds for part in parts)
    last = "Rapporten stämmer." if holds else "Rapporten kunde inte visas stämma: se ovan."
    heading = f"{report.title}, körning {report.run_id}, gjord {report.today.isoformat()}"
    return Verification(holds, (heading, *(one for part in parts for one in part.sentences), last))


def _recomputed(report: Published, config: Config, aside: Path) -> _Part:
    aside.mkdir()
    info = RunInfo(report.run_id, report.version, report.today, report.demo, report.config_sha256)
    if report.is_quarters:
        quarter.write_again(aside, config, report.period, info)
        faults, told = comparing.files(report, aside)
    else:
        figures = run.recomputed(config, report.period, info)
        faults, told = comparing.figures(report, figures, config, aside)
    return _Part(not faults, [*told, *faults])
