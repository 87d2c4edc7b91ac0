"""How long data are kept, and under which key: taking away what is older than a period, and changing the key."""

from pipeline.retention.purging import Part, Purge, purge
from pipeline.retention.rotating import rotate

__all__ = ["Part", "Purge", "purge", "rotate"]
