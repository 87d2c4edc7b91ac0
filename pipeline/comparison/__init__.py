"""Comparison with others: what is fetched or imported, kept, and read again.

Three sources: Kolada over HTTP or from JSON saved by hand (`kolada`), the workbooks of Öppna jämförelser
(`oppna_jamforelser`), and other municipalities' result files (`exchange`). All of it is kept below
`data/processed/history/comparisons/`, which a rebuild never touches and invented municipalities never enter. What is
compared with what, and what differs, stands in `sql/comparisons.toml` (`pairs`).

Of an indicator from Kolada the observations are: the own municipality (OWN), the nation, the county, the SKR group, the
similar municipalities as one (SIMILAR, with their codes as `members`), and every other municipality by itself
(MUNICIPALITY), so that a rank can be told.
"""

from pipeline.comparison.fetching import fetch
from pipeline.comparison.importing import bring_in
from pipeline.comparison.places import fingerprint
from pipeline.comparison.reading import read, spelt

__all__ = ["bring_in", "fetch", "fingerprint", "read", "spelt"]
