"""The only door to the engine (DuckDB): builds a new database file and swaps it in whole; answers questions."""

from pipeline.database.asking import MEMORY_LIMIT, Answer, Column, Kind, QuestionFault, answering, contents, types
from pipeline.database.engine import (
    FILE_NAME,
    Database,
    SqlFault,
    build,
    explained,
    in_memory,
    leftovers,
    prepare,
    read_only,
    rewriting,
)

__all__ = [
    "FILE_NAME",
    "MEMORY_LIMIT",
    "Answer",
    "Column",
    "Database",
    "Kind",
    "QuestionFault",
    "SqlFault",
    "answering",
    "build",
    "contents",
    "explained",
    "in_memory",
    "leftovers",
    "prepare",
    "read_only",
    "rewriting",
    "types",
]
