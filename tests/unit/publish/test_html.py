import json

import pytest
from jinja2 import UndefinedError

from pipeline.publish import html


def test_a_template_that_asks_for_what_it_was_not_given_is_a_fault() -> None:
    with pytest.raises(UndefinedError):
        html.render("committee.html.j2")


def test_css_strings_cannot_be_ended_early() -> None:
    written = html._css_string('Ö-vik"; } </style>')
    assert written == '"Ö\\2d vik\\22 \\3b  \\7d  \\3c \\2f style\\3e "'


def test_json_cannot_end_its_script() -> None:
    written = html._json({"text": "</script><!-- & å"})
    assert "<" not in written
    assert json.loads(written) == {"text": "</script><!-- & å"}


def test_source_hash_is_the_policys() -> None:
    assert html.source_hash("") == "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"


def test_blanks_that_nobody_sees_are_left_out_but_not_of_scripts_and_set_texts() -> None:
    script = "<script>\n  a;\n\n  b;\n</script>"
    page = f"<p>Ett\n   två</p>\n\n  <table>\n    <tr>\n  <td>1</td>\n</tr>\n</table>\n{script}\n  <p>"
    squeezed = f"<p>Ett\ntvå</p>\n<table><tr><td>1</td></tr>\n</table>\n{script}\n<p>"
    assert html.squeezed(page) == squeezed
    assert html.squeezed("<pre>\n  a\n\n</pre>") == "<pre>\n  a\n\n</pre>"
