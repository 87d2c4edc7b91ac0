"""The program's own reading, validation and figures on some extracts, without anything published.

Arguments: the folder of extracts, the configuration, `rejected` or `figures`, and the file to write what was found to.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from bench.compared import METRICS, key
from bench.place import PERIOD, TODAY
from pipeline import config as configuration
from pipeline import database, loading, metrics, starting
from pipeline.metrics import catalogue
from pipeline.periods import Period
from pipeline.sources import profiles

# Single rows are what all tools judge alike; that two rows contradict each other, only some can tell.
_REJECTED = """
    select extract, count(distinct (file, sheet, row_number)) from quarantine where rule <> 'conflict' group by extract
"""


def main(raw: Path, config_file: Path, what: str, out: Path) -> None:
    """Read, validate, and compute the figures that the other tools compute, if they are asked for."""
    config = configuration.load(config_file)
    files = {"referrals": "aktualiseringar", "investigations": "utredningar"}
    with database.in_memory() as db:
        quality = loading.load(db, config, TODAY, raw)
        rejected = {files[extract]: rows for extract, rows in db.rows(_REJECTED)}
        found: dict[str, float] = {}
        if what == "figures":
            period = Period.parse(PERIOD)
            delivered = starting.deliveries(quality)
            windows = metrics.prepare(db, config, period, TODAY)
            definitions = {name: one for name, one in catalogue.read().items() if name in METRICS}
            measured = metrics.measure(db, definitions, config, period, windows, profiles.load().headings, delivered)
            found = {text: one.value for one in measured.own() if one.value is not None and (text := key(one))}
    out.write_text(json.dumps({"rejected": rejected, "figures": found}), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], Path(sys.argv[4]))
