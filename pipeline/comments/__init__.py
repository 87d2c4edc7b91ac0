"""What people have written about the figures: the analyst's words, and the comments delivered with measured values."""

from pipeline.comments.measured import measured
from pipeline.comments.written import fingerprint, read

__all__ = ["fingerprint", "measured", "read"]
