"""Where figures come from: held against what the headers say, and against the engine's own reading."""

from __future__ import annotations

import re
import shutil
from html import unescape
from pathlib import Path

import pytest

from pipeline import lineage
from pipeline.cli import app
from pipeline.errors import WrongUse
from pipeline.lineage import Origin, library, page, web
from pipeline.lineage.library import Library
from pipeline.metrics import catalogue
from pipeline.model import Metric
from pipeline.schemas import EXTRACTS
from tests.contract_metrics import EXPECTED
from tests.unit.publish import fakes

CATALOGUE = catalogue.read()
LIBRARY = lineage.read()


def small(tmp_path: Path, **files: str) -> Library:
    for name, text in files.items():
        folder, _, stem = name.partition("_")
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / f"{stem}.sql").write_text(text, encoding="utf-8")
    return lineage.read(tmp_path)


CASES = {"tables_cases": "create table loaded.cases (case_id varchar, opened date, closed date, kind varchar);"}


@pytest.mark.parametrize("metric", CATALOGUE.values(), ids=CATALOGUE)
def test_what_a_header_needs_or_refines_is_what_the_statement_rests_on(metric: Metric) -> None:
    read = LIBRARY.read_by(metric.sql, metric.metric_id)
    behind = {extract: set(columns) for extract, columns in LIBRARY.extracts_behind(read).items()}
    for tables in (metric.needs, metric.refines):
        for table, columns in tables.items():
            assert table in behind
            for column in columns:
                assert behind[table] & set(column.split(" or ")), (table, column)


def test_a_column_is_followed_through_expressions_joins_and_unions(tmp_path: Path) -> None:
    found = small(
        tmp_path, **CASES,
        prepared_macros="create macro limited(day) as day + (select l.days from limits as l);",
        tables_limits="create table limits (days integer);",
        prepared_cases="""
            create table cases as
            with both as (
                select case_id, opened as day from loaded.cases union all select case_id, closed from loaded.cases
            )
            select b.case_id, b.day, limited(c.opened) as last_day
            from both as b inner join loaded.cases as c on b.case_id = c.case_id where c.kind = 'a';
        """,
    )  # fmt: skip
    made = found.relations["cases"]
    assert made.columns["day"] == {Origin("loaded.cases", "opened"), Origin("loaded.cases", "closed")}
    assert made.columns["last_day"] == {Origin("loaded.cases", "opened"), Origin("limits", "days")}
    assert Origin("loaded.cases", "kind") in made.choosing
    assert found.extracts_behind({"cases": ["last_day"]}) == {"cases": ["case_id", "opened", "kind"]}


def test_a_named_window_counts_as_read(tmp_path: Path) -> None:
    found = small(
        tmp_path, **CASES,
        prepared_cases="""
            create table cases as
            select row_number() over w as place from loaded.cases window w as (order by closed);
        """,
    )  # fmt: skip
    assert found.relations["cases"].columns["place"] == {Origin("loaded.cases", "closed")}


def test_words_in_comments_and_literals_are_not_taken_for_tables(tmp_path: Path) -> None:
    found = small(tmp_path, **CASES)
    read = found.read_by("select 'from secrets' as t, c.kind /* join others */ from loaded.cases as c -- from x", "x")
    assert read == {"loaded.cases": {"kind"}}


def test_views_are_taken_up_where_there_are_any(tmp_path: Path) -> None:
    found = small(tmp_path, **CASES, views_v_cases="create view v_cases as select kind from loaded.cases;")
    assert [view.name for view in found.views] == ["v_cases"]
    assert found.extracts_behind({"v_cases": ["kind"]}) == {"cases": ["kind"]}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("create table cases as select * from loaded.nothing;", "läser loaded.nothing, som ingen fil i"),
        ("create table cases as select from where (;", "cases.sql: filen kan inte läsas som SQL"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(WrongUse, match=said):
        small(tmp_path, **CASES, prepared_cases=text)


def test_the_page_is_fresh_and_names_every_metric_and_column() -> None:
    written = page.FILE.read_text(encoding="utf-8")
    contracts = {name: metric for name, metric in CATALOGUE.items() if name in EXPECTED}
    # Who adds a metric may leave the page as it is.
    assert written in (page.text(LIBRARY, contracts), page.text(LIBRARY, CATALOGUE)), "run: make lineage"
    for metric in contracts.values():
        assert f"#### {metric.title}\n" in written
    loaded = [one for one in LIBRARY.relations.values() if one.extract and one.extract in EXTRACTS]
    assert {one.extract for one in loaded} == set(EXTRACTS)
    for relation in loaded:
        for column in relation.columns:
            assert re.search(rf"^\| [^|]+ \(`{column}`\) \| ", written, re.MULTILINE)


def test_the_page_tells_of_views(tmp_path: Path) -> None:
    for part in ("tables", "prepared"):
        shutil.copytree(library.SQL / part, tmp_path / part)
    made = small(tmp_path, views_v_open="create view v_open as select i.opened from investigations as i;"
                 "comment on view v_open is 'Det som pågår.';")  # fmt: skip
    told = page.text(made, CATALOGUE)
    part = told[told.index("### `v_open`") : told.index("## Vad som vilar")]
    assert "Det som pågår." in part
    assert "| `utredningar*` | utredningar | Inledd (`opened`) |" in part


def test_the_web_page_tells_what_the_text_tells(tmp_path: Path) -> None:
    file = web.write(tmp_path / "new", LIBRARY, CATALOGUE, fakes.config())
    written = file.read_text(encoding="utf-8")
    told = re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", written)))
    for metric in CATALOGUE.values():
        assert f'<details class="entry" id="{metric.metric_id}">' in written
    text = page.text(LIBRARY, CATALOGUE).replace("`", "")
    rows = [
        line.strip("| ").split(" | ") for line in text.splitlines() if re.match(r"\| (?!fil |kolumn |config)", line)
    ]
    assert len(rows) > len(CATALOGUE)
    for cells in rows:
        assert cells[-1] == "inget mått" or all(
            CATALOGUE[one].title in told if one in CATALOGUE else one in told for one in cells[-1].split(", ")
        )
        assert cells[0] in told


@pytest.mark.parametrize("name", ["sida.md", "sida.txt"])
def test_the_web_page_takes_no_other_files_place(tmp_path: Path, name: str) -> None:
    with pytest.raises(WrongUse, match=r"slutar på \.html"):
        web.write(tmp_path / name, LIBRARY, CATALOGUE, fakes.config())
    assert list(tmp_path.iterdir()) == []


def test_the_command_writes_the_page_and_names_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    app(["metrics", "--lineage", str(tmp_path)], standalone_mode=False)
    (file,) = tmp_path.iterdir()
    assert capsys.readouterr().out.strip() == str(file)
    with pytest.raises(WrongUse, match="gäller alla mått"):
        app(["metrics", "plan_current", "--lineage", str(tmp_path)], standalone_mode=False)
