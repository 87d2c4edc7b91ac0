"""`python -m tests.oracle FOLDER PERIOD [METRIC]`: the figures as CSV, for looking at a difference by hand."""

import csv
import sys
from dataclasses import astuple
from pathlib import Path

from . import Settings, figures

folder, period, *wanted = sys.argv[1:]
writer = csv.writer(sys.stdout)
for key, row in sorted(figures(Path(folder), period, Settings()).items()):
    if not wanted or key[0] in wanted:
        writer.writerow((*key, *astuple(row)))
