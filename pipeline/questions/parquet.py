"""Answers as Parquet, with the engine's own types: for Python, R, Power BI and others that read it."""

from __future__ import annotations

from typing import BinaryIO

from pipeline.database import Answer


def write(stream: BinaryIO, answer: Answer, most: int) -> int:
    """Write at most that many rows; returns how many they were."""
    from pyarrow import parquet

    schema, batches = answer.arrow(most)
    written = 0
    with parquet.ParquetWriter(stream, schema) as writer:
        for batch in batches:
            writer.write_batch(batch)
            written += batch.num_rows
    return written
