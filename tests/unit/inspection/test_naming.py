from pathlib import Path

import pytest

from pipeline.errors import WrongUse
from pipeline.inspection import naming


@pytest.mark.parametrize(
    ("file", "profile", "pattern"),
    [
        ("Assessments_2026-09-01.csv", "assessments", "assessments*"),
        ("list4_20260901.csv", "list4", "list4*"),
        ("2026-09-01 utdrag viva.xlsx", "utdrag-viva", "*utdrag viva*"),
        ("utdrag 31.08.2026 barn.csv", "utdrag-barn", "utdrag*barn*"),
        ("a[1].csv", "a-1", "a?1?*"),
        ("2026-09-01.csv", "export", ""),
        ("19900101-1239.csv", "export", ""),
    ],
)
def test_a_profile_is_called_as_its_files_without_their_dates(file: str, profile: str, pattern: str):
    assert naming.profile_of(Path(file)) == profile
    assert naming.pattern_of(Path(file)) == pattern
    if pattern:
        assert naming.extracts(file, {"plans": [pattern]}) == {"plans"}


def test_the_pattern_holds_for_the_next_delivery():
    pattern = naming.pattern_of(Path("Assessments_2026-09-01.csv"))
    assert naming.extracts("assessments_2027-01-04.csv", {"plans": [pattern]}) == {"plans"}


@pytest.mark.parametrize("name", ["standard", "Standard", "../config", "a/b", "", ".dold", "slut-", "två ord"])
def test_some_names_are_refused(name: str):
    with pytest.raises(WrongUse, match="kan inte heta så"):
        naming.demand_profile(name)


@pytest.mark.parametrize("name", ["a", "viva-barn", "Åsele_2"])
def test_other_names_are_not(name: str):
    assert naming.demand_profile(name) == name
