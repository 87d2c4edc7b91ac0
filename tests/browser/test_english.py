"""A run that asks for English: an accessible page within its width, and no Swedish word but the municipality's own."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb
import openpyxl
import pytest
from playwright.sync_api import Browser

from pipeline import wording
from pipeline.demo import comparisons
from tests.browser.pages import PHONE, Heard, accessibility_faults, draw_all, leave_a_few_of_each, opened, unfold
from tests.unit.publish.test_language import visible
from tests.unit.test_language import unknown_to_english
from tests.whole import figures_shown
from tests.whole.figures_shown import Table

# What is the same in every language: names of files, runs and sums of control, and of the act in its own language.
_SAME = re.compile(
    r"\S+\.(?:csv|xlsx|sql|toml|txt|tsv|xls)\b|\b[0-9a-f]{12,}\b|SHA-256|&[LCR](?=\w)|sql/metrics/\w+|DEMODATA"
)
_SHORTEST = 3
_NAMES = {"Tertial", "Exempelköping", "Demodata", "Öppna", "jämförelser", "HVB"}
# The programmes that have nothing to measure; units outside the register are of one that is called so.
_NAMELESS = re.compile(r"(?<=^Nothing to measure: )(?:.*(?<!\w))okänt(?!\w)")
_ORGANISED, _REQUIRED = re.compile("_niva[23]$"), "kravmatris"


@pytest.fixture(scope="module")
def page_file(english_demo: Path) -> Path:
    return next(english_demo.glob("reports/*/committee/*.html"))


def test_the_page_is_accessible_silent_and_within_a_phone(chromium: Browser, page_file: Path) -> None:
    heard = Heard()
    page = opened(chromium, page_file, heard, viewport=PHONE)
    draw_all(page)
    unfold(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert page.evaluate("document.documentElement.lang") == "en"
    drawn = page.locator(".main-svg text").all_text_contents()
    assert "May" in drawn
    assert [text for text in drawn if re.search(r"\b(?:maj|okt)\b", text)] == []
    # Last, since it takes parts away: nothing looks otherwise than in Swedish, and what is said is of the same parts.
    leave_a_few_of_each(page)
    faults = accessibility_faults(page)
    assert not faults, faults
    assert heard.requests == [page_file.as_uri()]
    assert heard.complaints == []
    page.context.close()


def test_a_table_sorts_by_english_numbers_and_days(chromium: Browser, page_file: Path) -> None:
    page = opened(chromium, page_file)
    table = page.locator("table.key")
    table.locator("th button.sort").nth(1).click()
    shown = [
        float(text.rstrip("%").split(" ")[0].replace(",", "")) for text in _shares(table.locator("tbody tr").all())
    ]
    assert len(shown) > 5
    assert shown == sorted(shown)
    page.context.close()


def _shares(rows: Iterable[object]) -> Iterator[str]:
    for row in rows:
        text = row.locator("td").first.inner_text().strip()  # type: ignore[attr-defined]
        if re.fullmatch(r"\d+(\.\d+)?%", text):
            yield text


def test_no_swedish_word_is_left_on_the_page(english_demo: Path, page_file: Path) -> None:
    said = visible(page_file.read_text(encoding="utf-8"))
    assert len(said) > 5000
    tables = [(table.where, table) for table in figures_shown.page(page_file).tables]
    assert _unknown(said, english_demo, tables) == set()


def test_no_swedish_word_is_left_in_the_workbook(english_demo: Path) -> None:
    file = next(english_demo.glob("reports/*/committee/*.xlsx"))
    assert openpyxl.load_workbook(file, read_only=True).properties.language == "en-GB"
    tables = list(figures_shown.workbook(file).items())
    assert _unknown(list(_in_book(file)), english_demo, tables) == set()


def test_a_word_of_ours_is_the_municipalitys_only_where_theirs_stand() -> None:
    """A routine and a programme may be called what we call a sheet or a missing answer; nothing else may."""
    tables = [
        ("kravmatris", Table("", (), "", [["Requirement", "Routine"], ["Egenkontroll", "Internkontroll|2024"]])),
        ("incidents_niva2", Table("", (), "", [["Programme", "Number"], ["okänt", 4]])),
        ("incidents_gender", Table("", (), "", [["Gender", "Number"], ["okänt", 4]])),
    ]
    assert _theirs(tables) == Counter(["Egenkontroll", "Internkontroll", "2024", "okänt"])


def _in_book(file: Path) -> Iterator[str]:
    import html
    import zipfile

    with zipfile.ZipFile(file) as archive:
        for name in archive.namelist():
            if name.startswith("xl/") and name.endswith(".xml") and "styles" not in name and "theme" not in name:
                text = archive.read(name).decode("utf-8")
                told = r'(?:<tableColumn[^>]* name|<sheet name|descr|altText|altTextSummary)="([^"]*)"'
                found = (*re.findall(r">([^<>]+)<", text), *re.findall(told, text))
                yield from (html.unescape(one) for one in found)


def _theirs(tables: Iterable[tuple[str, Table]]) -> Counter[str]:
    """What stands where nothing but the municipality's words do, and how often: programmes, units and requirements."""
    cells = [
        str(cell)
        for name, table in tables
        for row in table.rows[1:]
        for cell in (row if name == _REQUIRED else row[:1] if _ORGANISED.search(name) else ())
    ]
    return Counter(part for cell in cells for part in re.split(r"\||\n", cell) if part)


def _unknown(said: Iterable[str], folder: Path, tables: Iterable[tuple[str, Table]]) -> set[str]:
    """The words that are neither English nor the municipality's own, whose whole texts are taken away first."""
    said = [" ".join(_NAMELESS.sub(" ", text).split()) for text in said]
    said = list((Counter(said) - _theirs(tables)).elements())
    own = "|".join(map(re.escape, sorted(_municipalitys(folder), key=len, reverse=True)))
    away = re.compile(rf"(?<!\w)(?:{own})(?!\w)", re.IGNORECASE)
    plain = [away.sub(" ", _SAME.sub(" ", " ".join(text.split()))) for text in said]
    # A list that is broken over several rows cuts the names of units: their words stand too.
    units = {word for text in _municipalitys(folder, "unit") for word in text.split()}
    return {word for word in unknown_to_english(sorted(set(plain))) if word not in _NAMES | units}


def _municipalitys(folder: Path, only: str = "") -> set[str]:
    """Every text of the extracts and the configuration that is none of ours; names of invented municipalities."""
    ours = {text for message in wording.template() if message.id for text in _several(message.id)}
    with duckdb.connect(str(next(folder.glob("data/processed/*.duckdb"))), read_only=True) as db:
        columns = db.execute(
            "select table_schema, table_name, column_name from information_schema.columns where data_type = 'VARCHAR'"
        ).fetchall()
        texts = {
            str(text)
            for schema, table, column in columns
            for (text,) in db.execute(f'select distinct "{column}" from {schema}."{table}"').fetchall()
            if text and only in ("", column)
        }
    if only:
        return texts
    texts |= set(_leaves(tomllib.loads((folder / "config.toml").read_text(encoding="utf-8"))))
    texts |= set(comparisons._SIMILAR)
    lines = {" ".join(text.split()) for text in texts}
    return {text for text in lines if len(text) >= _SHORTEST and re.search("[a-zåäö]{2}", text)} - ours


def _several(text: object) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)  # type: ignore[arg-type]


def _leaves(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for one in value.values():
            yield from _leaves(one)
        yield from map(str, value)
    elif isinstance(value, list):
        for one in value:
            yield from _leaves(one)
    elif isinstance(value, str):
        yield value
