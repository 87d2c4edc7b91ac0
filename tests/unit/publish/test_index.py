import re
from pathlib import Path

from pipeline.model import Status
from pipeline.periods import Period
from pipeline.publish import index, issues_over_time
from pipeline.publish.words import Mark
from tests.unit.publish import fakes, issue_fakes
from tests.unit.publish.issue_fakes import SHARE, made

NAMES = ("rapport.html", "rapport.pdf", "rapport.xlsx", "resultat.csv")
FILES = {Period.parse(code): [f"{code}/committee/{name}" for name in NAMES] for code in ("2026T2", "2025T3")}


def page(demo: bool = False) -> str:
    metrics = issue_fakes.metrics()
    made_of = issue_fakes.issues()
    return index.page(made_of, FILES, metrics, fakes.config(), fakes.run_info(demo)).replace("\xa0", " ")


def over_time(*issues):  # type: ignore[no-untyped-def]
    return issues_over_time.over_time(issues_over_time.told(issues, issue_fakes.metrics()))


def moved(*issues):  # type: ignore[no-untyped-def]
    return issues_over_time.moved(issues_over_time.told(issues, issue_fakes.metrics()))


def test_each_kind_of_period_has_its_own_table_oldest_first():
    tertials, years = over_time(*issue_fakes.issues())
    names = [column.name.replace("\xa0", " ") for column in tertials.columns]
    assert names == ["Tertial 3 2025", "Tertial 1 2026", "Tertial 2 2026"]
    assert [column.judged_on for column in tertials.columns][-1] == "januari–augusti 2026"
    assert [column.name for column in years.columns] == ["Helåret\xa02025"]


def test_a_row_tells_outcome_and_status_in_every_report_and_a_mark_where_it_is_hidden():
    tertials, _ = over_time(*issue_fakes.issues())
    share, law, days = tertials.rows
    assert [(cell.outcome, cell.verdict.word) for cell in share.cells] == [
        ("70\xa0%", "inte uppfyllt"), ("70\xa0%", "inte uppfyllt"), ("92\xa0%", "målet uppfyllt"),
    ]  # fmt: skip
    assert {cell.verdict.word for cell in law.cells} == {"lagkravet uppfyllt i 48\xa0av\xa050"}
    assert [cell.outcome for cell in days.cells] == ["80\xa0dagar", "··", "80\xa0dagar"]
    assert days.cells[1].verdict.word == "··"


def test_what_a_report_did_not_have_is_no_figure_and_another_definition_is_said():
    before, now = made("2026T1", 70, Status.NOT_MET), made("2026T2", 70, Status.NOT_MET, definitions={SHARE: "b"})
    kept = {key: one for key, one in before.figures.figures.items() if key.metric != SHARE}
    before.figures.__dict__["figures"] = kept
    (table,) = over_time(before, now)
    assert table.rows[0].cells[0] is None
    assert table.rows[0].cells[1].note == "ändrad definition"


def test_only_the_latest_periods_stand_side_by_side():
    codes = [f"{year}T{number}" for year in (2024, 2025, 2026) for number in (1, 2, 3)]
    (table,) = over_time(*(made(code, 70, Status.NOT_MET) for code in codes))
    assert len(table.columns) == issues_over_time.MOST_PERIODS
    assert table.columns[-1].name == "Tertial\xa03\xa02026"
    assert table.older == "De 6 senaste visas. 3 äldre står i listan över rapporter."


def test_a_changed_status_is_told_with_its_way_and_no_other():
    newest, first = moved(*issue_fakes.issues())
    assert newest.title == "Tertial\xa02\xa02026 mot tertial\xa01\xa02026"
    (row,) = newest.rows
    assert (row.before.mark, row.now.mark, row.way, row.note) == (
        Mark.NOT_MET, Mark.MET, "bättre status", "ändrad definition",
    )  # fmt: skip
    assert newest.sentence == "Jämfört med rapporten för tertial\xa01\xa02026: 1\xa0mått har fått bättre status."
    assert first.rows == ()
    assert first.sentence.startswith("Inget mål och inget lagkrav har fått en annan status")


def test_what_was_hidden_then_is_not_told_as_changed_now():
    (only,) = moved(made("2026T1", 92, Status.MET, days=None), made("2026T2", 92, Status.MET, days=80.0))
    assert only.rows == ()


def test_the_worse_come_first():
    before, now = made("2026T1", 95, Status.MET), made("2026T2", 70, Status.NOT_MET)
    (only,) = moved(before, now)
    assert [row.way for row in only.rows] == ["sämre status"]


def test_the_list_links_to_what_the_committee_got_and_only_to_what_stands():
    text = page()
    linked = re.findall(r'<a href="([^"#]+)"', text)
    assert linked == [f"{code}/committee/{name}" for code in ("2026T2", "2025T3") for name in NAMES]
    assert text.count("ligger inte kvar här") == 2
    assert "internal" not in text
    assert "Den senaste rapporten gäller tertial 2 2026, maj–augusti." in text


def test_a_hidden_figure_is_a_mark_for_eyes_and_ears():
    rows = re.findall(r"<tr[ >].*?</tr>", page())
    row = next(one for one in rows if "Utredningstid" in one and one.count("<td") == 3)
    assert row.count('<i class="h">skyddad</i>') == 1


def test_an_invented_municipality_is_marked(tmp_path: Path):
    text = page(demo=True)
    assert "<title>DEMODATA – Kvalitetsrapporter" in text
    assert index.file_name(demo=True) == "index-DEMODATA.html"
