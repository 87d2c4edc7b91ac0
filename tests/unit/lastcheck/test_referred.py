"""Hidden figures wherever other parts refer to them: every mark of a written page and workbook is held in its place."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline import lastcheck
from pipeline.lastcheck import Finding, Kind, Secrets, book, referred, written_page
from pipeline.lastcheck.entries import Region
from pipeline.model import Statistic
from pipeline.model.goals import (
    Activity,
    ActivityStatus,
    Aim,
    DeliveryGoal,
    DirectionGoal,
    EffectGoal,
    Goals,
    PursuedGoal,
    Reference,
)
from pipeline.model.management import Management
from pipeline.model.references import Place
from pipeline.model.revisions import Cause, Published, Revision, Revisions
from pipeline.periods import Period
from pipeline.publish.report import Report
from tests.unit.lastcheck.conftest import Few, write
from tests.unit.publish import comparison_fakes
from tests.unit.publish import management_fakes as fakes
from tests.unit.publish.management_fakes import NORTH, SOUTH

PAGE, BOOK = "rapport.html", "rapport.xlsx"
MARK = '<i class="h">skyddad</i>'
NOTHING_SECRET = Secrets(Few(), {}, {})


def _figures() -> list[object]:
    places = {"": (24, 47), NORTH: (2, 3), SOUTH: (20, 40), "Öst": (2, 4)}
    units = [
        fakes.figure("plan_current", of, "stock", **({"level": 3, "org": unit} if unit else {}))
        for unit, of in places.items()
    ]
    programmes = [
        fakes.figure("plan_current", of, "stock", level=2, org=name)
        for name, of in (("Barn", (22, 43)), ("Vuxna", (2, 4)))
    ]
    areas = [
        fakes.figure("plan_current", of, "stock", breakdown="area", category=name)
        for name, of in (("Barn och unga", (2, 3)), ("Äldreomsorg", (2, 4)), ("Funktionshinder", (20, 40)))
    ]
    controls = [
        fakes.figure("control_deviation", of, window, breakdown="control", category=name)
        for window in ("ytd", "tertial")
        for name, of in (("Fel belopp: Stickprov", (1, 3)), ("Sent svar: Loggar", (9, 60)))
    ]
    total = fakes.figure("control_deviation", (10, 63))
    incidents = [
        fakes.figure("incidents", count, breakdown="severity_recurrence", category=category)
        for category, count in (("4 × 1", 2), ("1 × 1", 40), ("2 × 2", 30), ("uppgift saknas", 3))
    ]
    feedback = [
        fakes.figure("feedback", count, f"year_{year}", **place)
        for year in (2025, 2026)
        for count, place in (
            (60, {}),
            (2, {"level": 3, "org": NORTH}), (30, {"level": 3, "org": SOUTH}), (28, {"level": 3, "org": "Öst"}),
            (3, {"breakdown": "feedback", "category": "beröm"}),
            (27, {"breakdown": "feedback", "category": "klagomål"}),
            (30, {"breakdown": "feedback", "category": "förslag"}),
        )
    ]  # fmt: skip
    return [*units, *programmes, *areas, *controls, total, fakes.figure("incidents", 75), *incidents, *feedback]


def _goals() -> Goals:
    aims = (
        Aim("plan_current", Reference("plan_current"), Statistic.SHARE, 75, unit=NORTH),
        Aim("plan_current", Reference("plan_current"), Statistic.SHARE, 75, area="Barn och unga"),
        Aim("plan_current", Reference("plan_current"), Statistic.SHARE, 75),
    )
    tree = (DirectionGoal("Trygghet", (EffectGoal("", (DeliveryGoal("Aktuella planer", aims),)),)),)
    done = Activity(
        "Utbilda alla", "", "Chefen", None, False, ActivityStatus.DONE, "", date(2026, 2, 1), fakes.DAY,
        (Reference("control_deviation", "Fel belopp: Stickprov"), Reference("plan_current")),
    )  # fmt: skip
    return Goals(tree, (PursuedGoal("Trygghet", (done,), ActivityStatus.DONE, True),))


@pytest.fixture(scope="module")
def report() -> Report:
    management = Management(
        controls=(
            fakes.control(is_given=False, probability=4, consequence=2),
            fakes.control("Sent svar", control="Loggar", probability=1, consequence=1),
        ),
        requirements=(
            fakes.requirement(place=Place(unit=NORTH)),
            fakes.requirement(requirement="Alla planer är aktuella"),
        ),
        plan=(
            fakes.planned(fakes.drawn()),
            fakes.planned(fakes.drawn(), unit=SOUTH),
            fakes.planned(fakes.drawn(), unit="Öst", definition="Planer"),
            fakes.planned(fakes.drawn(), definition="Planer"),
        ),
    )
    made = fakes.report(management, *_figures(), goals=_goals(), first_year=2025)  # type: ignore[arg-type]
    pair = comparison_fakes.pair(breakdown="area", category="Barn och unga")
    return replace(made, comparisons=comparison_fakes.known([comparison_fakes.indicator()], [pair]))


@pytest.fixture
def folder(report: Report, tmp_path: Path) -> Path:
    return write(tmp_path / "committee", report)


def leaks(folder: Path, report: Report, file: str) -> list[Finding]:
    found = lastcheck.committee(folder, report, NOTHING_SECRET)
    return [one for one in found if one.file == file and one.kind is Kind.HIDDEN]


def test_hidden_figures_are_referred_to_from_every_part(report: Report, folder: Path) -> None:
    assert lastcheck.committee(folder, report, NOTHING_SECRET) == ()
    parts = Counter(region for region, _ in referred.hidden(report).elements())
    assert set(parts) == set(Region)


def test_every_mark_on_the_page_is_held_in_its_place(report: Report, folder: Path) -> None:
    text = (folder / PAGE).read_text(encoding="utf-8")
    rows = {
        f"{table.place}: tabellraden ”{' '.join(next(filter(str.strip, row[0].lines)).split())}”"
        for table in written_page.read(text).tables
        for row in table.rows
        if any(cell.marks for cell in row)
    }
    assert len(rows) > 15
    (folder / PAGE).write_text(text.replace(MARK, "3 av 4"), encoding="utf-8")
    assert rows <= {one.place for one in leaks(folder, report, PAGE)}


def test_every_mark_in_the_workbook_is_held_in_its_place(report: Report, folder: Path) -> None:
    marked = {
        (table.sheet, table.corner[1] + number)
        for table in book.read(folder / BOOK).tables
        for number, row in enumerate(table.rows)
        if any("··" in cell for cell in row) and table.name != "noter"  # where the mark is explained
    }
    with zipfile.ZipFile(folder / BOOK) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(folder / BOOK, "w") as archive:
        for name, contents in parts.items():
            archive.writestr(name, contents.replace("··".encode(), b"3 av 4"))
    found = {re.sub(r"cell [A-Z]+", "", one.place) for one in leaks(folder, report, BOOK)}
    assert len(marked) > 15
    assert {f"bladet {sheet}, {row}" for sheet, row in marked} <= found


@pytest.mark.parametrize("section", ["mal", "nivaer", "synpunkter-alla-ar", "uppfoljningsplan", "internkontroll"])
def test_one_number_in_one_place_is_found(section: str, report: Report, folder: Path) -> None:
    text = (folder / PAGE).read_text(encoding="utf-8")
    before, start, rest = text.partition(f'aria-labelledby="{section}">')
    assert MARK in rest.partition("</section>")[0]
    (folder / PAGE).write_text(before + start + rest.replace(MARK, "67 %", 1), encoding="utf-8")
    assert len(leaks(folder, report, PAGE)) == 1


def test_words_about_hidden_numbers_are_found(report: Report, folder: Path) -> None:
    text = (folder / PAGE).read_text(encoding="utf-8")
    changed = re.sub(
        r'(Stickprov.*?data-label="Analys och åtgärd"><span>)', r"\1Två fel", text, count=1, flags=re.DOTALL
    )
    assert changed != text
    (folder / PAGE).write_text(changed, encoding="utf-8")
    assert leaks(folder, report, PAGE)


def test_a_change_of_a_hidden_figure_is_found_on_page_and_in_workbook(report: Report, tmp_path: Path) -> None:
    figures = report.figures
    hidden = next(
        f for f in figures.figures.values() if f.suppressed and f.key.org == NORTH and f.key.window == "stock"
    )
    shown = replace(hidden, suppressed=False, numerator=2, denominator=3, value=0.666667)
    since = Published(date(2026, 5, 20), Period.parse("2026T1"))
    before = replace(shown, numerator=1, value=0.333333)
    one = Revision(figures.windows["stock"], before, shown, since, Cause.ROWS)
    told = replace(report, revisions=Revisions((since,), (one,)))
    write(tmp_path / "committee", told)
    assert [len(leaks(tmp_path / "committee", told, file)) for file in (PAGE, BOOK)] == [1, 1]
