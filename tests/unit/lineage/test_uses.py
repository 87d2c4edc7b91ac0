"""What the columns of an answer are: every way to make a category of a day or number, and what tells single cases."""

from __future__ import annotations

import pytest

from pipeline.lineage import CannotFollow, Following, Kind

COLUMNS = {
    "cases": {
        "person_id": Kind.SECRET, "case_id": Kind.SECRET, "unit": Kind.CATEGORY, "is_open": Kind.CATEGORY,
        "days": Kind.NUMBER, "opened": Kind.DAY, "closed": Kind.DAY, "as_of": Kind.CATEGORY,
    },
    "units": {"unit": Kind.CATEGORY, "programme": Kind.CATEGORY},
}  # fmt: skip


def followed(question: str) -> Following:
    columns = {name: list(those) for name, those in COLUMNS.items()}
    return Following(question, columns, lambda one, column: COLUMNS.get(one, {}).get(column), {"count_star", "wavg"})


@pytest.mark.parametrize(
    "category",
    [
        "unit", "unit || '!'", "is_open", "days > 120", "opened is null", "case_id is null", "days between 1 and 5",
        "date_trunc('month', opened)", "date_trunc('week', opened + days)", "year(opened)", "week(opened + days)",
        "extract(quarter from opened)", "date_part('isoyear', opened)", "strftime(opened, '%Y-%m')", "last_day(opened)",
        "date_trunc('year', cast(opened as timestamp) + interval '1' day)", "yearweek(opened)", "dayname(opened)",
        "year(opened) || ' v ' || week(opened)", "coalesce(unit, 'okänd')", "date_trunc('month', opened + days::int)",
        "case when days <= 30 then 'kort' when days <= 90 then unit else 'lång' end", "if(days > 9, 'a', 'b')",
        "case days when 1 then 'en' else 'flera' end", "date_trunc('month', coalesce(closed, opened))",
    ],
)  # fmt: skip
def test_what_makes_a_category(category: str) -> None:
    assert followed(f"select {category} as c from cases").divided_by(0).kind is Kind.CATEGORY
    # The same when it has been given a name on the way.
    assert followed(f"with a as (select {category} as c from cases) select a.c as d from a").divided_by(0).kind == 0


@pytest.mark.parametrize(
    "fine",
    [
        "days", "days // 1", "days // 30", "-days", "days + 0", "days::varchar", "round(days / 7)", "greatest(days, 9)",
        "opened", "opened::varchar", "left(opened::varchar, 7)", "opened - date '2020-01-01'", "closed - opened",
        "date_diff('day', opened, closed)", "day(opened)", "dayofyear(opened)", "epoch(opened)", "hash(days)",
        "date_part('doy', opened)", "strftime(opened, '%j')", "strftime(opened, '%Y-%m-%d')", "md5(opened::varchar)",
        "date_trunc('day', opened)", "date_trunc('month', date '2000-01-01' + days * 31)",
        "year(make_date(days, 1, 1))",
        "date_trunc('month', opened + days + days)", "case when days > 9 then days else 0 end", "coalesce(days, 0)",
        "nullif(days, 3)", "[days]", "unit || days", "rowid", "strftime(opened, unit)", "date_part(unit, opened)",
        "row_number() over (order by opened)", "lag(days) over (order by opened)", "unknown(days)",
    ],
)  # fmt: skip
def test_what_tells_single_days_and_numbers(fine: str) -> None:
    assert followed(f"select {fine} as c from cases").divided_by(0).kind not in (Kind.CATEGORY, Kind.SECRET)
    inner = followed(f"select level from (select {fine} as level, unit from cases) as a")
    assert inner.divided_by(0).kind not in (Kind.CATEGORY, Kind.SECRET)


@pytest.mark.parametrize(
    "secret",
    ["person_id", "left(person_id, 3)", "hash(case_id) % 9", "hash(case_id) % 9 < 4", "unit || person_id",
     "if(person_id = 'x', 'a', 'b')", "coalesce(person_id, unit)", "lag(person_id) over (order by opened)"],
)  # fmt: skip
def test_what_points_out_somebody(secret: str) -> None:
    found = followed(f"with a as (select {secret} as unit from cases), b as (from a) select unit from b").divided_by(0)
    assert found.kind is Kind.SECRET
    assert found.names & {"person_id", "case_id"}


def test_inner_sums_unions_and_recursion_are_no_way_round() -> None:
    for inner in (
        "select unit, max(days) as c from cases group by unit", "select count(*) as c from cases",
        "select unit as c from cases union all select days from cases",
        "select (select max(days) from cases) as c from cases", "select x as c from cases, range(days) as t(x)",
    ):  # fmt: skip
        assert followed(f"select c from ({inner}) as a").divided_by(0).kind not in (Kind.CATEGORY, Kind.SECRET)
    assert followed("with recursive r as (select days as d from cases union all select d + 1 from r where d < 3)"
                    " select d from r").divided_by(0).kind is Kind.RECKONED  # fmt: skip
    assert followed("select min(unit) as c from cases group by person_id").divided_by(0).kind is Kind.CATEGORY


def test_a_name_beside_is_not_taken_for_the_column_of_that_name() -> None:
    assert followed("select unit as days, days || '' as e, days as unit from cases").divided_by(1).kind is Kind.RECKONED
    assert followed("select unit as u, u || '!' as e from cases").divided_by(1).kind is Kind.CATEGORY


@pytest.mark.parametrize(
    ("order", "tells"),
    [
        ("n", False), ("2 desc", False), ("unit, n", False), ("count(*)", False), ("-n", False), ("unit || 'x'", False),
        ("max(days)", True), ("min(opened) desc", True), ("count(*) filter (where is_open)", True),
        ("wavg(days, 1)", True),
        ("n + max(days)", True), ("opened", True), ("(select max(days) from cases)", True), ("days", True),
    ],
)  # fmt: skip
def test_an_order_by_what_is_not_shown_tells(order: str, tells: bool) -> None:
    assert (
        followed(f"select unit, count(*) as n from cases group by unit, opened order by {order}").order_tells() is tells
    )


@pytest.mark.parametrize(
    ("value", "weighs"),
    [
        ("days", False), ("days / 7.0", False), ("closed - opened", False), ("100.0 * days", False),
        ("days + 5", False),
        ("date_diff('day', opened, coalesce(closed, as_of))", False), ("coalesce(days, 0)", False),
        ("is_open::int", False), ("(days > 9)::int", False), ("case when is_open then days else 0 end", False),
        ("case when is_open then 1 end", False), ("days * is_open::int", False), ("greatest(days - 120, 0)", False),
        ("case when days > 900 then days * 1000000 else days end", True), ("days + is_open::int * 1000000", True),
        ("days + case when days > 900 then days end", True), ("power(days, 40)", True), ("days * days", True),
        ("greatest(days, 900)", True), ("1 / (days - 17)", True), ("exp(days)", True),
        ("case when is_open then 1000 else 1 end", True), ("(select max(days) from cases)", True),
    ],
)  # fmt: skip
def test_no_case_weighs_more_than_others(value: str, weighs: bool) -> None:
    assert followed(f"select sum({value}) as s from cases").weighs(0) is weighs
    # Noughts beside the numbers of a few are many cases of a mean.
    noughts = value in ("case when is_open then days else 0 end", "days * is_open::int")
    assert followed(f"select avg(v) as s from (select {value} as v from cases) as a").weighs(0) is (weighs or noughts)
    assert followed(f"select count({value}) as s from cases").weighs(0) is False


@pytest.mark.parametrize(
    ("read", "strays"),
    [
        ("cases as i join cases as x on i.unit = x.unit", False),  # both are counted
        ("cases as i where unit in (select unit from units)", False),
        ("cases as i where person_id in (select person_id from cases where days > 9)", False),
        ("cases as i where ((person_id in (select person_id from cases)) and (days > 9) and (is_open))", False),
        ("cases as i where person_id = any(select person_id from cases)", False),
        ("cases as i where not (case_id in (select case_id from cases))", False),
        ("cases as i where exists (select 1 from cases as x where x.person_id = i.person_id)", False),
        ("cases as i where unit in (select unit from cases where case_id = 'a')", True),
        ("cases as i where is_open or person_id in (select person_id from cases)", True),
        ("cases as i where exists (select 1 from cases where case_id = 'a' and is_open)", True),
        ("cases as i where days > (select avg(days) from cases)", True),
        ("cases as i, (select days as d from cases) as x where x.d = 9", True),
        ("cases as i semi join cases as x on i.unit = x.unit and x.case_id = 'a'", True),
        ("cases as i semi join cases as x on i.person_id = x.person_id", False),
        ("(select *, unit as u_id from cases) as i where u_id in (select unit as u_id from cases)", True),
    ],
)  # fmt: skip
def test_rows_chosen_by_other_cases_are_found(read: str, strays: bool) -> None:
    found = followed(f"select count(*) as n from {read}")
    assert found.strays(lambda relation: relation == "cases", ("person_id", "case_id")) is strays


@pytest.mark.parametrize(
    ("read", "carried"),
    [
        ("cases as x", False), ("cases as x join units as u using (unit)", False),
        ("cases as i join cases as x on i.person_id = x.person_id", False),
        ("cases as i, (select days, unit from cases limit 1) as x", True),
        ("cases as i join (select unit, max(days) as days from cases group by unit) as x using (unit)", True),
        ("cases as i join (select unit, min(person_id) as person_id, max(days) as days from cases group by 1) as x"
         " using (unit)", True),
        ("(select i.person_id, y.days from cases as i join cases as y on i.person_id = y.person_id) as x", False),
        ("(select person_id, y.days from cases as i join cases as y using (person_id)) as x", False),
        ("(select i.person_id, y.days from cases as i, cases as y) as x", True),
        ("(select i.person_id, y.days from cases as i join cases as y on i.person_id = y.person_id or 1 = 1) as x",
         True),
    ],
)  # fmt: skip
def test_what_is_joined_to_many_is_not_taken_for_theirs(read: str, carried: bool) -> None:
    found = followed(f"select avg(x.days) as d, count(*) as n from {read}")
    assert found.carried(0, lambda relation: relation == "cases", ("person_id", "case_id")) is carried
    assert found.carried(1, lambda relation: relation == "cases", ("person_id", "case_id")) is False


def test_what_cannot_be_read_is_said_to_be_so() -> None:
    with pytest.raises(CannotFollow):
        followed("select from where (")
