"""The options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

ConfigOption = Annotated[Path | None, typer.Option("--config", help="Configuration file (default: config.toml).")]
RawOption = Annotated[Path | None, typer.Option("--raw", help="Folder with the extracts.")]
ProcessedOption = Annotated[Path | None, typer.Option("--processed", help="Folder of the database.")]
ReportsOption = Annotated[Path | None, typer.Option("--reports", help="Folder of the finished reports.")]
PeriodOption = Annotated[
    str | None, typer.Option("--period", help="2026T2, 2026, 2026H1 or 2026Q3; the last whole tertial unless given.")
]
TodayOption = Annotated[str | None, typer.Option("--today", help="The day to count as today, YYYY-MM-DD.")]

ProtectOption = Annotated[
    bool, typer.Option("--protect", help="Hide small groups, for answers that will leave the house.")
]
