import tomllib

from pipeline.inspection.lines import Line, Section, once


def test_the_first_sure_line_of_a_key_stands_and_later_ones_are_comments():
    lines = [
        Line("a", "1", is_sure=False),
        Line("a", "2"),
        Line("a", "3"),
        Line("a", "2"),
        Line("b", "1"),
    ]
    assert [(line.key, line.value, line.is_sure) for line in once(lines)] == [
        ("a", "2", True),
        ("a", "3", False),
        ("b", "1", True),
        ("a", "1", False),
    ]


def test_a_line_that_some_sheet_is_sure_of_is_sure():
    assert once([Line("a", "1", is_sure=False), Line("a", "1")]) == [Line("a", "1")]


def test_a_section_that_is_not_sure_is_a_comment_from_first_to_last():
    text = Section(("plans", "headings"), [Line("kind", '["Typ"]', "kanske")], is_sure=False, above="Blad 1").written()
    assert text == '# Blad 1\n# [plans.headings]\n# kind = ["Typ"]  # kanske\n'
    assert tomllib.loads(text) == {}


def test_signs_that_cannot_be_seen_do_not_break_the_file():
    assert tomllib.loads(Section(("a",), [Line("b", "1", "konstig\x01 rubrik\n")]).written()) == {"a": {"b": 1}}
