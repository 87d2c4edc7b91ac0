"""datakvalitet.html: what came in, what was rejected and why, for the analyst and the case system's owner. Internal."""

from __future__ import annotations

from pathlib import Path

from pipeline.config import Config
from pipeline.model import Quality, RunInfo
from pipeline.publish import faults, html

_TEMPLATE = "datakvalitet.html.j2"
MOST_LISTED = 500  # rows a rule on the page; the workbook beside it holds all of them


def write(file: Path, quality: Quality, config: Config, run: RunInfo) -> None:
    """Write the page: one file that asks nothing of the network. It names cases, so it is for internal use."""
    found = faults.listings(quality)
    text = html.render(
        _TEMPLATE,
        quality=quality,
        totals=quality.totals(),
        above=quality.above(config.limits.rejected_percent),
        counts=list(faults.counts(found)),
        listings=found,
        most=MOST_LISTED,
        workbook=file.with_suffix(".xlsx").name,
        every_row=faults.EVERY_ROW,
        stopped=faults.STOPPED,
        row_headings=faults.ROW_HEADINGS,
        row_counts=faults.row_counts,
        share_heading=faults.REJECTED_SHARE,
        share=faults.rejected_share,
        warning_text=faults.warning_text,
        extract_name=faults.extract_name,
        unit=faults.unit,
        config=config,
        run=run,
        period_name="Datakvalitet",
    )
    file.write_text(text, encoding="utf-8", newline="\n")
