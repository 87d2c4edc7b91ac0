from dataclasses import replace
from datetime import date

import pytest

from pipeline.language import speaking
from pipeline.metrics import catalogue
from pipeline.model import Change, Direction, Figure, Key, Metric, Statistic, Status
from pipeline.periods import Window
from pipeline.publish import sentences, words
from pipeline.publish.words import Mark
from tests.unit.publish import fakes

NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
DAY = date(2026, 8, 31)
LAST_YEAR = Window("tertial_last_year", "last_year", "tertial", date(2025, 5, 1), date(2025, 8, 31))


def share(hits: int, rows: int, **fields: object) -> Figure:
    key = Key("investigation_within_120_days", Statistic.SHARE, "tertial", 1, fakes.COMMITTEE)
    value = round(hits / rows, 6) if rows else None
    return replace(Figure(key, DAY, hits, rows, value), **fields)  # type: ignore[arg-type]


def count(value: int) -> Figure:
    return Figure(Key("referrals", Statistic.COUNT, "tertial", 1, fakes.COMMITTEE), DAY, denominator=value, value=value)


def days(mean: float) -> Figure:
    key = Key("investigation_days", Statistic.MEAN, "tertial", 1, fakes.COMMITTEE)
    return Figure(key, DAY, denominator=40, value=mean)


HIDDEN = share(0, 0, numerator=None, denominator=None, suppressed=True, target=0.9)
MISSING = share(0, 0, numerator=None, denominator=None)


def plain(text: str) -> str:
    return text.replace(NBSP, " ")


def changed(difference: float, direction: Direction, before: Figure, *, certain: bool = True) -> Change:
    relative = difference / before.value if before.value else None
    return Change(LAST_YEAR, before, difference, relative, certain, direction)


def sentence(metric: Metric, figure: Figure) -> str:
    return plain(sentences.outcome(metric, figure, fakes.figures()))


class TestOutcomeSentence:
    def test_says_n_of_n_and_share(self) -> None:
        assert sentence(fakes.metric(), share(97, 131)) == "97 av 131 utredningar (74 %) avslutades inom 120 dagar."

    def test_of_one_is_singular(self) -> None:
        assert sentence(fakes.metric(), share(1, 1)) == "1 av 1 utredning (100 %) avslutades inom 120 dagar."
        assert sentence(fakes.metric("referrals"), count(1)) == "1 aktualisering kom in."

    def test_of_a_count(self) -> None:
        assert sentence(fakes.metric("referrals"), count(1400)) == "1 400 aktualiseringar kom in."

    def test_of_nothing_is_the_metrics_own(self) -> None:
        metric = fakes.metric("preassessment_within_14_days")
        assert sentence(metric, share(0, 0)) == "Ingen förhandsbedömning skulle ha varit klar under perioden."

    def test_of_a_hidden_figure_tells_nothing(self) -> None:
        assert sentence(fakes.metric(), HIDDEN) == "Antalet är för litet för att visas."

    def test_of_missing_data_gives_the_reason(self) -> None:
        metric = fakes.metric("plan_in_force")
        assert sentence(metric, MISSING) == "Uppgift saknas. Ingen fil med genomförandeplaner har levererats."

    def test_of_a_distribution_names_its_measures(self) -> None:
        figures = fakes.figures()
        metric = fakes.metric("investigation_days")
        told = sentences.outcome(metric, figures.breakdown(metric, "area")[0], figures)
        assert plain(told).startswith("124 utredningar avslutades. Medelvärdet är ")
        assert " dagar, medianen " in plain(told)
        assert "nio av tio låg på högst" in told

    def test_of_a_distribution_of_one_day_is_singular(self) -> None:
        figures = fakes.figures()
        metric = fakes.metric("investigation_days")
        figure = figures.breakdown(metric, "area")[0]
        ones = {replace(figure.key, statistic=s): replace(figure, value=1.0) for s in metric.statistics}
        told = sentences.outcome(metric, figure, replace(fakes.internal_figures(), figures=ones))
        assert plain(told).endswith("Medelvärdet är 1 dag, medianen 1 och nio av tio låg på högst 1.")

    def test_of_a_distribution_in_another_unit_says_it_first(self) -> None:
        figures = fakes.figures()
        metric = fakes.metric("investigation_days", unit="pågående utredningar")
        told = sentences.outcome(metric, figures.breakdown(metric, "area")[0], figures)
        assert "avslutades. Räknat i pågående utredningar: medelvärdet är 93,6, medianen 84,6 och" in plain(told)

    def test_rounds_from_the_rows_and_not_from_six_decimals(self) -> None:
        # 0.7449995… is 0.745000 in six decimals, which would round up to 75.
        assert "(74 %)" in sentence(fakes.metric(), share(1489999, 2000000))


class TestTargetSentence:
    @pytest.mark.parametrize(
        ("status", "told"),
        [
            (Status.MET, "Målet på minst 90 % är uppfyllt."),
            (Status.NEAR, "Målet på minst 90 % är nästan uppfyllt."),
            (Status.NOT_MET, "Målet på minst 90 % är inte uppfyllt."),
            (Status.NO_TARGET, ""),
        ],
    )
    def test_follows_the_status(self, status: Status, told: str) -> None:
        assert plain(sentences.target(fakes.metric(), share(97, 131, target=0.9, status=status))) == told

    def test_of_a_law_counts_and_is_never_nearly(self) -> None:
        metric = fakes.metric("preassessment_within_14_days")
        figure = share(19, 20, target=1.0, status=Status.NEAR)
        assert plain(sentences.target(metric, figure)) == "Lagkravet är uppfyllt i 19 av 20 fall."
        assert sentences.target(metric, share(20, 20)) == "Lagkravet är uppfyllt i samtliga fall."

    @pytest.mark.parametrize(
        ("hits", "rows", "told"),
        [
            (0, 7, "Lagkravet är uppfyllt i inget av 7 fall."),
            (0, 1, "Lagkravet är inte uppfyllt i det enda fallet."),
            (1, 1, "Lagkravet är uppfyllt i det enda fallet."),
        ],
    )
    def test_of_a_law_in_no_or_one_case(self, hits: int, rows: int, told: str) -> None:
        assert plain(sentences.target(fakes.metric("preassessment_within_14_days"), share(hits, rows))) == told

    def test_of_one_day_is_singular(self) -> None:
        metric = fakes.metric("investigation_days")
        figure = replace(days(1.0), target=1.0, status=Status.MET)
        assert plain(sentences.target(metric, figure)) == "Målet på högst 1 dag är uppfyllt."
        assert plain(words.outcome(metric, figure)) == "1 dag"

    def test_of_a_law_that_forbids_counts_the_others(self) -> None:
        metric = fakes.metric("investigation_open_over_allowed_time")
        assert plain(sentences.target(metric, share(8, 60))) == "Lagkravet är uppfyllt i 52 av 60 fall."

    @pytest.mark.parametrize("figure", [HIDDEN, MISSING, share(0, 0, target=0.9, status=Status.NO_DATA)])
    def test_is_silent_without_a_figure(self, figure: Figure) -> None:
        assert sentences.target(fakes.metric(), figure) == ""


class TestChange:
    def test_that_is_not_certain_is_not_called_a_change(self) -> None:
        change = changed(-0.012, Direction.NOT_CERTAIN, share(90, 120), certain=False)
        told = sentences.change(fakes.metric(), share(97, 131), change)
        assert told == "Ingen statistiskt säkerställd förändring jämfört med samma tertial 2025."
        cell = words.change_cell(fakes.metric(), share(97, 131), change)
        assert plain(cell) == f"ingen säkerställd förändring ({MINUS}1,2 procentenheter)"
        assert words.change_in_words(fakes.metric(), share(97, 131), change) == "ingen säkerställd förändring"

    def test_that_is_certain_says_how_much(self) -> None:
        change = changed(0.083, Direction.BETTER, share(60, 120))
        told = plain(sentences.change(fakes.metric(), share(97, 131), change))
        assert told == "En statistiskt säkerställd förbättring jämfört med samma tertial 2025 (+8,3 procentenheter)."

    def test_of_a_count_is_relative(self) -> None:
        change = changed(222, Direction.HIGHER, count(1178))
        told = plain(sentences.change(fakes.metric("referrals"), count(1400), change))
        assert told == "Statistiskt säkerställt högre än samma tertial 2025 (+18,8 %)."

    def test_of_a_small_count_is_in_number(self) -> None:
        change = changed(6, Direction.HIGHER, count(3))
        assert words.change_cell(fakes.metric("referrals"), count(9), change) == "högre: +6"

    def test_of_days_is_in_days(self) -> None:
        metric = fakes.metric("investigation_days")
        cell = words.change_cell(metric, days(97.0), changed(-40, Direction.BETTER, days(137.0)))
        assert plain(cell) == f"bättre: {MINUS}40 dagar"
        cell = words.change_cell(metric, days(97.0), changed(-1, Direction.BETTER, days(98.0)))
        assert plain(cell) == f"bättre: {MINUS}1 dag"

    def test_that_cannot_be_told_is_said_so_or_left_out(self) -> None:
        none = Change(LAST_YEAR, share(0, 0), None, None, False, Direction.NOT_COMPARABLE)
        assert words.change_cell(fakes.metric(), share(97, 131), none) == "går inte att jämföra"
        assert sentences.change(fakes.metric(), share(97, 131), none) == ""
        assert words.change_cell(fakes.metric(), share(97, 131), None) == "–"


class TestCells:
    def test_share_on_many_rows_is_a_per_cent(self) -> None:
        assert plain(words.outcome(fakes.metric(), share(97, 131))) == "74 %"

    @pytest.mark.parametrize(("rows", "written"), [(19, "14 av 19 (74 %)"), (20, "70 %")])
    def test_share_on_fewer_than_twenty_says_n_of_n_first(self, rows: int, written: str) -> None:
        assert plain(words.outcome(fakes.metric(), share(14, rows))) == written

    def test_share_after_its_base_is_a_per_cent_alone(self) -> None:
        assert plain(words.outcome(fakes.metric(), share(7, 12), after_base=True)) == "58 %"

    @pytest.mark.parametrize("cell", [words.base, words.interval, lambda f: words.outcome(fakes.metric(), f)])
    def test_hidden_is_never_zero_or_empty(self, cell) -> None:  # type: ignore[no-untyped-def]
        assert cell(HIDDEN) == "··"

    def test_status_of_a_hidden_figure_is_hidden(self) -> None:
        assert words.verdict(fakes.metric(), HIDDEN).word == "··"

    @pytest.mark.parametrize(
        ("figure", "mark", "word"),
        [
            (share(97, 131, status=Status.MET), Mark.MET, "målet uppfyllt"),
            (share(97, 131, status=Status.NEAR), Mark.NEAR, "nästan uppfyllt"),
            (share(97, 131, status=Status.NOT_MET), Mark.NOT_MET, "inte uppfyllt"),
            (share(97, 131), Mark.NO_TARGET, "mål saknas"),
            (MISSING, Mark.NONE, "uppgift saknas"),
            (share(0, 0), Mark.NONE, "inget att mäta"),
        ],
    )
    def test_status_is_a_word_with_a_mark(self, figure: Figure, mark: Mark, word: str) -> None:
        assert words.verdict(fakes.metric(), figure) == words.Verdict(mark, word)

    def test_status_of_a_law_is_how_many_it_holds_for(self) -> None:
        verdict = words.verdict(fakes.metric("preassessment_within_14_days"), share(19, 20, status=Status.NEAR))
        assert verdict.mark is Mark.NOT_MET
        assert plain(verdict.word) == "lagkravet uppfyllt i 19 av 20"

    def test_targets_say_which_way(self) -> None:
        assert plain(words.target(fakes.metric(), share(97, 131, target=0.9))) == "minst 90 %"
        assert plain(words.target(fakes.metric(better="lower"), share(97, 131, target=0.05))) == "högst 5 %"
        assert plain(words.target(fakes.metric("preassessment_within_14_days"), share(97, 131))) == "lagkrav 100 %"
        assert plain(words.target(fakes.metric("investigation_open_over_allowed_time"), HIDDEN)) == "lagkrav 0 %"
        assert words.target(fakes.metric(), share(97, 131)) == "–"

    def test_children_are_girls_and_boys(self) -> None:
        assert words.category(fakes.metric(), "gender", "kvinna") == "Flickor"
        assert words.category(fakes.metric("referrals"), "gender", "kvinna") == "Kvinnor"
        assert words.breakdown_title(fakes.metric(), "gender") == "Flickor och pojkar"


class TestOwnMeasure:
    """Of the municipality's own measures nobody knows what is counted: their sentences say no more than the figures."""

    METRIC = catalogue.read()["measure"]

    def figure(self, statistic: Statistic, **fields: object) -> Figure:
        key = Key("measure", statistic, "ytd", 1, fakes.COMMITTEE, "measure", "Medarbetare med utbildning")
        return replace(Figure(key, DAY), **fields)  # type: ignore[arg-type]

    def test_a_share_comes_first_and_what_it_stands_on_after(self) -> None:
        of_many = self.figure(Statistic.SHARE, numerator=158, denominator=196, value=0.806122)
        assert sentence(self.METRIC, of_many) == "Andelen är 81 % (158 av 196)."
        with_parts = self.figure(Statistic.SHARE, numerator=17397.5, denominator=232142, value=0.074943)
        assert sentence(self.METRIC, with_parts) == "Andelen är 7 % (17 397,5 av 232 142)."

    def test_a_share_of_few_is_n_of_n_first(self) -> None:
        assert sentence(self.METRIC, self.figure(Statistic.SHARE, numerator=3, denominator=4, value=0.75)) == (
            "Andelen är 3 av 4 (75 %)."
        )

    def test_the_target_is_told_as_of_any_share(self) -> None:
        figure = self.figure(
            Statistic.SHARE, numerator=158, denominator=196, value=0.806122, target=0.85, status=Status.NEAR
        )
        told = plain(sentences.together(replace(self.METRIC, better="higher"), figure, fakes.figures()))
        assert told == "Andelen är 81 % (158 av 196). Målet på minst 85 % är nästan uppfyllt."

    def test_in_english(self) -> None:
        figure = self.figure(Statistic.SHARE, numerator=158, denominator=196, value=0.806122)
        with speaking("en"):
            assert sentence(self.METRIC, figure) == "The share is 81% (158 of 196)."

    def test_a_value_is_told_with_how_much_it_has_changed_and_no_word_of_certainty(self) -> None:
        figure = self.figure(Statistic.VALUE, denominator=1, value=7.0)
        change = changed(-2.0, Direction.NOT_CERTAIN, replace(figure, value=9.0), certain=False)
        assert sentence(self.METRIC, figure) == "Värdet är 7."
        told = plain(sentences.change(self.METRIC, figure, change))
        assert told == f"Det är {MINUS}2 jämfört med samma tertial 2025."
        assert words.change_cell(self.METRIC, figure, change) == f"{MINUS}2"
        same = changed(0.0, Direction.NOT_CERTAIN, figure, certain=False)
        assert plain(sentences.change(self.METRIC, figure, same)) == (
            "Det är oförändrat jämfört med samma tertial 2025."
        )
        assert words.change_cell(self.METRIC, figure, same) == "oförändrat"
