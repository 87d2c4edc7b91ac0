import pytest

from pipeline.publish.safe_names import file_names


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Hemtjänsten Öst", "Hemtjänsten Öst.xlsx"),
        ("Råd/stöd: A*B?", "Råd stöd A B.xlsx"),
        ("..\\..\\hem", "hem.xlsx"),
        ("Norr. ", "Norr.xlsx"),
        ("CON", "C_ON.xlsx"),
        ("com1.gruppen", "c_om1.gruppen.xlsx"),
        ("Console", "Console.xlsx"),
        ("~$bok", "bok.xlsx"),
        ("a\u0308ldre", "äldre.xlsx"),
        ("rad\nbrytning\u202e", "rad brytning.xlsx"),
        ("***", "utan namn.xlsx"),
    ],
)
def test_a_name_becomes_one_that_every_system_allows(name: str, expected: str):
    assert file_names([name], ".xlsx") == {name: expected}


def test_names_that_would_be_alike_are_numbered():
    names = ["Norr", "NORR", "Norr:", "Norr (2)"]
    assert list(file_names(names, ".xlsx").values()) == [
        "Norr.xlsx",
        "NORR (2).xlsx",
        "Norr (3).xlsx",
        "Norr (2) (2).xlsx",
    ]


def test_a_long_name_is_cut_to_what_a_file_may_be_called_and_stays_its_own():
    long = "å" * 300
    first, second = file_names([long, f"{long}ö"], "-DEMODATA.xlsx").values()
    assert first != second
    assert all(len(name.encode()) <= 255 and name.endswith("-DEMODATA.xlsx") for name in (first, second))
