import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.disclosure import PublicFigures
from pipeline.model import Figure, Metric
from pipeline.publish import committee_workbook, sections, summary, terms
from pipeline.publish.forms import HIDDEN
from tests.answers import protect
from tests.unit.publish import fakes, quality_fakes

ODD = 987.65  # a value that stands in the workbook only if the hidden figure does


def _write(
    file: Path, figures: PublicFigures | None = None, demo: bool = False, metrics: dict[str, Metric] | None = None
) -> Path:
    public, catalogue = figures or fakes.figures(), metrics or fakes.metrics()
    given = fakes.report(demo, figures=public, metrics=catalogue, quality=quality_fakes.quality())
    committee_workbook.write(file, given)
    return file


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _write(tmp_path_factory.mktemp("committee") / "rapport.xlsx")


@pytest.fixture(scope="module")
def book(file: Path) -> Workbook:
    return openpyxl.load_workbook(file)


def _public(**changes: Any) -> PublicFigures:
    """The fakes' figures with some replaced, protected by the real rule."""
    return protect(replace(fakes.internal_figures(), **changes), fakes.metrics(), fakes.config())


def _table(book: Workbook, name: str) -> list[list[object]]:
    for sheet in book:
        if name in sheet.tables:
            return [[cell.value for cell in row] for row in sheet[sheet.tables[name].ref]]
    raise KeyError(name)


def _row(book: Workbook, table: str, first: str) -> dict[str, object]:
    headings, *rows = _table(book, table)
    return next(dict(zip(headings, row, strict=True)) for row in rows if str(row[0]).startswith(first))


def _texts(book: Workbook) -> Iterator[str]:
    for sheet in book:
        for row in sheet.iter_rows(values_only=True):
            yield from (str(value) for value in row if value is not None)


def test_has_cover_contents_a_sheet_a_section_and_the_rest(book: Workbook):
    assert book.sheetnames == [
        "Omslag", "Innehåll", "Noter", "Aktualiseringar och…", "Utredningar", "Genomförandeplaner",
        "Beslut och verkställighet", "Ändringar", "Definitioner", "Datakvalitet", "Diagramunderlag",
    ]  # fmt: skip


def test_contents_lead_to_every_metric(book: Workbook):
    contents = book["Innehåll"]
    links = [cell for row in contents[contents.tables["innehall"].ref] for cell in row if cell.hyperlink]
    for metric in fakes.metrics().values():
        found = next(cell for cell in links if str(cell.value).startswith(metric.title))
        sheet, place = re.fullmatch(r"'?(.+?)'?!(\$A\$\d+)", found.hyperlink.location).groups()  # type: ignore[union-attr]
        assert book[sheet][place.replace("$", "")].value == metric.title


def test_definitions_say_the_same_as_the_page(book: Workbook):
    _, *rows = _table(book, "definitioner")
    metric = fakes.metric("preassessment_within_14_days")
    told = [(label, text) for title, label, text in rows if title == metric.title]
    on_the_page = sections.section(metric, fakes.figures(), fakes.config()).method
    assert told == [(label, text) for label, texts in on_the_page for text in texts]
    for title, explained in (
        ("Alla mått", terms.concepts(fakes.config())),
        ("Inställningarna", terms.limits(fakes.config())),
    ):
        assert [(label, text) for first, label, text in rows if first == title] == list(explained)


def test_what_a_distribution_measures_is_not_called_a_numerator(book: Workbook):
    texts = [str(cell) for (cell, *_) in book["Utredningar"].iter_rows(values_only=True)]
    start = texts.index("Utredningstid")
    assert "Vad som räknas: utredningar som avslutades under perioden." in texts[start:]
    assert not any(text.startswith(("Täljare", "Nämnare", "n:", "N:")) for text in texts[start : start + 6])


def test_outcome_stands_as_numbers_with_status_in_words(book: Workbook):
    figure = fakes.figures().get(fakes.metric())
    assert figure is not None
    row = _row(book, "investigation_within_120_days_utfall", "I år hittills")
    assert (row["n, täljare (antal)"], row["N, nämnare (antal)"]) == (figure.numerator, figure.denominator)
    assert row["Andel (%)"] == pytest.approx(figure.value, abs=1e-6)
    assert row["Mål, minst (%)"] == 0.9
    assert row["Status"] == "■ inte uppfyllt"
    assert (row["Osäkerhet, 95 %, lägst (%)"], row["Osäkerhet, 95 %, högst (%)"]) == (figure.ci_low, figure.ci_high)


def test_shares_are_formatted_as_per_cent_and_counts_with_thousands(book: Workbook):
    sheet = book["Utredningar"]
    (n, share), *_ = ((row[1], row[3]) for row in sheet[sheet.tables["investigation_within_120_days_utfall"].ref][1:])
    assert (n.number_format, share.number_format) == ("#,##0", "0 %")


def test_what_the_law_demands_is_counted_never_nearly_met(book: Workbook):
    row = _row(book, "preassessment_within_14_days_utfall", "I år hittills")
    assert str(row["Status"]).startswith("■ lagkravet uppfyllt i ")
    assert row["Lagkrav (%)"] == 1


def test_hidden_figures_show_two_dots_in_every_cell(book: Workbook):
    row = _row(book, "investigation_within_120_days_niva3", fakes.SMALL_UNIT)
    shown = {name: value for name, value in row.items() if name not in ("Enhet", "Mål, minst (%)")}
    assert set(shown.values()) == {HIDDEN}
    assert _note(book, HIDDEN).startswith("Skyddad siffra.")


def _note(book: Workbook, about: str) -> str:
    return next(str(row[2]) for row in _table(book, "noter") if row[1] == about)


def test_notes_are_numbered_and_the_sheets_refer_to_them(book: Workbook):
    _, *rows = _table(book, "noter")
    numbers = {str(about): str(number) for number, about, _ in rows}
    assert list(numbers.values()) == [f"not {number}" for number in range(1, len(rows) + 1)]
    for section in ("Utredningar", "Genomförandeplaner"):
        above = [str(cell) for (cell,) in book[section]["A1:A6"] for cell in [cell.value]]
        for about in (HIDDEN, "n och N", "Osäkerhet, 95 %", "Förändring på ett år"):
            assert any(re.search(rf"\b{numbers[about]}\b", line) for line in above)
    link = next(cell for (cell,) in book["Utredningar"]["A1:A6"] if cell.hyperlink)
    assert link.hyperlink.location == "'Noter'!$A$1"


def test_every_sheet_but_itself_stands_in_the_contents_with_its_tables(book: Workbook):
    _, *rows = _table(book, "blad")
    assert [row[0] for row in rows] == [name for name in book.sheetnames if name != "Innehåll"]
    assert [row[2] for row in rows] == [len(book[str(row[0])].tables) for row in rows]
    assert all(row[1] for row in rows)


def test_contents_tell_outcomes_as_numbers_with_their_unit(book: Workbook):
    figure = fakes.figures().get(fakes.metric())
    assert figure is not None
    _, *rows = _table(book, "innehall")
    told = next(row for row in rows if row[1] == fakes.metric().title)
    assert told[2:7] == ["–", figure.numerator, figure.denominator, pytest.approx(figure.value, abs=1e-6), "%"]


def test_the_cover_says_in_short_what_the_page_says(book: Workbook):
    said = " ".join(str(cell) for (cell, *_) in book["Omslag"].iter_rows(values_only=True))
    for sentence in summary.sentences(fakes.figures(), fakes.metrics()):
        assert sentence in said


def test_every_table_is_told_in_words(file: Path, book: Workbook):
    with zipfile.ZipFile(file) as parts:
        tables = [parts.read(name).decode("utf-8") for name in parts.namelist() if name.startswith("xl/tables/")]
    told = {}
    for table in tables:
        found = re.search(r'displayName="(.*?)".*altText="(.*?)" altTextSummary="(.*?)"', table)
        assert found
        told[found[1]] = (found[2], found[3])
    assert told.keys() == {name for sheet in book for name in sheet.tables}
    title, summed = told["investigation_within_120_days_niva3"]
    assert title.startswith(f"{fakes.metric().title}, Enhet, ")
    assert re.match(r"\d+ rader\. Kolumner: Enhet, n, täljare \(antal\), ", summed)


def test_where_nothing_is_to_be_reached_no_column_says_so(book: Workbook):
    without, with_aim = _table(book, "referrals_niva3")[0], _table(book, "investigation_within_120_days_niva3")[0]
    assert "Status" in with_aim
    assert not any("Mål" in str(heading) or heading == "Status" for heading in without)


def test_missing_is_said_in_words_with_its_reason(book: Workbook):
    row = _row(book, "plan_in_force_utfall", "Läget")
    assert row["Andel (%)"] == "uppgift saknas"
    assert any("Ingen fil med genomförandeplaner har levererats." in text for text in _texts(book))


def test_nothing_to_measure_is_not_zero(book: Workbook):
    row = _row(book, "sip_participation_utfall", "I år hittills")
    assert (row["N, nämnare (antal)"], row["Andel (%)"]) == (0, "inget att mäta")


def test_a_total_that_would_mislead_is_printed_by_its_breakdown_only(tmp_path: Path):
    given = fakes.internal_figures()
    loud = {
        key: replace(figure, value=ODD)
        for key, figure in given.figures.items()
        if key.metric == "investigation_days" and key.level == 1 and key.breakdown != "area"
    }
    figures = _public(figures={**given.figures, **loud})
    book = openpyxl.load_workbook(_write(tmp_path / "rapport.xlsx", figures))
    assert _row(book, "investigation_days_utfall", "Barn och unga. I år hittills")["Medelvärde (dagar)"] is not None
    assert not any("987" in text for text in _texts(book))


def test_every_metric_with_figures_has_a_native_chart_with_titles(book: Workbook):
    charts = [chart for sheet in book for chart in sheet._charts]
    assert len(charts) == len(fakes.metrics()) - 2  # one is missing, one has nothing to measure
    for chart in charts:
        for title in (chart.title, chart.x_axis.title, chart.y_axis.title):
            assert title.tx.rich.p[0].r[0].t
        assert not chart.x_axis.delete
        assert not chart.y_axis.delete


def test_charts_show_the_cells_they_refer_to(file: Path, book: Workbook):
    with zipfile.ZipFile(file) as parts:
        names = [name for name in parts.namelist() if name.startswith("xl/charts/chart")]
        for name in names:
            xml = parts.read(name).decode("utf-8")
            for ref, cache in re.findall(r"<numRef><f>(.*?)</f><numCache>(.*?)</numCache>", xml):
                sheet, cells = ref.replace("$", "").replace("'", "").split("!")
                stood = [cell.value for cell in book[sheet][cells][0]]
                points = {int(idx): float(v) for idx, v in re.findall(r'<pt idx="(\d+)"><v>(.*?)</v>', cache)}
                assert points == {at: value for at, value in enumerate(stood) if value is not None}


def test_limits_are_drawn(book: Workbook):
    _, *rows = _table(book, "diagramunderlag")
    lines = {(row[0], row[1]) for row in rows}
    assert ("Barnutredningar avslutade inom 120 dagar", "Mål") in lines
    assert ("Förhandsbedömningar inom 14 dagar", "Lagkrav") in lines
    assert {("Utredningstid", "120 dagar"), ("Utredningstid", "Mål, Barn och unga")} <= lines


def test_charts_are_told_in_words(file: Path):
    with zipfile.ZipFile(file) as parts:
        drawings = [parts.read(name).decode("utf-8") for name in parts.namelist() if "drawings/drawing" in name]
    assert f'descr="Linjediagram. {fakes.metric().question}' in "".join(drawings)
    assert sum(text.count("descr=") for text in drawings) == len(fakes.metrics()) - 2


def test_a_hidden_month_is_a_gap_in_the_chart_and_dots_in_the_table(tmp_path: Path):
    given = fakes.internal_figures()
    month = "month_2026_03"
    few = {
        key: Figure(key, figure.as_of, denominator=3, value=ODD)
        for key, figure in given.figures.items()
        if key.metric == "investigation_days" and key.window == month
    }
    file = _write(tmp_path / "rapport.xlsx", _public(figures={**given.figures, **few}))
    book = openpyxl.load_workbook(file)
    assert _row(book, "investigation_days_manad", "Mars 2026")["Barn och unga (dagar)"] == HIDDEN
    headings, *rows = _table(book, "diagramunderlag")
    line = next(row for row in rows if row[:2] == ["Utredningstid", "Barn och unga"])
    assert dict(zip(headings, line, strict=True))["2026-03"] is None
    assert not any("987.65" in part for part in _parts(file))


def test_a_month_that_ended_after_the_delivery_is_neither_told_nor_drawn(tmp_path: Path):
    metric = fakes.metric()
    figures = _public(known_to={metric.metric_id: date(2026, 8, 30)})
    book = openpyxl.load_workbook(_write(tmp_path / "rapport.xlsx", figures))
    assert _row(book, f"{metric.metric_id}_manad", "Augusti 2026")["Andel (%)"] == "uppgift saknas"
    headings, *rows = _table(book, "diagramunderlag")
    line = next(row for row in rows if row[:2] == [metric.title, "Utfall"])
    last_two = dict(zip(headings[-2:], line[-2:], strict=True))
    assert last_two["2026-07"] is not None
    assert last_two["2026-08"] is None


def test_hidden_values_stand_in_no_part_of_the_file(tmp_path: Path):
    given = fakes.internal_figures()
    marked = {
        key: replace(figure, value=ODD, ci_low=ODD, ci_high=ODD)
        for key, figure in given.figures.items()
        if key.org == fakes.SMALL_UNIT or (key.category == "okänt" and key.breakdown == "gender")
    }
    public = _public(figures={**given.figures, **marked})
    shown = [figure for figure in public.figures.values() if figure.value == ODD]
    assert any(public.figures[key].suppressed for key in marked)
    # What disclosure let through is not this test's matter.
    quiet = {figure.key: replace(figure, value=1.0, ci_low=None, ci_high=None) for figure in shown}
    public.figures.update(quiet)  # type: ignore[attr-defined]
    file = _write(tmp_path / "rapport.xlsx", public)
    assert not any("987.65" in part for part in _parts(file))


def test_rows_of_persons_never_reach_the_committee(file: Path):
    # The fakes' case keys and rejected values.
    assert not any(re.search(r"U-\d+|2026-02-31|HYPERLINK", part) for part in _parts(file))


def test_nothing_in_it_runs_or_calls_out(file: Path):
    with zipfile.ZipFile(file) as parts:
        names = parts.namelist()
    assert not any("vba" in name.lower() or "externalLink" in name for name in names)
    assert not any("<f>" in part for part in _sheets(file))
    assert not any('TargetMode="External"' in part for part in _parts(file))


def test_every_sheet_says_demodata(tmp_path: Path):
    book = openpyxl.load_workbook(_write(tmp_path / "rapport-DEMODATA.xlsx", demo=True))
    for sheet in book:
        assert "DEMODATA" in str(sheet["A2"].value)
        assert sheet.oddHeader.center.text == "DEMODATA"


def test_real_figures_are_not_called_demodata(file: Path):
    assert not any("DEMODATA" in part for part in _parts(file))


def test_table_names_are_unique(book: Workbook):
    names = [name for sheet in book for name in sheet.tables]
    assert len(names) == len({name.casefold() for name in names}) > 30


def test_units_named_like_formulas_stay_text(tmp_path: Path):
    given = fakes.internal_figures()
    keys = {key: replace(key, org=key.org.replace("Mottagningen", "=cmd()")) for key in given.figures}
    figures = {keys[key]: replace(figure, key=keys[key]) for key, figure in given.figures.items()}
    book = openpyxl.load_workbook(_write(tmp_path / "rapport.xlsx", _public(figures=figures, programmes={})))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == "=cmd()"]
    assert cells
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in cells)


def test_the_same_run_gives_the_same_bytes(file: Path, tmp_path: Path):
    assert _write(tmp_path / "rapport.xlsx").read_bytes() == file.read_bytes()


def test_a_metric_without_any_figure_leaves_the_workbook_whole(tmp_path: Path):
    book = openpyxl.load_workbook(_write(tmp_path / "rapport.xlsx", _public(figures={}, changes={})))
    assert "Definitioner" in book.sheetnames


def test_distributions_tell_their_statistics_side_by_side(book: Workbook):
    row = _row(book, "investigation_days_niva3", "Mottagningen")
    assert [name for name in row if name.endswith("(dagar)")][:3] == [
        "Medelvärde (dagar)", "Median (dagar)", "Nio av tio, högst (dagar)",
    ]  # fmt: skip


def test_keeps_to_the_limits_beyond_which_excel_repairs_a_file(book: Workbook):
    """What Excel takes as damage, though other programs open it; the numbers are those of the file format."""
    names = [name.casefold() for sheet in book for name in sheet.tables]
    assert len(names) == len(set(names))
    for sheet in book:
        assert len(sheet.title) <= 31
        assert len(sheet.row_breaks.brk) <= 1026
        for part in (sheet.oddHeader, sheet.oddFooter):
            assert len(f"{part.left.text or ''}{part.center.text or ''}{part.right.text or ''}") <= 240
        assert all((row.height or 0) <= 409 for row in sheet.row_dimensions.values())
        assert all(len(str(cell.value or "")) <= 32_767 for row in sheet.iter_rows() for cell in row)
        _check_tables(sheet)


def _check_tables(sheet: Worksheet) -> None:
    taken: set[int] = set()
    for name, table in ((name, sheet.tables[name]) for name in sheet.tables):
        assert re.fullmatch(r"[A-Za-z_]\w{3,254}", name)  # and nothing like a cell
        headings, *rows = sheet[table.ref]
        texts = [str(cell.value) for cell in headings]
        assert texts == table.column_names
        assert len({text.casefold() for text in texts}) == len(texts)
        assert rows
        lines = range(headings[0].row, rows[-1][0].row + 1)
        assert taken.isdisjoint(lines)
        taken.update(lines)


def test_no_cell_of_a_table_is_empty(book: Workbook):
    """An empty cell says nothing of why; only the rows behind the charts have them, where they draw no point."""
    for sheet in book:
        for name in sheet.tables:
            if name != "diagramunderlag":
                for row in sheet[sheet.tables[name].ref]:
                    assert all(cell.value not in (None, "") for cell in row), (name, row[0].value)


def test_no_cells_are_merged_and_nothing_is_hidden(book: Workbook):
    for sheet in book:
        assert sheet.sheet_state == "visible"
        assert not sheet.merged_cells.ranges
        assert not any(row.hidden for row in sheet.row_dimensions.values())
        assert not any(column.hidden for column in sheet.column_dimensions.values())


def _parts(file: Path) -> list[str]:
    with zipfile.ZipFile(file) as parts:
        return [parts.read(name).decode("utf-8") for name in parts.namelist()]


def _sheets(file: Path) -> list[str]:
    with zipfile.ZipFile(file) as parts:
        return [parts.read(n).decode("utf-8") for n in parts.namelist() if n.startswith("xl/worksheets/sheet")]


def test_exceptions_from_the_rules_stand_with_the_data_quality(book: Workbook):
    lines = [str(row[0].value) for row in book["Datakvalitet"].iter_rows() if row[0].value]
    at = lines.index("Undantag från reglerna")
    assert lines[at + 1].startswith("• Okänt värde i utredningar: ger bara en varning i stället för att underkänna")
