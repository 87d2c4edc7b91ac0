"""Answers as CSV (UTF-8, comma, LF, a line of headings) and as JSON (a list of objects)."""

from __future__ import annotations

import csv
import json
from typing import TextIO

from pipeline.database import Answer
from pipeline.questions import values


def write_csv(stream: TextIO, answer: Answer, most: int) -> int:
    """Write at most that many rows; returns how many they were."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([values.guarded(column.name) for column in answer.columns])
    written = 0
    for rows in answer.chunks(most):
        writer.writerows([values.guarded(value) for value in row] for row in rows)
        written += len(rows)
    return written


def write_json(stream: TextIO, answer: Answer, most: int) -> int:
    """Write at most that many rows, one object a line; of columns with the same name the last one counts."""
    names = [column.name for column in answer.columns]
    written = 0
    stream.write("[")
    for rows in answer.chunks(most):
        for row in rows:
            stream.write(",\n" if written else "\n")
            json.dump(dict(zip(names, map(values.plain, row), strict=True)), stream, ensure_ascii=False)
            written += 1
    stream.write("\n]\n")
    return written
