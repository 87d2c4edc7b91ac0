"""What `check` says when it is done: whether a report would be published, and what hinders it."""

from __future__ import annotations

from dataclasses import replace

from pipeline import closing
from tests.unit.publish import fakes, quality_fakes

STOPS = ("Utredningar: Avslutad ligger före Inledd (12 rader).", "Enheter: ändrat sedan 2026-05-04.")


def test_nothing_hinders():
    assert closing.verdict(quality_fakes.quality(50), fakes.config()) == [
        "Andelen underkända rader är inom gränsen 5 % i alla utdrag."
    ]


def test_too_many_rejected_rows_name_the_way_to_accept_them():
    (only,) = closing.verdict(quality_fakes.quality(51), fakes.config())
    assert "ingen rapport publiceras, om inte rapporten körs med --accept-rejects" in only


def test_a_stop_is_told_with_its_reasons_also_within_the_limit():
    within, stopped, *reasons = closing.verdict(replace(quality_fakes.quality(50), stops=STOPS), fakes.config())
    assert "inom gränsen" in within
    assert stopped == "Ingen rapport publiceras, eftersom config.toml låter detta stoppa körningen:"
    assert reasons == [f"  {STOPS[0]}", "  Enheter: ändrat sedan 4\N{NO-BREAK SPACE}maj 2026."]


def test_accepting_rejected_rows_does_not_help_against_a_stop():
    above, stopped, *_ = closing.verdict(replace(quality_fakes.quality(51), stops=STOPS), fakes.config())
    assert "--accept-rejects" in above
    assert stopped.endswith("Det gäller också med --accept-rejects.")
