"""Free text of the management system is printed in public: what is shaped like a personnummer never is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pipeline.privacy import mask


def masked(values: Iterable[Any]) -> tuple[Any, ...]:
    """A row's values with its texts masked."""
    return tuple(mask(value) if isinstance(value, str) else value for value in values)
