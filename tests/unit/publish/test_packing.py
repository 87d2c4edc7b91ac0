"""What is packed for the page comes out again as it was, and cannot end the element that holds it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.publish.packing import packed, unpacked


@given(st.text(max_size=300))
def test_a_text_comes_out_as_it_went_in_and_holds_no_tag(text: str) -> None:
    written = packed(text)
    assert unpacked(written) == text
    assert "<" not in written
    assert written == packed(text)
