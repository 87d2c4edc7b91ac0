"""What was published before against what is measured now: which figures have changed, by how much and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline import history
from pipeline.config import Config, Limits
from pipeline.disclosure import PublicFigures, protect
from pipeline.history import shelf
from pipeline.model import Figure, Figures, FileAccount, Key, Metric, RunInfo, Statistic, Status
from pipeline.model.revisions import Cause, Published, Revisions
from pipeline.periods import Period, windows
from tests.unit import builders

T1, T2 = Period.parse("2026T1"), Period.parse("2026T2")
MAY, SEPTEMBER, OCTOBER = date(2026, 5, 12), date(2026, 9, 10), date(2026, 10, 1)
NEEDS = {"investigations": ("closed",)}
METRIC = builders.metric(needs=NEEDS, sha256="one")

# window, level, org, breakdown, category → hits, rows
Place = tuple[str, int, str, str, str]
TOTAL: Place = ("tertial", 1, builders.COMMITTEE, "", "")


def account(extract: str, contents: str, delivered: date) -> FileAccount:
    return FileAccount(
        file=f"{extract}.csv", extract=extract, sha256=contents, delivered=delivered, encoding="UTF-8", sheets=(),
        read=1, loaded=1, rejected=0, duplicates=0, superseded=0, skipped=(), ignored_columns=(),
    )  # fmt: skip


def run_info(
    run_id: str, today: date, contents: str = "a", delivered: date | None = None, settings: str = "s"
) -> RunInfo:
    inputs = (account("investigations", contents, delivered or today), account("units", "u", today))
    return RunInfo(run_id, "1.0", today, False, settings, inputs)


def public(
    period: Period,
    cells: Mapping[Place, tuple[int, int] | None],
    *,
    metrics: Mapping[str, Metric] | None = None,
    config: Config | None = None,
    target: float | None = None,
    status: Status = Status.NO_TARGET,
    programmes: Mapping[str, set[str]] | None = None,
) -> PublicFigures:
    every = {window.window_id: window for window in windows(period)}
    found: dict[Key, Figure] = {}
    for (window, *place), measured in cells.items():
        key = Key("share", Statistic.SHARE, window, *place)  # type: ignore[arg-type]
        hits, rows = measured or (None, None)
        value = None if measured is None or not rows else round(hits / rows, 6)
        found[key] = Figure(key, every[window].ends, hits, rows, value, target=target, status=status)
    standing = {unit: frozenset(names) for unit, names in (programmes or {}).items()}
    figures = Figures(period, every, found, {}, {}, {}, standing)
    return protect(figures, metrics or {"share": METRIC}, config or builders.config())


def publish(
    folder: Path,
    figures: PublicFigures,
    run: RunInfo,
    metric: Metric = METRIC,
    config: Config | None = None,
    internal: Figures | None = None,
) -> Revisions:
    """As a run does: compare, and keep when the reports are written; `internal` holds what is hidden."""
    given = ({"share": metric}, config or builders.config(), run)
    told = history.revisions(folder, figures, *given)
    with history.keeping(folder, figures, *given, told, internal or figures, (folder / "report", lambda *_: True)):
        pass
    return told


def contents(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def changes(told: Revisions) -> list[tuple[float | None, float | None, Cause]]:
    return [(one.before.numerator, one.now.numerator, one.cause) for one in told.changed]


# --- which are compared ---------------------------------------------------------------------------------------------


def test_the_first_publication_has_nothing_to_be_compared_with(tmp_path: Path):
    assert publish(tmp_path, public(T1, {TOTAL: (30, 39)}), run_info("r1", MAY)) == Revisions()


def test_the_same_period_published_again_tells_what_changed(tmp_path: Path):
    publish(tmp_path, public(T1, {TOTAL: (30, 39)}), run_info("r1", MAY))
    told = publish(tmp_path, public(T1, {TOTAL: (31, 40)}), run_info("r2", SEPTEMBER, "b"))
    assert told.compared == (Published(MAY, T1),)
    (only,) = told.changed
    assert (only.before.numerator, only.before.denominator, only.before.value) == (30, 39, 0.769231)
    assert (only.now.numerator, only.now.denominator, only.cause) == (31, 40, Cause.ROWS)
    assert (only.window.starts, only.window.ends) == (date(2026, 1, 1), date(2026, 4, 30))


def test_a_figure_that_stands_is_not_told(tmp_path: Path):
    publish(tmp_path, public(T1, {TOTAL: (30, 39)}), run_info("r1", MAY))
    told = publish(tmp_path, public(T1, {TOTAL: (30, 39)}), run_info("r2", SEPTEMBER, "b"))
    assert told == Revisions(compared=(Published(MAY, T1),))


@pytest.mark.parametrize(
    ("published", "window", "now"),
    [
        ("2026T1", "tertial", "tertial_2026t1"),
        ("2025T2", "tertial", "tertial_last_year"),
        ("2025T2", "ytd", "ytd_last_year"),
        ("2025T2", "r12", "r12_last_year"),
        ("2025T3", "ytd", None),  # no window of T2 is the whole year before
    ],
)
def test_windows_are_matched_by_their_days(tmp_path: Path, published: str, window: str, now: str | None):
    publish(tmp_path, public(Period.parse(published), {(window, *TOTAL[1:]): (30, 39)}), run_info("r1", MAY))
    other = now or "ytd_last_year"
    told = publish(tmp_path, public(T2, {(other, *TOTAL[1:]): (31, 40)}), run_info("r2", SEPTEMBER, "b"))
    assert changes(told) == ([(30, 31, Cause.ROWS)] if now else [])


@pytest.mark.parametrize(
    ("published", "now"), [("2026T1", "stock_last_tertial"), ("2025T2", "stock_last_year"), ("2025T3", "stock_2025_12")]
)
def test_so_are_stocks(tmp_path: Path, published: str, now: str):
    publish(tmp_path, public(Period.parse(published), {("stock", *TOTAL[1:]): (30, 39)}), run_info("r1", MAY))
    told = publish(tmp_path, public(T2, {(now, *TOTAL[1:]): (31, 40)}), run_info("r2", SEPTEMBER, "b"))
    assert changes(told) == [(30, 31, Cause.ROWS)]


def test_two_windows_of_the_same_days_are_one_figure(tmp_path: Path):
    first, again = ({TOTAL: measured, ("ytd", *TOTAL[1:]): measured} for measured in ((30, 39), (31, 40)))
    publish(tmp_path, public(T1, first), run_info("r1", MAY))
    assert len(publish(tmp_path, public(T1, again), run_info("r2", SEPTEMBER, "b")).changed) == 1


def test_what_an_earlier_report_told_is_not_told_again(tmp_path: Path):
    publish(tmp_path, public(T1, {TOTAL: (30, 39)}), run_info("r1", MAY))
    later = {("tertial_2026t1", *TOTAL[1:]): (31, 40), TOTAL: (10, 20)}
    assert len(publish(tmp_path, public(T2, later), run_info("r2", SEPTEMBER, "b")).changed) == 1
    told = publish(tmp_path, public(T2, later), run_info("r3", OCTOBER, "b"))
    # T2's own earlier report told 31 of 40.
    assert told.changed == ()
    assert told.compared == (Published(SEPTEMBER, T2), Published(MAY, T1))


def test_a_figure_that_only_one_report_has_is_not_a_changed_one(tmp_path: Path):
    unit: Place = ("tertial", 3, "Norr", "", "")
    publish(tmp_path, public(T1, {TOTAL: (30, 39), unit: (20, 25)}), run_info("r1", MAY))
    other: Place = ("tertial", 3, "Nord", "", "")
    told = publish(tmp_path, public(T1, {TOTAL: (30, 39), other: (20, 25)}), run_info("r2", SEPTEMBER, "b"))
    assert told.changed == ()


def test_the_largest_change_is_told_first(tmp_path: Path):
    units: list[Place] = [("tertial", 3, name, "", "") for name in ("A", "B", "C")]
    publish(tmp_path, public(T1, dict.fromkeys(units, (10, 20))), run_info("r1", MAY))
    now = dict(zip(units, [(11, 20), (18, 20), (4, 20)], strict=True))
    told = publish(tmp_path, public(T1, now), run_info("r2", SEPTEMBER, "b"))
    assert [one.now.key.org for one in told.changed] == ["B", "C", "A"]


def test_a_total_that_would_mislead_is_not_told(tmp_path: Path):
    by_area = replace(METRIC, headline_by="area")
    area: Place = ("tertial", 1, builders.COMMITTEE, "area", "Barn och unga")
    women: Place = ("tertial", 1, builders.COMMITTEE, "gender", "kvinna")
    before, now = (dict.fromkeys((TOTAL, area, women), measured) for measured in ((30, 39), (31, 40)))
    publish(tmp_path, public(T1, before), run_info("r1", MAY), by_area)
    told = publish(tmp_path, public(T1, now), run_info("r2", SEPTEMBER, "b"), by_area)
    assert [one.now.key.category for one in told.changed] == ["Barn och unga"]


# --- again and again ------------------------------------------------------------------------------------------------


def test_the_same_run_again_says_the_same_and_leaves_the_same_bytes(tmp_path: Path):
    publish(tmp_path, public(T1, {TOTAL: (30, 39)}), run_info("r1", MAY))
    second = (public(T1, {TOTAL: (31, 40)}), run_info("r2", SEPTEMBER, "b"))
    first_time = publish(tmp_path, *second)
    before = contents(tmp_path)
    publish(tmp_path, public(T1, {TOTAL: (32, 41)}), run_info("r3", OCTOBER, "c"))
    assert publish(tmp_path, *second) == first_time
    after = contents(tmp_path)
    assert {name: after[name] for name in before} == before
    assert len(shelf.read(tmp_path)) == 3


def test_a_run_with_an_earlier_day_does_not_look_ahead(tmp_path: Path):
    publish(tmp_path, public(T1, {TOTAL: (31, 40)}), run_info("r2", SEPTEMBER, "b"))
    assert publish(tmp_path, public(T1, {TOTAL: (30, 39)}), run_info("r1", MAY)) == Revisions()


def test_a_run_whose_program_has_changed_takes_its_own_place(tmp_path: Path):
    run = run_info("r1", MAY)
    publish(tmp_path, public(T1, {TOTAL: (30, 39)}), run)
    publish(tmp_path, public(T1, {TOTAL: (31, 40)}), run)
    told = publish(tmp_path, public(T1, {TOTAL: (31, 40)}), run_info("r2", SEPTEMBER))
    assert told == Revisions(compared=(Published(MAY, T1),))


# --- why ------------------------------------------------------------------------------------------------------------


def cause(
    folder: Path, then: tuple[int, int] | None, now: tuple[int, int] | None, *, metric: Metric = METRIC,
    limits: Limits | None = None, contents: str = "a", early: bool = False, settings: str = "s",
) -> Cause:  # fmt: skip
    first = run_info("r1", MAY, delivered=date(2026, 4, 29) if early else None)
    publish(folder, public(T1, {TOTAL: then}), first)
    config = builders.config(limits=limits or Limits())
    run = run_info("r2", SEPTEMBER, contents, settings=settings)
    (only,) = publish(folder, public(T1, {TOTAL: now}), run, metric, config).changed
    return only.cause


def test_causes(tmp_path: Path):
    then, now = (30, 39), (31, 40)
    redefined = replace(METRIC, sha256="two")
    of_children = replace(METRIC, child_scope=True)
    limits = Limits(child_areas=("Barn",))
    assert cause(tmp_path / "rows", then, now, contents="b") is Cause.ROWS
    assert cause(tmp_path / "definition", then, now, metric=redefined, contents="b") is Cause.DEFINITION
    assert cause(tmp_path / "now measured", None, now, metric=redefined, contents="b") is Cause.NOW_MEASURED
    assert cause(tmp_path / "now missing", then, None, contents="b") is Cause.NOW_MISSING
    assert cause(tmp_path / "early", then, now, contents="b", early=True) is Cause.PRELIMINARY
    assert cause(tmp_path / "settings", then, now, settings="other") is Cause.SETTINGS
    assert cause(tmp_path / "program", then, now) is Cause.PROGRAM
    assert cause(tmp_path / "limits", then, now, metric=of_children, limits=limits, contents="b") is Cause.LIMITS


def test_a_limit_of_other_metrics_is_no_cause(tmp_path: Path):
    limits = Limits(child_areas=("Barn",), plan_grace_days=30, rejected_percent=20, near_points=1)
    assert cause(tmp_path, (30, 39), (31, 40), limits=limits, contents="b") is Cause.ROWS


def test_an_extract_of_other_metrics_is_no_cause(tmp_path: Path):
    other = replace(METRIC, needs={"plans": ("established",)})
    publish(tmp_path, public(T1, {TOTAL: (30, 39)}), run_info("r1", MAY), other)
    (only,) = publish(tmp_path, public(T1, {TOTAL: (31, 40)}), run_info("r2", SEPTEMBER, "b"), other).changed
    assert only.cause is Cause.PROGRAM


def test_a_changed_target_is_told_once_a_metric(tmp_path: Path):
    cells: dict[Place, tuple[int, int] | None] = {TOTAL: (30, 39), ("tertial", 3, "Norr", "", ""): (20, 25)}
    publish(tmp_path, public(T1, cells, target=0.9, status=Status.NOT_MET), run_info("r1", MAY))
    told = publish(tmp_path, public(T1, cells, target=0.7, status=Status.MET), run_info("r2", SEPTEMBER))
    (only,) = told.changed
    assert (only.cause, only.before.target, only.now.target) == (Cause.TARGET, 0.9, 0.7)
    assert (only.before.status, only.now.status, only.now.key.level) == (Status.NOT_MET, Status.MET, 1)


def test_rows_and_target_that_both_changed_are_both_told(tmp_path: Path):
    unit: Place = ("tertial", 3, "Norr", "", "")
    then = public(T1, {TOTAL: (30, 39), unit: (20, 25)}, target=0.8, status=Status.NEAR)
    publish(tmp_path, then, run_info("r1", MAY))
    now = public(T1, {TOTAL: (31, 40), unit: (20, 25)}, target=0.7, status=Status.MET)
    (only,) = publish(tmp_path, now, run_info("r2", SEPTEMBER, "b")).changed
    # The unit's changed target alone is told by the committee's row.
    assert (only.now.key.level, only.cause, only.has_other_target) == (1, Cause.ROWS, True)


@pytest.mark.parametrize(
    ("metric", "then", "now"),
    [
        (METRIC, {"target": 0.8}, {"target": 0.8}),
        (replace(METRIC, demanded_by_law=True), {"target": 0.8}, {"target": 0.7}),  # it is held against the law
    ],
)
def test_a_target_that_means_nothing_new_is_not_told(
    tmp_path: Path, metric: Metric, then: dict[str, float], now: dict[str, float]
):
    publish(tmp_path, public(T1, {TOTAL: (30, 39)}, target=then["target"]), run_info("r1", MAY), metric)
    later = public(T1, {TOTAL: (31, 40)}, target=now["target"])
    (only,) = publish(tmp_path, later, run_info("r2", SEPTEMBER, "b"), metric).changed
    assert (only.cause, only.has_other_target) == (Cause.ROWS, False)


def test_a_target_that_alone_changed_is_no_second_cause(tmp_path: Path):
    publish(tmp_path, public(T1, {TOTAL: (30, 39)}, target=0.9), run_info("r1", MAY))
    (only,) = publish(tmp_path, public(T1, {TOTAL: (30, 39)}, target=0.7), run_info("r2", SEPTEMBER)).changed
    assert (only.cause, only.has_other_target) == (Cause.TARGET, False)


AREA: Place = ("tertial", 1, builders.COMMITTEE, "area", "Barn och unga")


@pytest.mark.parametrize(
    ("area", "told"),
    [
        (((3, 6), (6, 12)), [""]),  # all rows stand in it, then and now
        (((3, 6), (5, 10)), ["", "Barn och unga"]),
        (((2, 5), (6, 12)), ["", "Barn och unga"]),
    ],
)
def test_a_category_that_is_its_total_is_told_once(
    tmp_path: Path, area: tuple[tuple[int, int], tuple[int, int]], told: list[str]
):
    publish(tmp_path, public(T1, {TOTAL: (3, 6), AREA: area[0]}), run_info("r1", MAY))
    found = publish(tmp_path, public(T1, {TOTAL: (6, 12), AREA: area[1]}), run_info("r2", SEPTEMBER, "b"))
    assert sorted(one.now.key.category for one in found.changed) == told


def test_a_category_is_its_own_when_the_total_is_not_told(tmp_path: Path):
    by_area = replace(METRIC, headline_by="area")
    publish(tmp_path, public(T1, dict.fromkeys((TOTAL, AREA), (3, 6))), run_info("r1", MAY), by_area)
    now = public(T1, dict.fromkeys((TOTAL, AREA), (6, 12)))
    (only,) = publish(tmp_path, now, run_info("r2", SEPTEMBER, "b"), by_area).changed
    assert only.now.key.category == "Barn och unga"


def test_what_another_row_told_is_not_told_by_the_next_report(tmp_path: Path):
    unit: Place = ("tertial", 3, "Norr", "", "")
    cells: dict[Place, tuple[int, int] | None] = {TOTAL: (3, 6), AREA: (3, 6), unit: (5, 5)}
    publish(tmp_path, public(T1, cells, target=0.9), run_info("r1", MAY))
    changed = {TOTAL: (6, 12), AREA: (6, 12), unit: (5, 5)}
    later = {("tertial_2026t1", *place[1:]): measured for place, measured in changed.items()}
    first = publish(tmp_path, public(T2, later, target=0.7), run_info("r2", SEPTEMBER, "b"))
    assert len(first.changed) == 1
    assert publish(tmp_path, public(T2, later, target=0.7), run_info("r3", OCTOBER, "b")).changed == ()


def test_a_status_alone_that_changed_is_told_with_the_limits_that_made_it(tmp_path: Path):
    publish(tmp_path, public(T1, {TOTAL: (30, 39)}, target=0.8, status=Status.NEAR), run_info("r1", MAY))
    stricter = builders.config(limits=Limits(near_points=1))
    now = public(T1, {TOTAL: (30, 39)}, target=0.8, status=Status.NOT_MET)
    (only,) = publish(tmp_path, now, run_info("r2", SEPTEMBER, "b", settings="t"), METRIC, stricter).changed
    assert (only.cause, only.now.status) == (Cause.LIMITS, Status.NOT_MET)


# --- what is hidden -------------------------------------------------------------------------------------------------

NORTH, SOUTH, EAST = (("tertial", 3, name, "", "") for name in ("Norr", "Söder", "Öst"))
ONE = {"Norr": {"Barn"}, "Söder": {"Barn"}, "Öst": {"Barn"}}


@pytest.mark.parametrize(("then", "now"), [((3, 4), (4, 5)), ((4, 5), (3, 4)), ((2, 3), (3, 4))])
def test_nothing_is_told_of_a_figure_that_is_hidden_on_either_side(
    tmp_path: Path, then: tuple[int, int], now: tuple[int, int]
):
    publish(tmp_path, public(T1, {TOTAL: (30, 39), SOUTH: then}, programmes=ONE), run_info("r1", MAY))
    told = publish(tmp_path, public(T1, {TOTAL: (31, 40), SOUTH: now}, programmes=ONE), run_info("r2", SEPTEMBER, "b"))
    assert [one.now.key.level for one in told.changed] == [1]


def test_the_changes_told_do_not_leave_one_hidden_change_to_be_reckoned(tmp_path: Path):
    publish(
        tmp_path, public(T1, {TOTAL: (30, 43), NORTH: (28, 40), SOUTH: (2, 3)}, programmes=ONE), run_info("r1", MAY)
    )
    now = public(T1, {TOTAL: (32, 45), NORTH: (29, 41), SOUTH: (3, 4)}, programmes=ONE)
    told = publish(tmp_path, now, run_info("r2", SEPTEMBER, "b"))
    # The committee's two more less the north's one more would be the south's.
    assert [one.now.key.org for one in told.changed] == [builders.COMMITTEE]


def test_of_two_hidden_ones_only_their_sum_can_be_reckoned(tmp_path: Path):
    then = {TOTAL: (30, 46), NORTH: (26, 40), SOUTH: (2, 3), EAST: (2, 3)}
    now = {TOTAL: (32, 48), NORTH: (27, 41), SOUTH: (2, 3), EAST: (3, 4)}
    publish(tmp_path, public(T1, then, programmes=ONE), run_info("r1", MAY))
    told = publish(tmp_path, public(T1, now, programmes=ONE), run_info("r2", SEPTEMBER, "b"))
    assert {one.now.key.org for one in told.changed} == {builders.COMMITTEE, "Norr"}


def test_one_hidden_category_silences_the_others_of_its_breakdown_alone(tmp_path: Path):
    women, men = (("tertial", 1, builders.COMMITTEE, "gender", name) for name in ("kvinna", "man"))
    area = ("tertial", 1, builders.COMMITTEE, "area", "Barn och unga")
    then = {TOTAL: (30, 43), women: (28, 40), men: (2, 3), area: (25, 33)}
    now = {TOTAL: (32, 45), women: (29, 41), men: (3, 4), area: (27, 35)}
    publish(tmp_path, public(T1, then), run_info("r1", MAY))
    told = publish(tmp_path, public(T1, now), run_info("r2", SEPTEMBER, "b"))
    assert {one.now.key.category for one in told.changed} == {"", "Barn och unga"}


def test_no_hidden_value_is_kept_among_the_published(tmp_path: Path):
    publish(tmp_path, public(T1, {TOTAL: (30, 39), SOUTH: (2, 3)}, programmes=ONE), run_info("r1", MAY))
    (publication,) = shelf.read(tmp_path)
    kept = {place.org: figure for place, figure in shelf.figures(tmp_path, publication).items()}
    assert kept["Söder"].suppressed
    south = kept["Söder"]
    assert (south.numerator, south.denominator, south.value, south.status) == (None, None, None, None)
    (line,) = [line for line in next(tmp_path.rglob("figures.csv")).read_text("utf-8").splitlines() if "Söder" in line]
    assert line == "share,share,flow,2026-01-01,2026-04-30,3,Söder,,,,,,,,true"


def test_what_was_hidden_is_remembered_apart_until_it_is_purged(tmp_path: Path):
    figures = public(T1, {TOTAL: (30, 39), SOUTH: (2, 3)}, programmes=ONE)
    south = next(key for key in figures.figures if key.org == "Söder")
    measured = replace(figures.figures[south], numerator=2, denominator=3, value=0.666667, exact=0.6666667, protected=1)
    internal = Figures(
        figures.period, figures.windows, {**figures.figures, south: measured}, {}, {}, {}, figures.programmes
    )
    publish(tmp_path, figures, run_info("r1", MAY), internal=internal)

    def remembered() -> Figure:
        told = history.published(tmp_path, figures, run_info("r2", SEPTEMBER))
        return next(one.figure for one in told if one.figure.key.org == "Söder")

    kept = remembered()
    assert (kept.suppressed, kept.numerator, kept.denominator, kept.value, kept.protected) == (True, 2, 3, 0.6666667, 1)
    assert history.past(tmp_path, date(2026, 4, 30)).hidden == 0
    assert history.forget(tmp_path, date(2026, 5, 1)).hidden == 1
    assert history.past(tmp_path, date(2026, 5, 1)).hidden == 0
    kept = remembered()
    assert (kept.suppressed, kept.numerator, kept.denominator, kept.value) == (True, None, None, None)
    assert "Söder" not in next(tmp_path.rglob("hidden.csv")).read_text("utf-8")
