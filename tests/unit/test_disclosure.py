"""Small groups in what the committee gets: 1–4 hidden, 0 and 5 shown, and no way around the one road."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.config import Disclosure
from pipeline.disclosure import PublicFigures, protect
from pipeline.judging import judge
from pipeline.model import Figure, Figures, Key, Statistic
from tests.unit.builders import COMMITTEE, PERIOD, WINDOWS, config, count, figures, in_window, key, mean, metric, share

ANCHOR = {"anchor": metric("anchor")}
TWO_PROGRAMMES = {"A": {"P"}, "B": {"P"}, "C": {"Q"}}


def _protected(*items: Figure, rule: str = "default", programmes: dict[str, set[str]] | None = None) -> PublicFigures:
    metrics = ANCHOR | {
        item.key.metric: metric(item.key.metric, statistics=(Statistic(item.key.statistic),)) for item in items
    }
    settings = config(disclosure=Disclosure(rule=rule))  # type: ignore[arg-type]
    return protect(figures(*items, programmes=programmes or TWO_PROGRAMMES), metrics, settings)


@pytest.mark.parametrize(("rows", "hidden"), [(0, False), (1, True), (4, True), (5, False)])
@pytest.mark.parametrize("where", [key(level=2, org="P"), key(level=3, org="A"), key(category="Barn och unga")])
def test_one_to_four_rows_are_hidden_outside_the_committees_total(where: Key, rows: int, hidden: bool) -> None:
    public = _protected(share(where, 0, rows)).figures[where]
    assert public.suppressed is hidden
    if hidden:
        assert (public.numerator, public.denominator, public.value, public.ci_low, public.status) == (None,) * 5


@pytest.mark.parametrize("rows", [1, 4])
def test_the_committees_own_share_is_always_shown(rows: int) -> None:
    assert _protected(share(key(), 1, rows)).figures[key()].denominator == rows


@pytest.mark.parametrize(("number", "hidden"), [(0, False), (1, True), (4, True), (5, False)])
def test_counts_are_hidden_alike(number: int, hidden: bool) -> None:
    where = key(level=3, org="A", statistic=Statistic.COUNT)
    assert _protected(count(where, number)).figures[where].suppressed is hidden


@pytest.mark.parametrize("statistic", [Statistic.MEAN, Statistic.MEDIAN, Statistic.P90, Statistic.LONGEST_WAIT])
@pytest.mark.parametrize(("rows", "hidden"), [(0, False), (4, True), (5, False)])
def test_distributions_on_fewer_than_five_are_hidden_on_every_level(statistic: str, rows: int, hidden: bool) -> None:
    where = key(statistic=statistic)
    assert _protected(mean(where, 12.5 if rows else None, rows)).figures[where].suppressed is hidden


def test_a_hidden_figure_keeps_its_target_and_day() -> None:
    where = key(level=3, org="A")
    public = _protected(replace(share(where, 1, 3), target=0.9)).figures[where]
    assert (public.target, public.as_of) == (0.9, WINDOWS["ytd"].ends)


def test_the_only_unit_of_a_programme_that_is_shown_is_shown_with_it() -> None:
    only = {"A": {"P"}}
    programme, unit = key(level=2, org="P"), key(level=3, org="A")
    public = _protected(share(key(), 1, 3), share(programme, 1, 3), share(unit, 1, 3), programmes=only)
    assert not public.figures[programme].suppressed
    assert not public.figures[unit].suppressed


def test_the_only_unit_of_a_programme_that_is_hidden_is_hidden_with_it() -> None:
    programme, unit = key(level=2, org="Q"), key(level=3, org="C")
    public = _protected(share(programme, 1, 3), share(unit, 1, 3))
    assert public.figures[programme].suppressed
    assert public.figures[unit].suppressed


def test_a_child_metrics_only_area_is_its_total() -> None:
    where = key(category="Barn och unga")
    items = (share(key(), 1, 3), share(where, 1, 3))
    metrics = ANCHOR | {"share": metric(child_scope=True)}
    assert not protect(figures(*items), metrics, config()).figures[where].suppressed
    assert protect(figures(*items), ANCHOR | {"share": metric()}, config()).figures[where].suppressed


def test_what_stands_beside_a_hidden_figure_is_hidden_with_it_but_not_the_other_way() -> None:
    def cell(org: str, rows: int, persons: int) -> list[Figure]:
        return [
            count(key(level=3, org=org, statistic=Statistic.COUNT), rows),
            count(key(level=3, org=org, statistic=Statistic.PERSONS), persons),
        ]

    metrics = ANCHOR | {"share": metric(statistics=(Statistic.COUNT, Statistic.PERSONS))}
    public = protect(figures(*cell("A", 3, 0), *cell("B", 6, 4), *cell("C", 9, 5)), metrics, config()).figures
    hidden = {(k.org, str(k.statistic)) for k, figure in public.items() if figure.suppressed}
    assert hidden == {("A", "count"), ("A", "persons"), ("B", "persons")}


@pytest.mark.parametrize(
    ("hits", "rows", "hidden"),
    [
        (4, 20, True), (5, 20, False), (16, 20, True), (15, 20, False), (0, 9, True), (9, 9, True), (0, 10, False),
        (10, 10, False), (0, 0, False),
    ],
)  # fmt: skip
def test_the_strict_rule_also_hides_small_parts(hits: int, rows: int, hidden: bool) -> None:
    where = key(level=3, org="A")
    assert _protected(share(where, hits, rows), rule="strict").figures[where].suppressed is hidden
    assert not _protected(share(key(), hits, rows), rule="strict").figures[key()].suppressed


def test_changes_that_would_tell_a_hidden_figure_are_gone() -> None:
    small, large, committee = key(level=3, org="A"), key(level=3, org="B"), key()
    items = [
        share(small, 1, 3), in_window(share(small, 9, 30), "ytd_last_year"),
        share(large, 9, 30), in_window(share(large, 1, 3), "ytd_last_year"),
        share(committee, 10, 33), in_window(share(committee, 10, 33), "ytd_last_year"),
    ]  # fmt: skip
    metrics = ANCHOR | {"share": metric()}
    internal = judge(figures(*items, programmes=TWO_PROGRAMMES), metrics, config())
    assert set(internal.changes) == {small, large, committee}
    assert set(protect(internal, metrics, config()).changes) == {committee}


def test_nothing_of_the_spread_is_published() -> None:
    where = key(statistic=Statistic.MEAN)
    assert _protected(mean(where, 97.0, 50, deviation=12.0)).figures[where].deviation is None


def test_public_figures_cannot_be_made_elsewhere() -> None:
    internal = figures()
    with pytest.raises(TypeError, match="disclosure"):
        PublicFigures(
            made_by=object(),
            period=PERIOD,
            windows=WINDOWS,
            figures=internal.figures,
            changes={},
            missing={},
            omitted={},
        )
    public = protect(internal, ANCHOR, config())
    with pytest.raises(TypeError):
        replace(public, figures=internal.figures)
    assert isinstance(public, Figures)
    assert public.committee == COMMITTEE


def test_the_text_of_a_few_cases_is_left_out_with_its_row() -> None:
    def rows(text: str, committee: int, unit: int) -> list[Figure]:
        where = {"category": text, "breakdown": "delay_reason"}
        return [share(key(**where), 0, committee), share(key(level=3, org="A", **where), 0, unit)]

    items = [*rows("vårdplats saknas", 9, 2), *rows("modern vägrar", 4, 4), *rows("flyttat", 0, 0)]
    public = _protected(*items).figures
    assert {k.category for k in public if k.breakdown == "delay_reason"} == {"vårdplats saknas", "flyttat"}
    assert public[key(level=3, org="A", category="vårdplats saknas", breakdown="delay_reason")].suppressed
