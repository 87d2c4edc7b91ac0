"""Metrics: one SQL file each, whose rows become figures in one shared aggregation."""

from pipeline.metrics.aggregation import Overview
from pipeline.metrics.figures import measure, why_missing
from pipeline.metrics.placing import placed
from pipeline.metrics.preparation import prepare
from pipeline.metrics.storage import is_demo, store
from pipeline.metrics.views import create as create_views

__all__ = ["Overview", "create_views", "is_demo", "measure", "placed", "prepare", "store", "why_missing"]
