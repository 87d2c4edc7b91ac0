"""What cannot be rebuilt from the extracts: which faults were seen in which delivery, and how large each delivery was.

It is kept in plain files below `data/processed/history/`, see `storage`. Invented deliveries never enter it.
"""

from pipeline.history.comparing import compare, store, told_apart

__all__ = ["compare", "store", "told_apart"]
