import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.judging import judge
from pipeline.model import Citation, Metric
from pipeline.model.cases import Watch, WatchRow
from pipeline.publish import unit_cases, unit_page
from pipeline.publish.unit_figures import UnitFigures, UnitRow
from tests.unit.publish import fakes

DAY = date(2026, 9, 10)
ROW = WatchRow(
    list_id="decision_waiting", demand="Beslut ska verkställas inom tre månader", case_id="BES-0001",
    unit="Lilla enheten", area="Vuxna", subject="boendestöd", since=date(2026, 6, 1), limit=date(2026, 9, 1),
    days_left=-9, law=(Citation("34 kap. socialtjänstlagen"),), todo="Erbjud insatsen.", note="Sedan <2026-07-21>.",
)  # fmt: skip
OTHER = replace(ROW, unit="Utredning Norr", case_id="BES-9999")
FOUND = Watch(DAY, {"Lilla enheten": (ROW,), "Utredning Norr": (OTHER,)}, {"Utredning Norr": 2})


def write(folder: Path, found: Watch = FOUND, demo: bool = False) -> Path:
    place = folder / "enheter"
    unit_page.write(
        place, fakes.internal_figures(), fakes.figures(), found, fakes.metrics(), fakes.config(), fakes.run_info(demo)
    )
    return place


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Unit → its page, its spaces plain."""
    folder = write(tmp_path_factory.mktemp("internal"))
    return {file.stem: file.read_text(encoding="utf-8").replace("\N{NO-BREAK SPACE}", " ") for file in folder.iterdir()}


def rows(page: str) -> dict[str, list[str]]:
    """Row heading → its cells' texts, of every table."""
    found = {}
    for row in re.findall(r"<tr[^>]*>(.*?)</tr>", page):
        texts = [re.sub(r"<[^>]+>", " ", cell) for cell in re.findall(r"<t[hd][ >].*?</t[hd]>", row)]
        found[" ".join(texts[0].split())] = [" ".join(text.split()) for text in texts[1:]]
    return found


def test_every_unit_has_a_page_that_names_no_other_unit_and_no_other_units_case(pages: dict[str, str]):
    assert set(pages) == set(fakes.UNITS)
    for unit, page in pages.items():
        assert f"<h1>{unit}</h1>" in page
        assert not [other for other in fakes.UNITS if other != unit and other in page]
    assert "BES-0001" in pages["Lilla enheten"]
    assert [unit for unit, page in pages.items() if "BES-9999" in page] == ["Utredning Norr"]


def test_the_units_own_figures_are_open_and_the_others_are_those_that_are_public(pages: dict[str, str]):
    internal, public = fakes.internal_figures(), fakes.figures()
    metric = fakes.metric()
    own = next(one for one in internal.by_org(metric, 3) if one.key.org == fakes.SMALL_UNIT)
    assert 0 < (own.denominator or 0) < 5
    assert public.figures[own.key].suppressed
    cells = rows(pages[fakes.SMALL_UNIT])[metric.title]
    assert f"{own.numerator} av {own.denominator}" in cells[0]
    committee = public.get(metric)
    assert committee is not None
    assert f"{committee.numerator} av {committee.denominator}" in cells[-1]


def _row(metric: Metric, unit: str, earlier: dict[str, tuple[int, int]]) -> UnitRow:
    """A unit's row where its figure was so in earlier windows: n and N by how the windows' ids end."""
    internal = fakes.internal_figures()
    own = next(one for one in internal.by_org(metric, 3) if one.key.org == unit)
    added = {}
    for ending, (hits, of) in earlier.items():
        key = replace(own.key, window=f"{own.key.window}_{ending}")
        added[key] = replace(own, key=key, numerator=hits, denominator=of, value=hits / of if of else None)
    judged = judge(replace(internal, figures={**internal.figures, **added}), fakes.metrics(), fakes.config())
    sections = UnitFigures(judged, fakes.figures(), fakes.metrics()).sections(unit)
    return next(row for part in sections for row in part.rows if row.title == metric.title)


@pytest.mark.parametrize(
    ("metric", "earlier", "told"),
    [
        ("investigation_within_120_days", {"last_year": (18, 24)}, ["Samma period 2025: 75 %, 18 av 24"]),
        ("investigation_within_120_days", {"last_year": (3, 4)}, ["Samma period 2025: 3 av 4 (75 %)"]),
        ("investigation_within_120_days", {"last_year": (0, 0)}, []),
        (
            "plan_current",
            {"last_tertial": (40, 50), "last_year": (30, 50)},
            ["31 augusti 2025: 60 %, 30 av 50", "30 april 2026: 80 %, 40 av 50"],
        ),
    ],
)
def test_how_it_was_is_told_under_the_change(metric: str, earlier: dict[str, tuple[int, int]], told: list[str]):
    header = fakes.metric(metric)
    unit = next(one.key.org for one in fakes.internal_figures().by_org(header, 3) if one.denominator)
    assert [text.replace("\N{NO-BREAK SPACE}", " ") for text in _row(header, unit, earlier).earlier] == told


def test_a_programmes_hidden_figure_is_a_mark_and_nothing_else():
    internal, public = fakes.internal_figures(), fakes.figures()
    metric = fakes.metric()
    key = next(one.key for one in internal.by_org(metric, 2) if one.key.org == "Barn och familj")
    hidden = replace(public.figures[key], suppressed=True, numerator=None, denominator=None, value=None)
    figures = UnitFigures(internal, _with(public, hidden), fakes.metrics())
    row = next(row for part in figures.sections(fakes.SMALL_UNIT) for row in part.rows if row.title == metric.title)
    assert figures.columns(fakes.SMALL_UNIT) == ["Barn och familj", "Socialnämnden"]
    assert (row.beside[0].outcome, row.beside[0].base) == ("··", "")
    assert row.beside[1].outcome != "··"


def _with(public, figure):  # type: ignore[no-untyped-def]
    """The public figures with another figure in its place; made past the guard, as only a test may."""
    changed = object.__new__(type(public))
    changed.__dict__.update({name: value for name, value in public.__dict__.items() if not name.startswith("_")})
    changed.__dict__["figures"] = {**public.figures, figure.key: figure}
    return changed


def test_a_programme_stands_beside_its_unit_only_where_it_has_more_of_them(pages: dict[str, str]):
    figures = UnitFigures(fakes.internal_figures(), fakes.figures(), fakes.metrics())
    assert figures.columns("Daglig verksamhet Ängen") == ["Socialnämnden"]
    assert figures.columns("Hemtjänsten Öst") == ["Vård och omsorg", "Socialnämnden"]
    assert ">Funktionsstöd</th>" not in pages["Daglig verksamhet Ängen"]


def test_a_case_is_told_with_what_to_do_and_the_law_once(pages: dict[str, str]):
    page = pages["Lilla enheten"]
    days = ["1 juni 2026", "1 september 2026"]
    assert rows(page)["BES-0001"] == ["9 dagar över", "Boendestöd", *days, "Sedan &lt;21 juli 2026&gt;."]
    assert page.count("Erbjud insatsen.") == 1
    assert page.count("34 kap. socialtjänstlagen") == 1
    assert "bevakning/Lilla enheten.xlsx" in page
    assert "Enligt utdragen den 10 september 2026: 1 rad har passerat en gräns." in page


def test_persons_with_protected_identity_are_a_number(pages: dict[str, str]):
    assert "2 rader om personer med skyddade uppgifter visas inte här" in pages["Utredning Norr"]


def test_without_cases_the_page_says_so(pages: dict[str, str]):
    assert "har inget ärende som kan visas här passerat en gräns" in pages["Mottagningen"]
    assert "Personen hittar du" not in pages["Mottagningen"]


def test_what_is_too_long_for_a_page_is_in_the_workbook():
    many = tuple(replace(ROW, case_id=f"BES-{number:04}") for number in range(unit_cases.MOST_LISTED + 2))
    (demand,) = unit_cases.demands("Lilla enheten", Watch(DAY, {"Lilla enheten": many}, {}))
    assert len(demand.cases) == unit_cases.MOST_LISTED
    assert demand.rest == "2\xa0rader till finns i arbetsboken."
    assert demand.tally.over == unit_cases.MOST_LISTED + 2


def test_the_most_urgent_demand_comes_first_and_a_case_may_stand_twice():
    later = replace(ROW, list_id="other", demand="Annat krav", days_left=None, limit=None, since=None)
    found = Watch(DAY, {"Lilla enheten": (ROW, later)}, {})
    assert [one.title for one in unit_cases.demands("Lilla enheten", found)] == [ROW.demand, "Annat krav"]
    assert unit_cases.sentences("Lilla enheten", found)[1] == "Samma ärende står på flera rader."


def test_only_their_owner_can_read_them_and_an_invented_unit_is_marked(tmp_path: Path):
    folder = write(tmp_path, demo=True)
    assert folder.stat().st_mode & 0o077 == 0
    for file in folder.iterdir():
        assert file.stat().st_mode & 0o077 == 0
        assert file.name.endswith("-DEMODATA.html")
        assert "<title>DEMODATA – " in file.read_text(encoding="utf-8")


def test_a_units_name_becomes_no_path(tmp_path: Path):
    found = Watch(DAY, {"../Råd/stöd <b>": (replace(ROW, unit="../Råd/stöd <b>"),)}, {})
    folder = write(tmp_path, found)
    assert "Råd stöd b.html" in {file.name for file in folder.iterdir()}
    assert "<h1>../Råd/stöd &lt;b&gt;</h1>" in (folder / "Råd stöd b.html").read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["enheter"]
