"""Several municipalities together: a figure is shown as far as each of them shows its part, and never further."""

from __future__ import annotations

from dataclasses import replace

from pipeline.disclosure import Parts, PublicFigures, overall
from pipeline.disclosure.public import made_public
from pipeline.model import Figure, Figures, Key, Statistic
from tests.unit.builders import COMMITTEE, count, figures, key, mean, share

OF_ALL = "Riket"
COUNT = Statistic.COUNT


def own(*items: Figure, hidden: tuple[Key, ...] = (), missing: dict[str, str] | None = None) -> PublicFigures:
    """What a municipality has published."""
    made = figures(*items)
    return made_public(replace(made, missing=missing or {}), hidden, ())


def together(*items: Figure) -> Figures:
    made = figures(*(replace(one, key=replace(one.key, org=OF_ALL)) if one.key.level == 1 else one for one in items))
    return replace(made, figures={where: one for where, one in made.figures.items() if where.metric != "anchor"})


def shown(public: PublicFigures) -> dict[tuple[str, str], bool]:
    """Whose and which category → whether it is shown."""
    return {(where.org, where.category): not one.suppressed for where, one in public.figures.items()}


def parts(**published: PublicFigures) -> Parts:
    made = Parts()
    for name, public in published.items():
        made.add(name, public)
    return made


def of(category: str = "", number: int = 0, org: str = COMMITTEE, level: int = 1) -> Figure:
    return count(key(level=level, org=org, category=category, statistic=COUNT), number)


def test_what_one_hides_is_hidden_of_all_and_what_all_show_is_shown() -> None:
    few = of("barn", 3)
    found = parts(
        A=own(of("", 23), few, of("vuxen", 20), hidden=(few.key,)),
        B=own(of("", 30), of("barn", 10), of("vuxen", 20)),
    )
    items = [of("", 53), of("barn", 13), of("vuxen", 40), of("", 23, "A", 2), of("", 30, "B", 2)]
    public = overall(together(*items), found)
    assert shown(public) == {
        (OF_ALL, ""): True,
        (OF_ALL, "barn"): False,
        (OF_ALL, "vuxen"): True,
        ("A", ""): True,
        ("B", ""): True,
    }
    assert next(one for where, one in public.figures.items() if where.category == "barn").denominator is None


def test_a_category_that_one_does_not_have_is_no_secret_and_case_makes_no_other() -> None:
    found = parts(A=own(of("", 20), of("Barn", 20)), B=own(of("", 30)), C=own(of("", 9), of("barn", 9)))
    assert shown(overall(together(of("", 59), of("Barn", 29)), found)) == {(OF_ALL, ""): True, (OF_ALL, "Barn"): True}


def test_rows_that_no_municipality_tells_of_are_told_by_nobody() -> None:
    """More rows than the parts come to are hidden; a category whose very name is hidden is left out."""
    found = parts(A=own(of("", 20), of("barn", 15)), B=own(of("", 30), of("barn", 30)))
    public = overall(together(of("", 50), of("barn", 47), of("modern vägrar", 3)), found)
    assert shown(public) == {(OF_ALL, ""): True, (OF_ALL, "barn"): False}


def test_of_a_share_both_numbers_must_be_those_that_are_shown() -> None:
    found = parts(A=own(share(key(), 10, 20)), B=own(share(key(), 3, 30)))
    assert shown(overall(together(share(key(), 13, 50)), found)) == {(OF_ALL, ""): True}
    assert shown(overall(together(share(key(), 12, 50)), found)) == {(OF_ALL, ""): False}


def test_a_median_or_mean_that_one_hides_is_hidden_of_all() -> None:
    where = key(statistic=Statistic.MEAN)
    one, other = own(mean(where, 40.0, 3), hidden=(where,)), own(mean(where, 60.0, 30))
    assert shown(overall(together(mean(where, 58.18, 33)), parts(A=one, B=other))) == {(OF_ALL, ""): False}
    assert shown(overall(together(mean(where, 50.0, 60)), parts(A=other, B=other))) == {(OF_ALL, ""): True}


def test_what_some_have_no_column_for_is_not_shown_as_if_it_were_nought() -> None:
    beside = count(key(statistic=Statistic.SPECIAL_REASONS), 7)
    found = parts(A=own(share(key(), 10, 20), beside), B=own(share(key(), 3, 30)))
    public = overall(together(share(key(), 13, 50), beside), found)
    assert {where.statistic: not one.suppressed for where, one in public.figures.items()} == {
        Statistic.SHARE: True,
        Statistic.SPECIAL_REASONS: False,
    }


def test_one_that_has_delivered_nothing_does_not_hide_what_the_others_show() -> None:
    nothing = Figure(key(), figures().figures[key("anchor")].as_of)
    found = parts(A=own(share(key(), 10, 20)), B=own(nothing, missing={"share": "Ingen fil."}))
    items = [share(key(), 10, 20), replace(nothing, key=key(level=2, org="B")), share(key(level=2, org="A"), 10, 20)]
    assert shown(overall(together(*items), found)) == {(OF_ALL, ""): True, ("A", ""): True, ("B", ""): True}


def test_a_municipalitys_figure_is_shown_only_as_it_says_itself() -> None:
    found = parts(A=own(share(key(), 10, 20)))
    items = [share(key(level=2, org="A"), 9, 20), share(key(level=2, org="B"), 9, 20)]
    assert shown(overall(together(*items), found)) == {("A", ""): False, ("B", ""): False}
