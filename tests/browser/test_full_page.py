"""The page with as much to compare with as there can be: every indicator, and eight municipalities' files."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.pages import PHONE, Heard, draw_all, opened, unfold
from tests.conftest import ROOT, TODAY, remember
from tests.unit.comparison import full

MOST_BYTES = 3_000_000


@pytest.fixture(scope="module")
def page(demo: Path, taken_for_real: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The committee's page of the demo's extracts, taken for a real municipality's, among many others."""
    folder = tmp_path_factory.mktemp("full")
    config = Path(shutil.copy(ROOT / "config.toml", folder))
    text = re.sub(r'(?m)^name = ".*"', f'name = "{full.NAME}"', config.read_text(encoding="utf-8"), count=1)
    config.write_text(text.replace('code = "9999"', f'code = "{full.OWN}"'), encoding="utf-8")
    places = (f"--config={config}", f"--processed={folder / 'processed'}", f"--today={TODAY}")
    _run("demo", f"--out={folder / 'raw'}", f"--today={TODAY}")
    remember(taken_for_real, folder / "processed")
    full.keep(folder / "processed" / "history")
    full.import_files(folder / "processed" / "history", next(demo.glob("*/committee/resultat*.csv")), folder)
    _run("report", *places, f"--raw={folder / 'raw'}", f"--reports={folder / 'reports'}")
    return next((folder / "reports").glob("*/committee/rapport.html"))


def _run(*arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", *arguments],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "120"},
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr


def test_the_page_stays_within_its_size(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert text.count('<div class="beside-others">') >= 20
    assert text.count('class="compare drawn exchange"') >= 40
    assert len(text.encode("utf-8")) <= MOST_BYTES


def test_its_charts_are_drawn_and_a_phone_is_wide_enough(page: Path, chromium: Browser) -> None:
    heard = Heard()
    seen = opened(chromium, page, heard, viewport=PHONE)
    draw_all(seen)
    unfold(seen)
    assert seen.locator('.chart[id*="-andra-"] svg').count() >= 20
    assert seen.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    label = "getComputedStyle(document.querySelector('.national td'), '::before').content"
    assert seen.evaluate(label) == '"Kommunen"'
    assert heard.complaints == []
    seen.context.close()
