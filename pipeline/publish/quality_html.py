"""datakvalitet.html: what came in, what was rejected and why, for the analyst and the case system's owner. Internal."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pipeline.config import Config
from pipeline.model import Metric, Quality, RunInfo, Seen
from pipeline.publish import advice, faults, forms, html, quality_words
from pipeline.publish.importance import Importance

_TEMPLATE = "datakvalitet.html.j2"
_SCRIPT = "quality.js"
MOST_LISTED = 500  # rows a rule on the page; the workbook beside it holds all of them
MOST_NAMED = 6  # metrics in a sentence on the page


def write(
    file: Path,
    quality: Quality,
    config: Config,
    run: RunInfo,
    definitions: Mapping[str, Metric],
    seen: Seen | None = None,
) -> None:
    """Write the page: one file that asks nothing of the network. It names cases, so it is for internal use.

    `definitions` tell which metrics a fault matters for. `seen` is what the register of faults knows; without it
    nothing is said of earlier deliveries.
    """
    found = faults.listings(quality)
    script = html.script(_SCRIPT)
    text = html.render(
        _TEMPLATE,
        quality=quality,
        totals=quality.totals(),
        above=quality.above(config.limits.rejected_percent),
        counts=list(faults.counts(found)),
        listings=faults.by_extract(found),
        unlisted=[*quality_words.unlisted(quality), *quality_words.protected(quality)],
        warnings=quality_words.warnings(quality, seen),
        units=faults.units(quality),
        most=MOST_LISTED,
        most_named=MOST_NAMED,
        workbook=file.with_suffix(".xlsx").name,
        every_row=faults.EVERY_ROW,
        stopped=faults.STOPPED,
        stops=list(map(forms.with_days, quality.stops)),
        row_headings=faults.ROW_HEADINGS,
        row_counts=faults.row_counts,
        share_heading=faults.REJECTED_SHARE,
        share=faults.rejected_share,
        warning_text=faults.warning_text,
        advice_of=advice.of,
        extract_name=faults.extract_name,
        unit=faults.unit,
        unit_name=faults.unit_name,
        importance=Importance(definitions),
        seen=seen,
        since_last=quality_words.since_last(quality, seen) if seen else [],
        nothing_before=quality_words.nothing_before(seen) if seen else "",
        is_old=quality_words.is_old(seen) if seen else "",
        first_seen=quality_words.first_seen,
        gone=quality_words.GONE,
        mended=quality_words.listed_mended(seen) if seen else [],
        protected_mended=quality_words.protected_mended(seen) if seen else [],
        late=quality_words.lateness(quality),
        reckoned_from=quality_words.reckoned_from(quality),
        rules_title=quality_words.RULES_TITLE,
        exceptions=quality_words.exceptions(quality),
        config=config,
        run=run,
        period_name="Datakvalitet",
        script=script,
        script_hash=html.source_hash(script),
    )
    file.write_text(text, encoding="utf-8", newline="\n")
