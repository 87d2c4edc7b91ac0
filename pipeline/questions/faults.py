"""Why a question was not answered, in Swedish: what is wrong, and what to write instead."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence

from pipeline.database import MEMORY_LIMIT, Kind, QuestionFault

_VIEW = "v_"
_MOST_NEAR = 3
_SENTENCES = {
    Kind.EMPTY: "Frågan är tom. Skriv en SELECT, eller se de färdiga frågorna med: python -m pipeline sql --list",
    Kind.SEVERAL: "Skriv en fråga i taget: texten innehåller flera satser. Ta bort det som står efter det första"
    " semikolonet.",
    Kind.NO_QUESTION: "Databasen kan bara läsas. En fråga börjar med SELECT, WITH, FROM, DESCRIBE, SHOW, SUMMARIZE"
    " eller EXPLAIN.",
    Kind.PIVOT: "PIVOT behöver veta vilka värden som ska bli kolumner. Skriv dem, till exempel:"
    " PIVOT v_units ON area IN ('Vuxna', 'Äldreomsorg') USING count(*)",
    Kind.SHUT_IN: "En fråga når bara databasen: filer, nätet, tillägg och inställningar är avstängda.",
    Kind.TIME_ZONE: "Tider med tidszon kan inte visas. Gör om dem, till exempel: cast(now() as timestamp)",
    Kind.MEMORY: f"Frågan behöver mer minne än den får använda ({MEMORY_LIMIT[:-2]} GB). Begränsa den med WHERE,"
    " eller räkna samman raderna med GROUP BY.",
    Kind.VALUE: "Ett värde i frågan är av fel slag. Dagar skrivs '2026-05-01' och tal utan citattecken; en parameter"
    " görs om med till exempel cast($dag as date).",
}


def sentence(fault: QuestionFault, question: str, contents: Mapping[str, Sequence[str]], seconds: float) -> str:
    """One sentence or two for the analyst. `contents`: the tables and views that there are, with their columns."""
    name = fault.name
    if fault.kind in _SENTENCES:
        return _SENTENCES[fault.kind]
    if fault.kind is Kind.TIME:
        return f"Frågan avbröts efter {seconds:g} sekunder. Begränsa den, eller ge den längre tid med --timeout."
    if fault.kind is Kind.SYNTAX:
        where = f" vid ”{name}”" if name else ": ett citattecken eller en parentes är inte avslutad"
        return f"Frågan går inte att tolka{where}. Kontrollera stavning, kommatecken och parenteser just före."
    if fault.kind is Kind.TABLE:
        aliases = fault.near if "Candidate tables" in fault.told else ()
        meant = _meant(_near_tables(name, contents) or aliases)
        return f'Tabellen eller vyn {name} finns inte.{meant} Alla visas av: python -m pipeline sql "show tables"'
    if fault.kind is Kind.COLUMN:
        return _of_column(fault, question, contents)
    if fault.kind is Kind.FUNCTION:
        return f"Funktionen {name} finns inte.{_meant(fault.near)}"
    if fault.kind is Kind.GROUPING:
        return f"Kolumnen {name} måste stå i GROUP BY, eller räknas samman med till exempel count, sum eller max."
    if fault.kind is Kind.PARAMETERS:
        first = name.split(",")[0]
        return f"Frågan saknar värde för {name}. Ange det så här: --param {first}=värde"
    return f"Frågan kunde inte köras: {' '.join(fault.told.split())}"


def _of_column(fault: QuestionFault, question: str, contents: Mapping[str, Sequence[str]]) -> str:
    name = fault.name
    if f'"{name}"' in question:
        return f"Det finns ingen kolumn som heter {name}. Är det en text ska den stå inom enkla citattecken: '{name}'"
    read = [column for table, columns in contents.items() if table in question for column in columns]
    near = fault.near or difflib.get_close_matches(name.casefold(), dict.fromkeys(read), n=_MOST_NEAR)
    return f"Kolumnen {name} finns inte i det som frågan läser.{_meant(near)} Kolumnerna visas av: DESCRIBE vyns namn"


def _near_tables(name: str, contents: Iterable[str]) -> list[str]:
    """The nearest of what can be asked, views first: they are made for it."""
    bare: dict[str, list[str]] = {}
    for one in sorted(contents, key=lambda known: not known.startswith(_VIEW)):
        bare.setdefault(_bare(one), []).append(one)
    near = [one for found in difflib.get_close_matches(_bare(name), bare, n=2) for one in bare[found]]
    return sorted(near, key=lambda known: not known.startswith(_VIEW))


def _bare(name: str) -> str:
    """A name without its schema and the sign of a view."""
    return name.casefold().rpartition(".")[2].removeprefix(_VIEW)


def _meant(near: Sequence[str]) -> str:
    *others, last = near[:_MOST_NEAR] or [""]
    before = f"{', '.join(others)} eller " if others else ""
    return f" Menade du {before}{last}?" if last else ""
