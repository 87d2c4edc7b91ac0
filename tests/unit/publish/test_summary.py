from dataclasses import replace

from pipeline.judging import judge
from pipeline.model import Direction, Key
from pipeline.publish import summary, words
from tests.unit.publish import fakes


def test_three_paragraphs_tell_what_is_reached_what_is_not_and_what_changed() -> None:
    reached, missed, changed = summary.sentences(fakes.figures(), fakes.metrics())
    assert reached == "Inget av 3 mål är uppfyllt och inget av 3 lagkrav är helt uppfyllt."
    assert missed.startswith("3 lagkrav är inte helt uppfyllda. Längst från lagens krav är ")
    assert "1 mål är inte uppfyllt. Det gäller barnutredningar avslutade inom 120 dagar." in missed
    assert "statistiskt säkerställt" in changed


def test_without_targets_or_laws_the_summary_says_so() -> None:
    metrics = {"referrals": fakes.metric("referrals")}
    reached, missed, _ = summary.sentences(fakes.figures(), metrics)
    assert reached == "Inget mål och inget lagkrav har kunnat mätas för perioden."
    assert missed == "Inget mål och inget lagkrav som har mätts är ouppfyllt."


def test_of_one_goal_and_one_law_the_sentence_is_in_the_singular() -> None:
    kept = ("investigation_within_120_days", "preassessment_within_14_days")
    metrics = {name: fakes.metric(name) for name in kept}
    reached, *_ = summary.sentences(fakes.figures(), metrics)
    assert reached == (
        "Det enda mål som har mätts är inte uppfyllt och det enda lagkrav som har mätts är inte helt uppfyllt."
    )


def test_the_only_goal_reached_is_named() -> None:
    internal = fakes.internal_figures()
    metric = fakes.metric()
    kept = {
        key: replace(figure, numerator=figure.denominator, value=1.0) if key.metric == metric.metric_id else figure
        for key, figure in internal.figures.items()
        if figure.denominator
    }
    judged = judge(replace(internal, figures=kept), fakes.metrics(), fakes.config())
    reached, *_ = summary.sentences(judged, {metric.metric_id: metric})
    assert reached == "Det enda mål som har mätts är uppfyllt. Det gäller barnutredningar avslutade inom 120 dagar."


def test_the_table_has_what_has_a_target_and_what_the_law_demands() -> None:
    titles = [headline.title for headline in summary.key_headlines(fakes.figures(), fakes.metrics())]
    assert "Aktualiseringar" not in titles
    assert "Utredningstid: Barn och unga" in titles
    assert "Utredningstid: Äldreomsorg" not in titles
    assert "Gällande genomförandeplaner" in titles


def test_a_metric_told_by_area_is_never_told_for_all_areas() -> None:
    headlines = summary.headlines(fakes.metric("investigation_days"), fakes.figures())
    assert [headline.figure.key.category for headline in headlines] == [
        "Barn och unga",
        "Funktionshinder",
        "Äldreomsorg",
    ]
    assert all(headline.figure.key.breakdown == "area" for headline in headlines)


def test_attention_is_law_first_then_targets_then_what_became_worse() -> None:
    found = summary.attention(fakes.figures(), fakes.metrics())
    assert 1 <= len(found) <= summary.MOST_ATTENTION
    kinds = [0 if one.is_law else 1 if one.figure.target is not None and not one.is_law else 2 for one in found]
    assert kinds == sorted(kinds)
    assert found[0].metric.metric_id == "decision_unexecuted_over_3_months"
    assert len({one.metric.metric_id for one in found}) == len(found)


def test_a_law_kept_in_full_needs_no_attention() -> None:
    figures = fakes.internal_figures()
    kept = {
        key: replace(figure, numerator=figure.denominator, value=1.0)
        if key.metric == "preassessment_within_14_days" and key.statistic == "share" and figure.denominator
        else figure
        for key, figure in figures.figures.items()
    }
    public = judge(replace(figures, figures=kept), fakes.metrics(), fakes.config())
    noticed = [one.metric.metric_id for one in summary.attention(public, fakes.metrics())]
    assert "preassessment_within_14_days" not in noticed
    assert "1 av 3 lagkrav är helt uppfyllt. Det gäller " in summary.sentences(public, fakes.metrics())[0].replace(
        "\N{NO-BREAK SPACE}", " "
    )


def test_what_certainly_became_worse_is_noticed_without_a_target() -> None:
    figures = fakes.figures()
    metric = fakes.metric("sip_participation", breakdowns=())
    key = Key("sip_participation", "share", "ytd", 1, fakes.COMMITTEE)
    now = replace(figures.figures[key], numerator=60, denominator=100, value=0.6)
    before = replace(now, key=replace(key, window="ytd_last_year"), numerator=90, value=0.9)
    internal = fakes.internal_figures()
    changed = judge(
        replace(internal, figures={**internal.figures, key: now, before.key: before}), fakes.metrics(), fakes.config()
    )
    change = words.change_since_last_year(changed, changed.figures[key])
    assert change
    assert change.direction is Direction.WORSE
    assert [one.metric for one in summary.attention(changed, {metric.metric_id: metric})] == [metric]


def test_a_category_stands_in_parentheses_inside_a_sentence() -> None:
    metric = fakes.metric("investigation_days")
    _, missed, _ = summary.sentences(fakes.figures(), {metric.metric_id: metric})
    assert "Det gäller utredningstid (Barn och unga)." in missed
    assert summary.headlines(metric, fakes.figures())[0].title == "Utredningstid: Barn och unga"
