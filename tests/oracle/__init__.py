"""A second, slow and obvious implementation of the metric catalogue, to judge the first one by.

Written from the contracts alone (extracts, metrics, outputs), in plain Python on lists of rows: no SQL, no data frame,
no code shared with the pipeline. Where the two differ, one of them has misread the contract.

    from oracle import Settings, figures
    rows = figures(Path("extracts"), "2025T2", Settings())

The answer maps (metric, statistic, window, level, org, breakdown, category) to a `Row`, for every row that the period's
`internal/resultat.csv` must hold. From a shell: `python -m tests.oracle FOLDER PERIOD [METRIC]`.
"""

from .figures import Row, figures
from .settings import Settings

__all__ = ["Row", "Settings", "figures"]
