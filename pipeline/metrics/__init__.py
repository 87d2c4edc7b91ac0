"""Metrics: one SQL file each, whose rows become figures in one shared aggregation."""

from pipeline.metrics.figures import measure
from pipeline.metrics.preparation import prepare
from pipeline.metrics.storage import is_demo, store

__all__ = ["is_demo", "measure", "prepare", "store"]
