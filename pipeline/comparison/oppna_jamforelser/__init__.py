"""Workbooks of Öppna jämförelser, as Socialstyrelsen publishes them, read from disk and kept.

Their layout differs between areas and years, so every word that they are known by stands in
`sql/oppna_jamforelser.toml`; what could not be read is told.
"""

from pipeline.comparison.oppna_jamforelser.reading import Workbook, read_workbook
from pipeline.comparison.oppna_jamforelser.storage import NAME, keep, stored

__all__ = ["NAME", "Workbook", "keep", "read_workbook", "stored"]
