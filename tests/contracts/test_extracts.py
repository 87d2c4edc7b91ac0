"""Schemas, tables and profiles say the same of every extract."""

from __future__ import annotations

import pytest

from pipeline import database
from pipeline.loading import TABLES
from pipeline.schemas import EXTRACTS
from pipeline.schemas.extract import Kind
from pipeline.schemas.judge import Judge
from pipeline.sources import profiles
from pipeline.sources.wording import fold

TYPES = {
    Kind.TEXT: "VARCHAR",
    Kind.CODE: "VARCHAR",
    Kind.YES_NO: "BOOLEAN",
    Kind.DATE: "DATE",
    Kind.COUNT: "INTEGER",
    Kind.NUMBER: "DOUBLE",
}
PROFILES = sorted(file.stem for file in profiles.FOLDER.glob("*.toml"))
each_extract = pytest.mark.parametrize("extract", EXTRACTS.values(), ids=lambda extract: extract.name)
each_profile = pytest.mark.parametrize("profile", PROFILES)


@pytest.fixture(scope="module")
def tables():
    with database.in_memory() as db:
        db.run("create schema loaded")
        for name in (*EXTRACTS, "quarantine", "delivered"):
            db.script(TABLES / f"{name}.sql")
        yield db


@each_extract
def test_a_table_has_the_extracts_columns_in_its_order_and_types(tables, extract):
    assert tables.columns(f"loaded.{extract.name}") == {column.name: TYPES[column.kind] for column in extract.columns}


@each_extract
def test_what_is_required_may_not_be_null(tables, extract):
    demanded = tables.rows(
        "select column_name from duckdb_columns() where schema_name = 'loaded' and table_name = ? and not is_nullable",
        [extract.name],
    )
    assert {name for (name,) in demanded} == set(extract.required)


def test_every_table_and_column_has_a_comment(tables):
    tables_without = tables.rows("select table_name from duckdb_tables() where comment is null")
    columns_without = tables.rows(
        "select table_name, column_name from duckdb_columns() where not internal and comment is null"
    )
    assert (tables_without, columns_without) == ([], [])


@each_extract
def test_rules_keys_and_references_speak_of_columns_that_exist(extract):
    spoken_of = {*extract.key, *extract.expected}
    spoken_of.update(name for order in extract.orders for name in (order.column, order.bound))
    spoken_of.update(name for outcome in extract.outcomes for name in (outcome.column, outcome.day))
    spoken_of.update(reference.column for reference in extract.references)
    assert spoken_of <= set(extract.names)
    for reference in extract.references:
        assert reference.target in EXTRACTS[reference.extract].names


@each_extract
def test_a_warning_says_what_it_means(extract):
    assert all(order.rule.summary for order in extract.orders if order.rule.severity == "warn")


@each_extract
def test_the_schema_judges_every_column(extract):
    import datetime

    judged = set(Judge(extract, datetime.date(2026, 1, 1)).columns)
    assert {f"{name}__state" for name in extract.names} <= judged


@each_extract
def test_the_standard_profile_words_every_column_and_no_other(extract):
    standard = profiles.load()
    words = {**standard.headings["common"], **standard.headings[extract.name]}
    assert set(extract.names) <= set(words)
    assert set(standard.headings[extract.name]) <= set(extract.names)


@each_profile
@each_extract
def test_no_heading_means_two_columns(profile, extract):
    wording = profiles.load(profile).wording(extract.name, extract.names, extract.required)
    folded = [fold(word) for words in wording.standard.values() for word in words]
    assert len(folded) == len(set(folded))


@each_profile
def test_a_profile_maps_to_codes_that_exist(profile):
    for name, columns in profiles.load(profile).codes.items():
        for column, codes in columns.items():
            extracts = [extract for extract in EXTRACTS.values() if name in ("common", extract.name)]
            for extract in extracts:
                if column in extract.names:
                    assert set(codes) <= set(extract[column].codes)
