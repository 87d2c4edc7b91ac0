"""What cannot be rebuilt from the extracts: each delivery's faults and how large it was, and what was published.

Kept in plain files below `data/processed/history/`, see `storage` and `shelf`. Invented deliveries never enter it.
"""

from pipeline.history.comparing import compare, store, told_apart
from pipeline.history.revising import keep, revisions

__all__ = ["compare", "keep", "revisions", "store", "told_apart"]
