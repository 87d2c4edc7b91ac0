"""What cannot be rebuilt from the extracts: each delivery's faults and how large it was, and what was published.

Kept in plain files below `data/processed/history/`, see `storage`, `shelf` and `journal`. Invented deliveries never
enter it.
"""

from pipeline.history.comparing import compare, store, told_apart
from pipeline.history.forgetting import Forgotten, forget, forget_all, past
from pipeline.history.issuing import issues, latest
from pipeline.history.journal import note_purge, note_rotation, purged_before
from pipeline.history.revising import keeping, published, revisions
from pipeline.history.shelf import settle

__all__ = [
    "Forgotten",
    "compare",
    "forget",
    "forget_all",
    "issues",
    "keeping",
    "latest",
    "note_purge",
    "note_rotation",
    "past",
    "published",
    "purged_before",
    "revisions",
    "settle",
    "store",
    "told_apart",
]
