"""What a report was made with, against what there is now: program, configuration and the metrics' definitions."""

from __future__ import annotations

from collections.abc import Iterator

import pipeline
from pipeline import config as configuration
from pipeline.config import Config
from pipeline.metrics import catalogue
from pipeline.publish import forms
from pipeline.verification.published import Published


def differences(report: Published, config: Config) -> Iterator[str]:
    """A sentence for each difference, or one that says that there is none. None of them is a fault by itself."""
    found = list(_found(report, config))
    yield from found or ["Program, inställningar och definitioner är desamma."]


def _found(report: Published, config: Config) -> Iterator[str]:
    if report.version != pipeline.__version__:
        yield f"Rapporten gjordes med programmets version {report.version}; detta är {pipeline.__version__}."
    if report.config_sha256 != configuration.fingerprint(config):
        yield (
            "Inställningarna är andra än då: något i config.toml, profilerna, lagrummen eller frågorna i sql/ har"
            " ändrats."
        )
    now = {name: metric.sha256 for name, metric in catalogue.read().items()}
    changed = [name for name, noted in sorted(report.metrics.items()) if now.get(name, noted) != noted]
    gone = sorted(report.metrics.keys() - now.keys())
    if changed:
        yield f"Måtten har ändrad definition (SQL): {forms.listed(changed)}."
    if gone:
        yield f"Måtten finns inte längre: {forms.listed(gone)}."
