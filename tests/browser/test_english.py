"""A run that asks for English: an accessible page within its width, and no Swedish word but the municipality's own."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb
import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from pipeline import wording
from pipeline.demo import comparisons
from tests.browser.pages import PHONE, Heard, draw_all, opened, unfold
from tests.unit.publish.test_language import visible
from tests.unit.test_language import unknown_to_english

# What is the same in every language: names of files, runs and sums of control, and of the act in its own language.
_SAME = re.compile(
    r"\S+\.(?:csv|xlsx|sql|toml|txt|tsv|xls)\b|\b[0-9a-f]{12,}\b|SHA-256|&[LCR](?=\w)|sql/metrics/\w+|DEMODATA"
)
_SHORTEST = 3
# Names; what rows outside the register are called; and two routines that the municipality calls what we call sheets.
_NAMES = {"Tertial", "Exempelköping", "Demodata", "Öppna", "jämförelser", "HVB", "okänt"}
_NAMES |= {"Internkontroll", "Uppföljningsplan"}


@pytest.fixture(scope="module")
def page_file(english_demo: Path) -> Path:
    return next(english_demo.glob("reports/*/committee/*.html"))


def test_the_page_is_accessible_silent_and_within_a_phone(chromium: Browser, page_file: Path) -> None:
    heard = Heard()
    page = opened(chromium, page_file, heard, viewport=PHONE)
    draw_all(page)
    unfold(page)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.locator("text=/[Mm]aj|[Oo]kt\\b/").count() == 0  # no Swedish month, in charts neither
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
    assert _unknown(said, english_demo) == set()


def test_no_swedish_word_is_left_in_the_workbook(english_demo: Path) -> None:
    file = next(english_demo.glob("reports/*/committee/*.xlsx"))
    assert openpyxl.load_workbook(file, read_only=True).properties.language == "en-GB"
    assert _unknown(list(_in_book(file)), english_demo) == set()


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


def _unknown(said: Iterable[str], folder: Path) -> set[str]:
    """The words that are neither English nor the municipality's own, whose whole texts are taken away first."""
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
