"""Why a question was not answered, in Swedish: what is wrong, and what to write instead."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence

from pipeline.database import MEMORY_LIMIT, Kind, QuestionFault

_VIEW = "v_"
_MOST_NEAR = 3
_QUOTES = "’‘‚“”„«»"  # as word processors write them
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
    Kind.ZERO: "Frågan delar med noll. Skriv nullif(nämnaren, 0) efter // och %: då blir svaret tomt i stället.",
    Kind.AGGREGATE_IN_WHERE: "WHERE väljer rader innan de räknas, så count, sum och liknande kan inte stå där. Skriv"
    " villkoret efter GROUP BY, till exempel: HAVING count(*) > 3",
    Kind.AGGREGATE_IN_GROUP: "GROUP BY delar upp raderna innan de räknas, så count, sum och liknande kan inte stå där."
    " Ta bort kolumnen med talet ur GROUP BY.",
    Kind.NO_FROM: "Frågan säger inte varifrån kolumnerna kommer. Skriv FROM och vyns namn efter *, till exempel:"
    " SELECT * FROM v_units",
    Kind.NO_COLUMNS: "Frågan säger inte vilka kolumner som ska visas. Skriv dem efter SELECT, eller * för alla.",
    Kind.DATE_PART: "Den delen av en dag finns inte. Skriv den på engelska: 'year', 'quarter', 'month', 'week' eller"
    " 'day'.",
    Kind.OVERFLOW: "Ett tal blir för stort. Gör om det innan det räknas, till exempel: cast(days as double)",
    Kind.OVER_IN_WHERE: "Det som räknas med OVER kan inte stå i WHERE. Skriv villkoret sist, till exempel:"
    " QUALIFY row_number() OVER (PARTITION BY unit ORDER BY opened) = 1",
    Kind.NESTED: "Det går inte att räkna samman i två steg på en gång. Räkna först i en inre SELECT, till exempel:"
    " SELECT avg(antal) FROM (SELECT unit, count(*) AS antal FROM v_investigations GROUP BY unit)",
    Kind.NO_OVER: "Funktioner som row_number, rank och lag behöver OVER, till exempel: row_number() OVER (ORDER BY"
    " opened)",
    Kind.PLACE: "Ett tal i ORDER BY och GROUP BY är kolumnens plats i svaret, och så många kolumner finns inte. Skriv"
    " kolumnens namn i stället.",
    Kind.WIDTH: "Frågans delar har olika många kolumner. Det som sätts ihop med UNION, eller jämförs med IN, ska ha"
    " lika många.",
    Kind.ROWS: "En SELECT inom parentes ger flera rader där ett enda värde ska stå. Räkna samman dem med till exempel"
    " max, eller jämför med IN i stället för lika med.",
    Kind.NEGATIVE_LIMIT: "LIMIT och OFFSET ska vara ett tal som är noll eller större.",
}
# What other databases call it.
_ELSEWHERE = {
    "getdate": "today()", "sysdate": "today()", "isnull": "coalesce(…)", "nvl": "coalesce(…)", "ifnull": "coalesce(…)",
    "convert": "cast(… as …)", "dateadd": "opened + interval '1' day", "to_char": "strftime(…)", "iif": "if(…)",
    "charindex": "strpos(…)", "to_date": "cast(… as date)", "percentile_cont": "quantile_cont(days, 0.5)",
}  # fmt: skip


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
    if fault.kind in _OF_NAMES:
        return _OF_NAMES[fault.kind](fault)
    told = " ".join(fault.told.partition(": ")[2].split()) or fault.told
    return f"Frågan kunde inte köras. Databasen säger på engelska: {told}"


def _of_function(fault: QuestionFault) -> str:
    known = _ELSEWHERE.get(fault.name)
    return f"Funktionen {fault.name} finns inte.{_meant([known] if known else fault.near)}"


def _of_arguments(fault: QuestionFault) -> str:
    called, sign, types = fault.name.removesuffix(")").partition("(")
    if not sign:  # of a macro its types are not told
        return f"{called} har fel antal värden inom parentesen. Kontrollera hur många det ska vara."
    given = f"det som står inom parentesen ({types})" if types else "en tom parentes"
    return (
        f"{called} kan inte räkna på {given}. Kontrollera hur många värden det ska vara och av vilket slag; ja och nej"
        " görs om till tal med till exempel is_open::int, och text till dag med cast(… as date)."
    )


def _of_parameters(fault: QuestionFault) -> str:
    first = fault.name.split(",")[0]
    if not first.isidentifier():
        return "Frågan har ett frågetecken där ett värde ska stå. Skriv $namn i stället, och --param namn=värde"
    return f"Frågan saknar värde för {fault.name}. Ange det så här: --param {first}=värde"


def _of_grouping(fault: QuestionFault) -> str:
    return f"Kolumnen {fault.name} måste stå i GROUP BY, eller räknas samman med till exempel count, sum eller max."


def _of_type(fault: QuestionFault) -> str:
    return f"Datatypen {fault.name} finns inte. Vanliga är integer, double, varchar, date och boolean."


def _of_twice(fault: QuestionFault) -> str:
    name = fault.name.rpartition(".")[2]
    return (
        f"{name} läses två gånger. Ge dem var sitt namn, till exempel: FROM v_units AS a JOIN v_units AS b USING (unit)"
    )


def _of_ambiguous(fault: QuestionFault) -> str:
    return f"Kolumnen {fault.name} finns i flera av tabellerna. Skriv vilken som menas: {' eller '.join(fault.near)}"


_OF_NAMES = {
    Kind.FUNCTION: _of_function,
    Kind.ARGUMENTS: _of_arguments,
    Kind.PARAMETERS: _of_parameters,
    Kind.GROUPING: _of_grouping,
    Kind.TYPE: _of_type,
    Kind.AMBIGUOUS: _of_ambiguous,
    Kind.TWICE: _of_twice,
}


def _of_column(fault: QuestionFault, question: str, contents: Mapping[str, Sequence[str]]) -> str:
    name = fault.name.strip(_QUOTES)
    if name != fault.name or f'"{name}"' in question:
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
