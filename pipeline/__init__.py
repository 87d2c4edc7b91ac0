"""Tertial: the quality follow-up of a municipality's social services, from extracts to report."""

__version__ = "0.1.0"
