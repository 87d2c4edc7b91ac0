"""A new metric: the skeleton of its file in sql/metrics, and of its first test case."""

from pipeline.adding.metric import create

__all__ = ["create"]
