"""What the analyst is told when a question cannot be answered: what is wrong, and what to write instead."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.errors import WrongUse
from pipeline.questions.answering import Question, answer, parameters, question

Refused = Callable[..., str]


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("select * from investigation", "Tabellen eller vyn investigation finns inte. Menade du v_investigations?"),
        ("select * from v_investigatons", "Menade du v_investigations?"),
        ("select * from loaded.case", "Menade du"),
        ("select * from qqqqqq", 'qqqqqq finns inte. Alla visas av: python -m pipeline sql "show tables"'),
        ("select opend from v_investigations", "Kolumnen opend finns inte i det som frågan läser. Menade du opened"),
        ("select i.dais from v_investigations as i", "Menade du days?"),
        ("select x.days from v_investigations as i", "Tabellen eller vyn x finns inte. Menade du i?"),
        ('select * from v_units where unit = "Norr"', "ska den stå inom enkla citattecken: 'Norr'"),
        ("select lenght('a')", "Funktionen lenght finns inte. Menade du"),
        ("select unit, count(*) from v_units", "Kolumnen unit måste stå i GROUP BY"),
        ("selec 1", "Frågan går inte att tolka vid ”selec”."),
        ("select 'a", "Frågan går inte att tolka"),
        ("select * from v_investigations where opened > 'maj'", "Ett värde i frågan är av fel slag."),
        ("select cast('maj' as date)", "Ett värde i frågan är av fel slag."),
        ("select now()", "cast(now() as timestamp)"),
        ("pivot v_units on unit using count(*)", "PIVOT behöver veta vilka värden"),
        ("select * from v_investigations where opened > 5", "Ett värde i frågan är av fel slag."),
        ("select case when true then unit else 5 end from v_units", "Ett värde i frågan är av fel slag."),
        ("select sum(unit) from v_units", "sum kan inte räkna på det som står inom parentesen (VARCHAR)."),
        ("select avg(days > 5) from v_investigations", "avg kan inte räkna på det som står inom parentesen (BOOLEAN)."),
        (
            "select date_diff('day', opened) from v_investigations",
            "date_diff kan inte räkna på det som står",
        ),
        ("select cast(unit as heltal) from v_units", "Datatypen heltal finns inte. Vanliga är integer"),
        ("select unit from v_units as a, v_investigations as b", "menas: a.unit eller b.unit"),
        ("select 1 // 0", "Skriv nullif(nämnaren, 0)"),
        ("select unit from v_units where count(*) > 3", "HAVING count(*) > 3"),
        ("select unit from v_units where row_number() over () = 1", "QUALIFY row_number()"),
        ("select sum(count(*)) from v_units", "Räkna först i en inre SELECT"),
        ("select row_number() from v_units", "behöver OVER"),
        ("select unit from v_units order by 9", "är kolumnens plats i svaret"),
        ("select unit from v_units group by 9", "är kolumnens plats i svaret"),
        ("select unit from v_units union select unit, days from v_investigations", "olika många kolumner"),
        ("select 1 where 'a' in (select unit, days from v_investigations)", "olika många kolumner"),
        ("select (select unit from v_units)", "ger flera rader där ett enda värde ska stå"),
        ("select unit from v_units limit -1", "noll eller större"),
        ("select * exclude (unti) from v_units", "Kolumnen unti finns inte i det som frågan läser. Menade du unit?"),
        ("select 1 from v_units as a join v_investigations as b using (enhet)", "Kolumnen enhet finns inte"),
        ("select getdate()", "Funktionen getdate finns inte. Menade du today()?"),
        ("select unit from v_units where unit = ?", "Skriv $namn i stället, och --param namn=värde"),
        ("select regexp_matches(unit, '(') from v_units", "Databasen säger på engelska: "),
        ("select geomean()", "geomean har fel antal värden inom parentesen."),
        ("select date_add('day', 30, today())", "date_add har fel antal värden inom parentesen."),
        ("select * from v_units as a, v_units as a", "a läses två gånger. Ge dem var sitt namn"),
        ("select * from v_units join v_units on true", "v_units läses två gånger."),
        ("select * v_units", "Skriv FROM och vyns namn efter *"),
        ("select from v_units", "Frågan säger inte vilka kolumner som ska visas."),
        ("select unit, count(*) as n from v_units group by n", "Ta bort kolumnen med talet ur GROUP BY."),
        (
            "select * replace (1 as unti) from v_units",
            "Kolumnen unti finns inte i det som frågan läser. Menade du unit?",
        ),
        ("select date_trunc('tertial', today())", "Den delen av en dag finns inte."),
        ("select 2147483647 + 1", "Ett tal blir för stort."),
        ("select percentile_cont(days, 0.5) from v_investigations", "Menade du quantile_cont(days, 0.5)?"),
        ("select * from v_units where unit = ’Norr’", "ska den stå inom enkla citattecken: 'Norr'"),
        ("select $dag, $enhet", "Frågan saknar värde för dag, enhet. Ange det så här: --param dag=värde"),
    ],
)
def test_the_fault_is_explained(sql: str, said: str, refused: Refused) -> None:
    assert said in refused(sql)


def test_a_fault_that_comes_while_the_answer_is_read_is_explained_too(folder: Path) -> None:
    late = "select cast(case when range = 50000 then 'x' else '1' end as integer) from range(100000)"
    with pytest.raises(WrongUse, match="Ett värde i frågan är av fel slag"):
        answer(folder, Question(late))


def test_without_a_database_it_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="Kör först: python -m pipeline report"):
        answer(tmp_path, Question("select 1"))


def test_what_is_no_database_says_so(tmp_path: Path) -> None:
    (tmp_path / "kvalitet.duckdb").write_text("inget", encoding="utf-8")
    with pytest.raises(WrongUse, match="kan inte öppnas"):
        answer(tmp_path, Question("select 1"))


@pytest.mark.parametrize("given", [(None, None, None), ("select 1", Path("a.sql"), None), ("select 1", None, "a")])
def test_one_question_is_given_in_one_way(given: tuple[str | None, Path | None, str | None]) -> None:
    with pytest.raises(WrongUse, match="Ange en fråga"):
        question(*given, {})


def test_a_question_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_text("\ufeffselect 'å'", encoding="utf-8")
    assert question(None, tmp_path / "a.sql", None, {"a": "1"}) == ("select 'å'", {"a": "1"})
    (tmp_path / "b.sql").write_bytes("select 'å'".encode("cp1252"))
    with pytest.raises(WrongUse, match="inte sparad som UTF-8"):
        question(None, tmp_path / "b.sql", None, {})


def test_values_are_bound_and_never_pasted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = "select count(*) as n from v_investigations where unit = $unit or opened = $dag"
    for unit, found in (("Norr", 2), ("x' or true or 'a' = '", 1)):
        answer(folder, Question(asked, {"unit": unit, "dag": "2026-06-01", "unused": "1"}))
        assert capsys.readouterr().out.split()[-1] == str(found)


@pytest.mark.parametrize("pair", ["unit", "=x", "a b=1", ""])
def test_a_value_has_a_name(pair: str) -> None:
    with pytest.raises(WrongUse, match="skriv namn=värde"):
        parameters([pair])


def test_a_value_may_hold_an_equals_sign() -> None:
    assert parameters(["a=b=c", "d="]) == {"a": "b=c", "d": ""}
