import json
from dataclasses import replace

from pipeline.publish import charts, sections, sparklines
from pipeline.publish.packing import unpacked
from pipeline.publish.theme import theme
from tests.unit.publish import fakes


def chart(metric_id: str = "investigation_within_120_days") -> dict:  # type: ignore[type-arg]
    section = sections.section(fakes.metric(metric_id), fakes.figures(), fakes.config())
    course = section.stories[0].course
    assert course
    return course.chart


class TestTrend:
    def test_has_the_target_dashed_and_named(self) -> None:
        layout = chart()["layout"]
        assert [shape["line"]["dash"] for shape in layout["shapes"] if shape["type"] == "line"] == ["dash"]
        assert [shape["y0"] for shape in layout["shapes"] if shape["type"] == "line"] == [0.9]
        assert [note["text"] for note in layout["annotations"]] == ["mål 90\N{NO-BREAK SPACE}%"]

    def test_has_the_laws_limit_solid_and_named(self) -> None:
        layout = chart("preassessment_within_14_days")["layout"]
        assert [shape["line"]["dash"] for shape in layout["shapes"] if shape["type"] == "line"] == ["solid"]
        assert layout["annotations"][0]["text"] == "lagkrav 100\N{NO-BREAK SPACE}%"

    def test_of_days_has_the_limit_in_days_and_starts_at_zero(self) -> None:
        layout = chart("investigation_days")["layout"]
        assert sorted(shape["y0"] for shape in layout["shapes"] if shape["type"] == "line") == [90, 120]
        assert layout["yaxis"]["range"][0] == 0
        assert layout["yaxis"]["range"][1] >= 120

    def test_of_shares_runs_from_none_to_all(self) -> None:
        axis = chart()["layout"]["yaxis"]
        assert axis["tickvals"][0] == 0
        assert axis["tickvals"][-1] == 1

    def test_steps_of_a_count_stand_at_the_months_mean(self) -> None:
        months, steps = chart("referrals")["data"]
        assert set(steps["y"]) == {170.0, None}
        assert set(months["y"]) == {170.0}

    def test_the_names_of_lines_stand_beside_the_plot_where_no_point_is(self) -> None:
        layout = chart()["layout"]
        (note,) = layout["annotations"]
        assert (note["x"], note["xanchor"], note["yanchor"]) == (1, "left", "middle")
        assert layout["margin"]["r"] > chart("referrals")["layout"]["margin"]["r"]

    def test_the_names_of_close_lines_stand_apart(self) -> None:
        metric, figures = fakes.metric("investigation_days"), fakes.figures()
        figure = replace(figures.breakdown(metric, "area")[0], target=115.0)
        notes = charts.trend(metric, figures.trend(metric), [], figure)["layout"]["annotations"]
        assert [(note["y"], note["yanchor"]) for note in notes] == [(120, "bottom"), (115, "top")]

    def test_hidden_months_are_gaps_without_any_text(self) -> None:
        metric, figures = fakes.metric(), fakes.figures()
        points = figures.trend(metric)
        hidden = replace(points[3][1], numerator=None, denominator=None, value=None, suppressed=True)
        points[3] = (points[3][0], hidden)
        drawn = charts.trend(metric, points, [], points[-1][1])["data"][0]
        assert drawn["y"][3] is None
        assert drawn["text"][3] == ""

    def test_carries_no_template_and_nothing_of_its_own_making(self) -> None:
        text = json.dumps(chart(), sort_keys=True)
        assert "template" not in chart()["layout"]
        assert "uid" not in text
        assert text == json.dumps(chart(), sort_keys=True)


def test_nothing_can_be_sent_from_a_chart() -> None:
    assert charts.config()["showSendToCloud"] is False
    assert charts.config()["plotlyServerURL"] == ""
    assert "sendChartToCloud" not in json.dumps(charts.config())
    assert charts.config()["displayModeBar"] is False


def test_the_library_is_packed_whole_and_the_same_every_time() -> None:
    packed = charts.packed_library()
    assert unpacked(packed) == charts.library()
    charts.packed_library.cache_clear()
    assert charts.packed_library() == packed


def test_every_light_chart_colour_has_one_dark_twin() -> None:
    light, dark = theme()["chart"]["light"], theme()["chart"]["dark"]
    assert light.keys() == dark.keys()
    assert len(set(light.values())) == len(light)


def _contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_colours_can_be_told_from_the_paper() -> None:
    for mode in ("light", "dark"):
        paper = theme()[mode]["paper"]
        text = [theme()[mode][name] for name in ("ink", "muted", "accent")] + list(theme()["status"][mode].values())
        text += theme()["rank"][mode].values()
        assert all(_contrast(colour, paper) >= 4.5 for colour in text)
        drawn = [theme()["chart"][mode][name] for name in ("ink", "text", "month", "target", "law", "similar")]
        assert all(_contrast(colour, theme()["chart"][mode]["paper"]) >= 4.5 for colour in drawn)


class TestSparkline:
    def test_breaks_where_a_month_is_hidden(self) -> None:
        drawn = sparklines.sparkline([0.5, 0.6, None, 0.7, None, 0.8, 0.9], shares=True)
        assert drawn
        assert len(drawn.lines) == 2
        assert len(drawn.dots) == 1
        assert drawn.last

    def test_of_one_value_is_none(self) -> None:
        assert sparklines.sparkline([None, 0.5, None], shares=True) is None

    def test_of_a_constant_is_a_level_line_in_the_middle(self) -> None:
        drawn = sparklines.sparkline([0.5, 0.5], shares=True)
        assert drawn
        assert drawn.last == (93, 12)

    def test_ends_without_a_dot_when_the_last_month_is_hidden(self) -> None:
        drawn = sparklines.sparkline([0.5, 0.6, None], shares=True)
        assert drawn
        assert drawn.last is None


def test_a_strip_spans_its_axis() -> None:
    assert sparklines.strip(0.0, 0.0, 1.0, 1.0) == sparklines.Strip(0.0, 0.0, 100.0)
    assert sparklines.strip(50, None, None, 150) == sparklines.Strip(33.3, None, None)


def test_axes_end_at_round_numbers() -> None:
    assert [charts.axis_end([value]) for value in (0, 1, 7, 130, 137.5, 1400)] == [1, 1, 8, 150, 150, 1500]
