"""docs/data-dictionary.md says what the database says of itself."""

from __future__ import annotations

from tests import dictionary


def test_the_page_is_fresh() -> None:
    """Not so? `make datadoc`, and read what changed."""
    assert dictionary.FILE.read_text(encoding="utf-8") == dictionary.text()


def test_it_holds_every_kind_of_thing_that_can_be_asked() -> None:
    page = dictionary.FILE.read_text(encoding="utf-8")
    for told in (
        "### v_investigations",
        "| `v_cases_plan_current` |",
        "### decisions",
        "### loaded.decisions",
        "| `days_over_deadline` | bigint |",
    ):
        assert told in page
    assert "|  |" not in page.replace("|  |\n", "|\n")
