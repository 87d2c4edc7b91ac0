"""Other municipalities' `resultat.csv`: checked, kept, and read again. The format: docs/exchange-format.md."""

from pipeline.comparison.exchange.checking import Checked, check, is_one
from pipeline.comparison.exchange.storage import NAME, keep, read

__all__ = ["NAME", "Checked", "check", "is_one", "keep", "read"]
