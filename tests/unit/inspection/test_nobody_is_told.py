"""Wherever a person stands in a file, nothing that is shown or written tells it."""

from __future__ import annotations

import contextlib
import io
import tempfile
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import config, inspection
from pipeline.errors import WrongUse
from pipeline.inspection import terminal

TABLE = (
    ("Beslutsnr", "Pnr", "Enhet", "Område", "Lagrum", "Insatstyp", "Beslutsdatum", "Beslutsresultat", "Utförarenhet"),
    *(
        (f"B{n}", f"K{n}", "Norr", "Barn", "SoL", "hemtjänst", "2026-01-01", "Bifallsbeslut", "Hemmet")
        for n in range(6)
    ),
)
PERSONS = st.builds(
    "{:%Y%m%d}{}{:04d}".format,
    st.dates(min_value=date(1930, 1, 1), max_value=date(2025, 12, 31)),
    st.sampled_from(["-", "", " ", "+"]),
    st.integers(0, 9999),
)
PLACES = st.tuples(st.integers(0, len(TABLE) - 1), st.integers(0, len(TABLE[0]) - 1))


def look(rows: list[list[str]]) -> str:
    """All that is told and written of a file, also where it is refused."""
    said = io.StringIO()
    with tempfile.TemporaryDirectory() as name, contextlib.redirect_stdout(said):
        folder = Path(name)
        file = folder / "beslut_2026-09-01.csv"
        file.write_text("\n".join(";".join(row) for row in rows) + "\n", encoding="utf-8")
        loaded = config.load()
        own = loaded.model_copy(update={"paths": loaded.paths.model_copy(update={"profiles": folder})})
        try:
            found = inspection.inspect(file, own, profile="min", save=True)
        except WrongUse as fault:
            return str(fault)
        terminal.show(found)
        assert found.saved
        return said.getvalue() + found.saved.read_text(encoding="utf-8")


@settings(max_examples=40)
@given(PERSONS, PLACES, st.sampled_from(["", "gäller ", "ring "]))
def test_no_personnummer_is_told_wherever_it_stands(person: str, place: tuple[int, int], before: str):
    rows = [list(row) for row in TABLE]
    rows[place[0]][place[1]] = f"{before}{person}"
    assert person not in look(rows)


@settings(max_examples=20)
@given(st.sampled_from(["Anna Svensson", "Bo-Erik Ek", "Öberg, Cia"]), st.integers(1, len(TABLE) - 1), st.data())
def test_no_name_is_told_whatever_column_it_stands_in(name: str, row: int, data: st.DataObject):
    rows = [list(row) for row in TABLE]
    rows[row][data.draw(st.integers(0, len(TABLE[0]) - 1))] = name
    assert name not in look(rows)
