"""Comments on the page and in the workbook: as written, escaped, and silent where the figure is hidden."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from pipeline.disclosure import protect
from pipeline.model import Figures, Key, Statistic
from pipeline.model.comments import LINE_BREAK, Comment, Comments, Listing, Paragraph, Remark, Span
from pipeline.publish import comments, html
from pipeline.publish.report import Report
from pipeline.publish.workbook import Book
from tests.unit import builders
from tests.unit.publish import fakes


def written(text: str) -> Comment:
    return Comment((Paragraph((Span(text),)),))


def report(given: Comments) -> Report:
    return Report(fakes.figures(), fakes.metrics(), fakes.config(), fakes.quality(), fakes.run_info(), comments=given)


def rendered(call: str, **context: object) -> str:
    source = f'{{% import "_comment.html.j2" as comments %}}{{{{ comments.{call} }}}}'
    return html._environment().from_string(source).render(**context).replace("\n", "")


def test_blocks_become_elements_and_every_text_is_escaped():
    inner = Listing(((Paragraph((Span("c"),)),),), start=3)
    spans = (Span("<b>"), Span("fet", "strong"), LINE_BREAK, Span("lut", "em"))
    comment = Comment((Paragraph(spans), Listing(((Paragraph((Span("a"),)), inner),))))
    assert rendered("blocks(c.blocks)", c=comment) == (
        "<p>&lt;b&gt;<strong>fet</strong><br><em>lut</em></p>"
        '<ul><li><p>a</p><ol start="3"><li><p>c</p></li></ol></li></ul>'
    )


def test_a_comment_has_its_heading_and_no_comment_is_nothing():
    assert "<h3>Kommentar</h3>" in rendered("comment(c, level=3)", c=written("Text"))
    assert rendered("comment(none)") == ""
    assert rendered("remarks([])") == ""


def test_remarks_name_measure_unit_and_day():
    text = rendered("remarks(r)", r=[Remark("Väntetid", "Norr", date(2026, 8, 31), "Två <nya>")])
    assert "<dt>Väntetid, Norr</dt><dd>Två &lt;nya&gt;" in text
    assert "31\N{NO-BREAK SPACE}augusti 2026" in text


def test_a_remark_is_shown_only_where_its_figure_is():
    measure = builders.metric("measure", breakdowns=("measure",), headline_by="measure")
    cells = {"Norr": 20, "Söder": 3}
    found = {}
    for unit, rows in cells.items():
        key = Key("measure", Statistic.SHARE, "ytd", 3, unit, "measure", "Väntetid")
        found[key] = builders.share(key, 2, rows)
    figures = Figures(builders.PERIOD, builders.WINDOWS, found, {}, {}, {})
    public = protect(figures, {"measure": measure}, builders.config())
    remarks = tuple(Remark("Väntetid", unit, date(2026, 8, 31), "Text") for unit in ("Norr", "Söder", "Öst"))
    of = replace(report(Comments(measured=remarks)), figures=public, metrics={"measure": measure})
    assert [one.unit for one in comments.remarks(of, "measure")] == ["Norr"]
    assert comments.remarks(of, "referrals") == ()
    assert comments.remarks(replace(of, metrics={}), "measure") == ()


def test_the_workbook_has_a_row_for_each(tmp_path: Path):
    given = Comments(
        metrics={"referrals": written("Ett")}, goals={"Trygghet": written("=Två")}, summary=written("Tre"),
        proposal=written("Fyra"),
    )  # fmt: skip
    of = report(given)
    assert comments.any_written(of)
    assert not comments.any_written(report(Comments()))
    book = Book("Titel", "Ämne", of.config, of.run)
    comments.write_sheet(book.sheet(comments.SHEET, comments.SHEET_WIDTHS), of)
    book.save(tmp_path / "bok.xlsx")
    sheet = load_workbook(tmp_path / "bok.xlsx")[comments.SHEET]
    (table,) = sheet.tables.values()
    rows = [[cell.value for cell in row] for row in sheet[table.ref]][1:]
    assert rows == [
        ["Sammanfattning", "Hela rapporten", "Tre"],
        ["Förslag till beslut", "Hela rapporten", "Fyra"],
        ["Aktualiseringar och förhandsbedömningar", "Aktualiseringar", "Ett"],
        ["Mål", "Trygghet", "=Två"],
    ]
    assert sheet["C7"].data_type == "s"
