"""What is left of a hidden figure, no way around the one road, and what stops publishing."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from pipeline.disclosure import PublicFigures, protect, readers
from pipeline.errors import ProtectionFailed
from pipeline.judging import judge
from pipeline.model import Figure, Figures, Statistic
from tests.unit.builders import COMMITTEE, PERIOD, WINDOWS, config, count, figures, in_window, key, mean, metric, share
from tests.unit.disclosure.tables import (
    ANCHOR,
    COUNTED,
    TWO_PROGRAMMES,
    counts,
    hidden,
    place,
    protected,
    published,
)


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
    assert protected(mean(where, 97.0, 50, deviation=12.0)).figures[where].deviation is None


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
    public = protected(*items).figures
    assert {k.category for k in public if k.breakdown == "delay_reason"} == {"vårdplats saknas", "flyttat"}
    assert public[key(level=3, org="A", category="vårdplats saknas", breakdown="delay_reason")].suppressed


def test_a_hidden_figure_keeps_its_target_and_day() -> None:
    where = key(level=3, org="A")
    public = protected(replace(share(where, 1, 3), target=0.9)).figures[where]
    assert (public.target, public.as_of) == (0.9, WINDOWS["ytd"].ends)


def test_only_what_may_leave_the_house_is_left_of_a_shown_figure() -> None:
    where = key(statistic=Statistic.MEAN)
    figure = replace(mean(where, 97.0, 50), exact=97.04, protected=3)
    public = protected(figure).figures[where]
    assert (public.value, public.denominator, public.exact, public.protected) == (97.0, 50, None, 0)


def test_a_text_that_an_earlier_report_showed_does_not_tell_of_a_few_now() -> None:
    where = {"category": "modern vägrar", "breakdown": "delay_reason"}
    earlier = published(share(key(**where), 4, 30), date(2026, 1, 1), date(2026, 4, 30))
    public = protected(share(key(**where), 1, 3), share(key(), 10, 60), earlier=[earlier])
    assert key(**where) not in public.figures


def test_nothing_is_published_when_something_hidden_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "choose", lambda problem, *_, **__: problem.primary)
    with pytest.raises(ProtectionFailed) as failed:
        protected(*counts(all=76, barn=3, vuxen=67, annat=6))
    assert failed.value.exit_code == 5
    message = str(failed.value)
    assert "Utredningar inom 120 dagar (1)" in message
    assert "Inget har publicerats." in message
    assert not {"76", "67", "6", "3", "barn", "vuxen"} & set(re.findall(r"\w+", message))


def test_what_cannot_be_protected_at_all_does_not_stop_publishing() -> None:
    # An earlier report showed 17 until April and 20 until August, of which 3 since: what was told cannot be untold.
    def unit(rows: int, window: str) -> Figure:
        return in_window(count(place("A"), rows), window)

    items = [unit(20, "ytd"), unit(3, "tertial")]
    january = date(2026, 1, 1)
    earlier = [
        published(unit(17, "ytd"), january, date(2026, 4, 30)),
        published(unit(20, "ytd"), january, date(2026, 8, 31)),
    ]
    assert hidden(*items, metrics=COUNTED, earlier=earlier) >= {"A tertial"}


def test_all_else_of_the_figures_is_kept() -> None:
    internal = replace(figures(*counts(all=66, barn=3, vuxen=57, annat=6)), missing={"other": "Saknas."})
    public = protect(internal, COUNTED, config())
    assert set(public.figures) == set(internal.figures)
    assert (public.period, public.windows, public.missing) == (internal.period, internal.windows, internal.missing)
