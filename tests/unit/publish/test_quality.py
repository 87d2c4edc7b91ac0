import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from pipeline.model import Rejection, Seen
from pipeline.publish import faults, forms, quality_html, quality_words, quality_workbook
from tests.unit.publish import fakes, quality_fakes
from tests.unit.publish.quality_fakes import quality, rejection

DEFINITIONS = {
    "within": fakes.metric(title="Barnutredningar inom 120 dagar", needs={"investigations": ("closed",)}),
    "share": fakes.metric(title="SoL-beslut efter utredning", needs={"investigations": ("opened or kind",)}),
    "age": fakes.metric(
        title="Utredningstid", needs={"investigations": ("opened",)}, refines={"investigations": ("closed",)}
    ),
}


def _page(folder: Path, faults: int = 30, demo: bool = False, seen: Seen | None = None, **changes: object) -> str:
    file = folder / "datakvalitet.html"
    state = replace(quality(faults), **changes)  # type: ignore[arg-type]
    quality_html.write(file, state, fakes.config(), fakes.run_info(demo=demo), DEFINITIONS, seen)
    return file.read_text(encoding="utf-8")


def _book(folder: Path, faults: int = 30, seen: Seen | None = None, **changes: object) -> openpyxl.Workbook:
    file = folder / "datakvalitet.xlsx"
    state = replace(quality(faults), **changes)  # type: ignore[arg-type]
    quality_workbook.write(file, state, fakes.config(), fakes.run_info(), DEFINITIONS, seen)
    return openpyxl.load_workbook(file)


def test_counts_go_by_unit_and_extract_the_most_common_first_and_no_unit_last():
    at_one_unit = rejection(2, unit="Öst"), rejection(3, unit="Öst"), rejection(4, unit="Öst", rule="missing")
    found = faults.listings(replace(quality(), rejections=(rejection(5, unit=""), *at_one_unit)))
    assert list(faults.counts(found)) == [
        ("Öst", "investigations", "unreadable_date", 2),
        ("Öst", "investigations", "missing", 1),
        ("ej angivet", "investigations", "unreadable_date", 1),
    ]


def test_page_tells_what_came_in_and_what_was_skipped(tmp_path: Path):
    page = _page(tmp_path)
    for text in ("aktualiseringar_2026-09-05.xlsx", "Windows-1252", "Blad1, Blad2", "Anteckning, Skapad av"):
        assert text in page
    assert "Blad1: summa i sidfoten (rad 2204)" in page
    assert "5\N{NO-BREAK SPACE}september\N{NO-BREAK SPACE}2026" in page or "5\N{NO-BREAK SPACE}september 2026" in page


@pytest.mark.parametrize(("rejected", "stops"), [(50, False), (51, True)])
def test_banner_stands_only_above_the_limit(tmp_path: Path, rejected: int, stops: bool):
    assert (faults.STOPPED in _page(tmp_path, rejected)) is stops
    sheet = _book(tmp_path, rejected)["Översikt"]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    assert (faults.STOPPED in texts) is stops
    assert ("över gränsen" in texts) is stops


def test_the_share_just_above_the_limit_does_not_read_as_the_limit(tmp_path: Path):
    above = quality_fakes.account(read=10_000, loaded=9_499, rejected=501, duplicates=0, superseded=0)
    assert faults.rejected_share(above) == "5,01\N{NO-BREAK SPACE}%"
    assert "Utredningar (5,01\N{NO-BREAK SPACE}%). Ingen rapport publiceras, om inte" in _page(tmp_path, files=(above,))
    assert faults.rejected_share(replace(above, read=0)) == "–"


def test_page_lists_so_many_rows_a_rule_and_says_where_the_rest_are(tmp_path: Path):
    page = _page(tmp_path, quality_html.MOST_LISTED + 1)
    # The three of one rule each, and five hundred of the common one.
    assert page.count("går inte att läsa som ett datum.") == quality_html.MOST_LISTED
    assert "500 av dem visas här, några från varje enhet; alla finns i datakvalitet.xlsx." in page
    assert "av dem visas här" not in _page(tmp_path, quality_html.MOST_LISTED)


def test_page_escapes_what_comes_from_files(tmp_path: Path):
    page = _page(tmp_path, rejections=(rejection(value="<script>alert(1)</script>"),))
    assert page.count("<script") == 1
    assert "&lt;script&gt;alert" in page


def test_page_asks_for_nothing(tmp_path: Path):
    page = _page(tmp_path)
    assert "default-src 'none'" in page
    assert not re.search(r"(?:src|href)=\"(?!#)", page)
    assert "url(" not in page


def test_tables_have_captions_and_headings(tmp_path: Path):
    page = _page(tmp_path)
    assert '<html lang="sv">' in page
    assert page.count("<h1") == 1
    assert page.count("<table") == page.count("<caption")
    assert "<th>" not in page


def test_demodata_is_said_on_the_page(tmp_path: Path):
    assert "DEMODATA" in _page(tmp_path, demo=True)
    assert "DEMODATA" not in _page(tmp_path)


def test_nothing_wrong_is_said_in_words(tmp_path: Path):
    page = _page(tmp_path, rejections=(), warnings=())
    assert "Inga rader är underkända." in page
    assert "Inga varningar." in page
    book = _book(tmp_path, rejections=(), warnings=(), files=())
    assert book["Underkända rader"]["A3"].value == "Inga rader är underkända."
    assert book["Filer"]["A3"].value == "Inga filer lästes."


def test_workbook_holds_every_fault_with_where_and_what_to_do(tmp_path: Path):
    book = _book(tmp_path, 700)
    sheet = book["Underkända rader"]
    rows = [[cell.value for cell in row] for row in sheet[sheet.tables["underkanda_1"].ref]]
    assert len(rows) == 1 + 702
    first = dict(zip(rows[0], rows[-1], strict=True))
    assert first["Fil"] == "utredningar_2026-09-05.csv"
    assert (first["Rubrik"], first["Fel"]) == ("Avslutad", "Datum går inte att läsa")
    assert isinstance(first["Rad"], int)
    assert first["Att göra"]


@pytest.mark.parametrize("most_dressed", [5000, 0])
def test_values_from_files_stay_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most_dressed: int):
    monkeypatch.setattr(quality_workbook, "_MOST_DRESSED_ROWS", most_dressed)
    sheet = _book(tmp_path)["Underkända rader"]
    cells = [cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=")]
    assert [cell.value for cell in cells] == [
        "=Resultat", '=HYPERLINK("x")', "=Resultat avgör SoL-beslut efter utredning.",
    ]  # fmt: skip
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in cells)


def test_more_rows_than_a_sheet_holds_go_on_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(quality_workbook, "_MOST_ROWS_A_SHEET", 20)
    book = _book(tmp_path, 38)
    assert [name for name in book.sheetnames if name.startswith("Underkända")] == [
        "Underkända rader", "Underkända rader 2",
    ]  # fmt: skip
    assert "underkanda_2" in book["Underkända rader 2"].tables


def test_a_file_that_does_not_add_up_is_told(tmp_path: Path):
    lost = (quality_fakes.account(loaded=900),)
    assert '<span class="over">nej</span>' in _page(tmp_path, files=lost)
    assert "nej" in [cell.value for cell in _book(tmp_path, files=lost)["Filer"][4]]


# --- why it matters -------------------------------------------------------------------------------------------------


def test_the_page_says_which_metrics_a_fault_matters_for(tmp_path: Path):
    page = _page(tmp_path)
    told = (
        "En underkänd rad saknas i alla mått som räknas på utredningar: barnutredningar inom 120 dagar, SoL-beslut"
        " efter utredning och utredningstid."
    )
    assert told in page
    assert "Avslutad avgör barnutredningar inom 120 dagar och utredningstid." in page


def test_a_column_that_no_metric_needs_matters_for_those_that_count_the_row(tmp_path: Path):
    book = _book(tmp_path, rejections=(rejection(column="case_worker", heading="Handläggare"),))
    assert _cells(book, "underkanda_1")[1]["Varför det spelar roll"].startswith("En underkänd rad saknas i alla mått")


def test_the_workbook_names_every_metric_that_a_fault_matters_for(tmp_path: Path):
    rows = [tuple(row.values()) for row in _cells(_book(tmp_path), "berorda_matt")[1:]]
    assert rows[:3] == [("Utredningar", "hela raden", metric.title) for metric in DEFINITIONS.values()]
    assert ("Utredningar", "Avslutad", "Utredningstid") in rows
    assert ("Utredningar", "Avslutad", "SoL-beslut efter utredning") not in rows
    few = _book(tmp_path, rejections=())
    assert "Inga mått berörs." in [cell.value for row in few["Berörda mått"].iter_rows() for cell in row]


def test_an_extract_that_no_metric_counts_yet_says_so(tmp_path: Path):
    page = _page(tmp_path, rejections=(rejection(extract="surveys", column="answered"),))
    assert "Inget mått räknas ännu på enkäter." in page


def _cells(book: openpyxl.Workbook, table: str) -> list[dict[str, object]]:
    sheet = next(sheet for sheet in book if table in sheet.tables)
    rows = [[cell.value for cell in row] for row in sheet[sheet.tables[table].ref]]
    return [dict(zip(rows[0], row, strict=True)) for row in rows]


# --- by unit --------------------------------------------------------------------------------------------------------


def test_every_row_and_choice_names_its_unit(tmp_path: Path):
    page = _page(tmp_path)
    choices = re.findall(r"<option>([^<]*)</option>", page)
    assert choices == ["Utredning Norr", "Utredning Söder", "Öst", "ej angivet"]
    assert set(re.findall(r'data-unit="([^"]*)"', page)) == set(choices)


def test_one_unit_is_no_choice(tmp_path: Path):
    assert 'id="enhetsfilter"' not in _page(tmp_path, rejections=(rejection(),))


def test_a_small_unit_is_not_crowded_out_of_the_page(tmp_path: Path):
    many = [rejection(row, unit="Stora") for row in range(2, 700)]
    page = _page(tmp_path, rejections=(*many, rejection(900, unit="Ödet")))
    assert "U-900" in page
    assert page.count('data-unit="Stora"') == quality_html.MOST_LISTED  # 499 faults and the count


@pytest.mark.parametrize(("most", "shown"), [(10, 6), (6, 6), (5, 4), (4, 4), (3, 2), (2, 2), (1, 0)])
def test_a_shortened_list_takes_as_many_of_each_unit(most: int, shown: int):
    three = [rejection(row, unit="A") for row in (1, 2, 3)] + [rejection(row, unit="B") for row in (4, 5, 6)]
    (listing,) = faults.listings(replace(quality(), rejections=tuple(three)))
    assert len(listing.first(most)) == shown


def test_the_workbooks_rows_can_be_chosen_among(tmp_path: Path):
    book = _book(tmp_path, seen=quality_fakes.seen())
    for name in ("underkanda_1", "fel_per_enhet", "rattat", "varningar", "filer"):
        sheet = next(sheet for sheet in book if name in sheet.tables)
        assert sheet.tables[name].autoFilter is not None, name


def test_every_fault_and_warning_names_its_rule_as_config_does(tmp_path: Path):
    page, book = _page(tmp_path, seen=quality_fakes.seen()), _book(tmp_path, seen=quality_fakes.seen())
    for rule in ("unreadable_date", "closed_before_opened", "unknown_code", "missing", "rows_halved"):
        assert f">{rule}</span>" in page
    for table, rules in (
        ("underkanda_1", {"unreadable_date", "closed_before_opened", "unknown_code"}),
        ("fel_per_enhet", {"unreadable_date", "closed_before_opened", "unknown_code"}),
        ("rattat", {"missing", "too_late"}),
        ("varningar", {"unit", "rows_halved"}),
    ):
        assert {row["Regel"] for row in _cells(book, table)[1:]} == rules


# --- earlier deliveries ---------------------------------------------------------------------------------------------


def test_without_a_register_nothing_is_said_of_earlier_deliveries(tmp_path: Path):
    page = _page(tmp_path)
    assert "förra leveransen" not in page
    assert ">Sedd<" not in page
    assert "Rättat" not in _book(tmp_path).sheetnames


def test_the_first_delivery_says_so(tmp_path: Path):
    assert "det finns inget att jämföra med" in _page(tmp_path, seen=Seen()).replace("så det", "det")


def test_an_older_delivery_is_not_called_the_first(tmp_path: Path):
    later = Seen(later={"investigations": date(2026, 9, 5)})
    texts = " ".join(
        str(cell.value)
        for row in _book(tmp_path, seen=later)["Sedan förra leveransen"].iter_rows()
        for cell in row
        if cell.value
    )
    page = _page(tmp_path, seen=later)
    for told in (page, texts):
        assert "Senare leveranser är kända: utredningar 5\N{NO-BREAK SPACE}september 2026." in told
        assert "första leveransen" not in told
    assert "det finns inget att jämföra med" in page
    compared = replace(later, earlier={"investigations": date(2026, 5, 4)})
    assert "det finns inget att jämföra med" not in _page(tmp_path, seen=compared)


def test_faults_are_new_or_seen_since_a_day(tmp_path: Path):
    page = _page(tmp_path, seen=quality_fakes.seen())
    assert (
        page.count('data-label="Sedd">sedan 4\N{NO-BREAK SPACE}maj 2026<') == 12
    )  # ten rows, two of them with two faults
    assert page.count('data-label="Sedd">ny<') == 20
    told = quality_words.since_last(quality(), quality_fakes.seen())
    assert [(one.extract, one.new, one.again, one.mended) for one in told] == [
        ("referrals", None, None, None),
        ("investigations", 20, 12, 2),
    ]


def test_what_is_gone_has_a_section_of_its_own(tmp_path: Path):
    page = _page(tmp_path, seen=quality_fakes.seen())
    gone = page.split('id="rattat"')[1].split("</section>")[0]
    for text in ("U-901", "Obligatorisk uppgift saknas", "Utredning Norr", "4\N{NO-BREAK SPACE}maj 2026", "ej angivet"):
        assert text in gone
    rows = _cells(_book(tmp_path, seen=quality_fakes.seen()), "rattat")
    assert [(row["Ärende"], row["Enhet"], row["Sedd sedan"]) for row in rows[1:]] == [
        ("U-901", "Utredning Norr", "2026-05-04"),
        ("U-902", "ej angivet", "2025-09-03"),
    ]


def test_nothing_gone_is_said_in_the_workbook(tmp_path: Path):
    book = _book(tmp_path, seen=replace(quality_fakes.seen(), mended=()))
    assert "Inga fel är rättade." in [cell.value for row in book["Rättat"].iter_rows() for cell in row]


def test_sudden_drops_stand_among_the_warnings(tmp_path: Path):
    text = "mot 4600 i det förra, levererat 4\N{NO-BREAK SPACE}maj 2026."
    assert text in _page(tmp_path, seen=quality_fakes.seen())
    assert text in str(_cells(_book(tmp_path, seen=quality_fakes.seen()), "varningar")[-1]["Vad"])


# --- how the files were read, how late, and what is excepted --------------------------------------------------------


def test_how_a_file_was_read_is_told(tmp_path: Path):
    assert "<li>Blad2 var dolt och har lästs.</li>" in _page(tmp_path)
    told = _cells(_book(tmp_path), "filer")[1]["Så lästes filen"]
    assert told == "Läst med profilen Procapita.\nBlad2 var dolt och har lästs."


def test_late_registration_is_told_in_words_with_what_it_rests_on(tmp_path: Path):
    page = _page(tmp_path)
    nbsp = "\N{NO-BREAK SPACE}"
    assert (
        f"Aktualiseringar i augusti 2026: 93{nbsp}% av dem brukar vara registrerade 5{nbsp}dagar efter månadens slut."
    ) in page
    assert f"Räknat på 1{nbsp}240{nbsp}aktualiseringar som kom in juni 2025–maj 2026" in page
    rows = _cells(_book(tmp_path), "sen_registrering")
    assert rows[2]["Brukar vara registrerat då (%)"] == 0.934


def test_too_few_rows_for_lateness_leave_it_out(tmp_path: Path):
    assert "registrering" not in _page(tmp_path, lateness=())
    book = _book(tmp_path, lateness=())
    assert "För få aktualiseringar" in book["Sen registrering"]["A3"].value


def test_a_delivery_on_the_months_last_day_has_a_sentence_of_its_own():
    late = replace(quality().lateness[0], days=0)
    (told,) = quality_words.lateness(replace(quality(), lateness=(late,)))
    assert told.sentence.endswith("samma dag som månaden slutar.")


def test_exceptions_are_told_with_reason_and_last_day_those_in_force_first(tmp_path: Path):
    nbsp = "\N{NO-BREAK SPACE}"
    in_force = (
        "Okänt värde i utredningar: ger bara en varning i stället för att underkänna raden, till och med"
        f" 31{nbsp}december 2026. Skäl: Koderna ses över tillsammans med leverantören."
    )
    expired = (
        f"Datum i framtiden i alla utdrag: undantaget gällde till och med 31{nbsp}december 2026 och har upphört. Regeln"
        " underkänner raden som vanligt. Skälet var: Koderna ses över tillsammans med leverantören."
    )
    assert quality_words.exceptions(quality()) == [in_force, expired]
    assert f"<li>{in_force}</li>" in _page(tmp_path)
    texts = " ".join(str(cell.value) for row in _book(tmp_path)["Undantag"].iter_rows() for cell in row if cell.value)
    assert in_force in texts


def test_without_exceptions_the_page_does_not_speak_of_them(tmp_path: Path):
    assert quality_words.RULES_TITLE not in _page(tmp_path, severities=())
    assert "Inställningarna ändrar inga regler." in str(_book(tmp_path, severities=())["Undantag"]["A3"].value)


def test_what_stops_a_run_and_faults_that_are_not_listed_are_said_first(tmp_path: Path):
    changes = {"stops": ("Datumet går inte att läsa.",), "unlisted": {"investigations": 1200}}
    page, book = _page(tmp_path, **changes), _book(tmp_path, **changes)
    texts = " ".join(str(cell.value) for row in book["Översikt"].iter_rows() for cell in row if cell.value)
    for told in (page.split('id="utdrag"')[0], texts):
        assert "Datumet går inte att läsa." in told
    for told in (page, texts):
        assert "Utredningar har ytterligare 1\N{NO-BREAK SPACE}200\N{NO-BREAK SPACE}fel" in told


def test_extracts_stand_in_the_order_that_they_were_read(tmp_path: Path):
    both = rejection(2), rejection(3, extract="referrals")
    page = _page(tmp_path, rejections=both).split('id="underkanda"')[1]
    assert page.index("<h3>Aktualiseringar</h3>") < page.index("<h3>Utredningar</h3>")


# --- persons with protected identity --------------------------------------------------------------------------------


def _every_cell(book: openpyxl.Workbook) -> list[str]:
    return [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]


def _secret(**changes: object) -> Rejection:
    told = {"reason": "Avslutad (hemligt) går inte att läsa.", "value": "hemligt", "key": "U-hemlig", "protected": True}
    return rejection(77, **(told | changes))


def test_a_row_about_somebody_protected_is_counted_and_never_listed(tmp_path: Path):
    rejections = (rejection(5), _secret(), _secret(rule="missing"))
    texts = [_page(tmp_path, rejections=rejections), "\n".join(_every_cell(_book(tmp_path, rejections=rejections)))]
    said = f"2{forms.NBSP}fel gäller personer med skyddade personuppgifter. De är medräknade i antalen men står inte"
    for text in texts:
        assert "U-5" in text
        assert "hemlig" not in text
        assert said in text
    assert "Datum går inte att läsa: 2 fel" in texts[0]
    sheet = _book(tmp_path, rejections=rejections)["Fel per enhet"]
    assert sorted(row[4] for row in sheet.iter_rows(min_row=4, values_only=True)) == [1, 2]


def test_where_nobody_is_protected_nothing_is_said_of_it(tmp_path: Path):
    assert "skyddade personuppgifter" not in _page(tmp_path)
    assert not any("skyddade personuppgifter" in text for text in _every_cell(_book(tmp_path)))


@pytest.mark.parametrize("others", [0, 1])
def test_a_mended_fault_of_somebody_protected_is_a_number_alone(tmp_path: Path, others: int):
    known = quality_fakes.seen()
    gone = replace(known.mended[0], key="", unit="Hemliga enheten", protected=True)
    seen = replace(known, mended=(*known.mended[:others], gone))
    for text in (_page(tmp_path, seen=seen), "\n".join(_every_cell(_book(tmp_path, seen=seen)))):
        assert f"1{forms.NBSP}rättade fel gäller personer med skyddade personuppgifter och visas inte." in text
        assert ("U-901" in text) is bool(others)
        assert "Hemliga enheten" not in text
