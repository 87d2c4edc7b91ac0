"""What identifies all that is kept, also where something in it is no file."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.comparison import kolada
from pipeline.comparison.places import KOLADA, below, fingerprint
from pipeline.errors import WrongUse


def test_a_folder_in_the_place_of_the_sums_is_one_sentence_and_no_traceback(tmp_path: Path):
    (below(tmp_path, KOLADA) / "SHA256SUMS").mkdir(parents=True)
    assert fingerprint(tmp_path) == ""
    with pytest.raises(WrongUse, match=r"^Det som hämtats från Kolada, i .* kan inte läsas\. Ta bort mappen och"):
        kolada.stored(below(tmp_path, KOLADA))
