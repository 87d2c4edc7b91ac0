"""Metrics: one SQL file each, whose rows become figures in one shared aggregation."""

from pipeline.metrics.aggregation import placed
from pipeline.metrics.figures import measure, why_missing
from pipeline.metrics.preparation import prepare
from pipeline.metrics.storage import is_demo, store

__all__ = ["is_demo", "measure", "placed", "prepare", "store", "why_missing"]
