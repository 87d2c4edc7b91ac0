"""What may follow at the cursor: commands, saved questions, tables and views, their columns, and words of SQL."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from pipeline.questions.saved import Saved

COMMANDS = (r"\?", r"\d", r"\l", r"\run", r"\param", r"\limit", r"\timeout", r"\o", r"\q")
_KEYWORDS = (
    "select", "from", "where", "group", "by", "order", "having", "limit", "as", "and", "or", "not", "in", "is",
    "null", "like", "between", "case", "when", "then", "else", "end", "join", "left", "using", "on", "union", "all",
    "distinct", "with", "filter", "over", "desc", "asc", "cast", "date", "interval", "true", "false", "rollup",
)  # fmt: skip
_FUNCTIONS = (
    "count", "sum", "avg", "median", "min", "max", "quantile_cont", "round", "coalesce", "lower", "upper",
    "date_trunc", "date_diff", "year", "month",
)  # fmt: skip
_WORD = re.compile(r"[\w\\?.]*\Z")
_SOURCE = re.compile(
    r"\b(?:from|join)\s+([\w.]+)(?:\s+(?:as\s+)?(?!where\b|join\b|left\b|on\b|using\b|group\b)(\w+))?", re.I
)
_VIEW = "v_"

Contents = Mapping[str, Sequence[str]]


def candidates(text: str, after: str, contents: Contents, saved: Mapping[str, Saved]) -> tuple[str, list[str]]:
    """The word before the cursor, and what it may become; `text` is what stands before it, `after` what follows."""
    found = _WORD.search(text)
    word = found[0] if found else ""
    return word, _starting(word, _choices(text, word, after, contents, saved))


def _choices(text: str, word: str, after: str, contents: Contents, saved: Mapping[str, Saved]) -> Iterable[str]:
    before = text[: len(text) - len(word)].split()
    if text.lstrip().startswith("\\"):
        return _of_command(before, contents, saved)
    sources = {(alias or table): table for table, alias in _SOURCE.findall(f"{text}{after}")}
    table, dot, _ = word.rpartition(".")
    if dot and table in sources:
        return [f"{table}.{column}" for column in contents.get(sources[table], ())]
    if before and before[-1].casefold() in ("from", "join"):
        return _tables(contents)
    columns = [column for one in sources.values() for column in contents.get(one, ())]
    return dict.fromkeys((*columns, *_tables(contents), *_KEYWORDS, *_FUNCTIONS))


def _of_command(before: Sequence[str], contents: Contents, saved: Mapping[str, Saved]) -> Iterable[str]:
    if not before:
        return COMMANDS
    if before[0] == r"\d":
        return _tables(contents)
    if before[0] == r"\run" and len(before) == 1:
        return saved
    if before[0] == r"\run" and before[1] in saved:
        return [f"{one.name}=" for one in saved[before[1]].parameters]
    return ()


def _tables(contents: Iterable[str]) -> list[str]:
    """Views first: they are made for questions."""
    return sorted(contents, key=lambda name: (not name.startswith(_VIEW), name))


def _starting(word: str, choices: Iterable[str]) -> list[str]:
    wanted = word.casefold()
    return [one for one in choices if one.casefold().startswith(wanted) and one.casefold() != wanted]
