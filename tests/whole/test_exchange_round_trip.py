"""Three invented municipalities: two publish, the third takes in their files and compares; hidden stays hidden."""

from __future__ import annotations

import csv
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from pathlib import Path

import openpyxl
import pytest

from pipeline.metrics import catalogue
from tests.whole.test_runs import ROOT, TODAY, report, tertial

PERIOD = "2025T2"
WITHIN, WAIT = "investigation_within_120_days", "decision_wait_days"
HIDDEN, HIDDEN_CELL = "skyddad", "··"  # on the page and in the workbook


@dataclass(frozen=True)
class Town:
    """A municipality: child investigations closed within 120 days and later, and how long each decision waited."""

    name: str
    code: str
    soon: int
    late: int
    waits: tuple[int, ...]


EAST = Town("Östköping", "0197", 30, 10, (61, 62, 64))  # so few decisions that their mean is hidden
WEST = Town("Västköping", "0198", 45, 5, (20, 30, 40, 50, 60, 70))
OURS = Town("Mittköping", "0199", 20, 20, (11, 12, 13, 17))  # here too


def settle(folder: Path, town: Town) -> Path:
    """A folder with the municipality's configuration and extracts."""
    text = (ROOT / "config.toml").read_text(encoding="utf-8")
    text = re.sub(r'(?m)^name = ".*"', f'name = "{town.name}"', text, count=1)
    text = text.replace('code = "9999"', f'code = "{town.code}"')
    raw = folder / "raw"
    raw.mkdir(parents=True)
    (folder / "config.toml").write_text(text, encoding="utf-8")
    _write(raw / "enheter_2025-09-05.csv", "Enhet;Verksamhetsuppdrag;Verksamhetsområde",
           ["Mottagning;Barn och familj;Barn och unga", "Stöd;Stöd;Funktionsnedsättning"])  # fmt: skip
    closed = ["2025-05-20"] * town.soon + ["2025-08-20"] * town.late
    _write(
        raw / "utredningar_2025-09-05.csv",
        "Utrednings-ID;Person-ID;Enhet;Verksamhetsområde;Inledd;Avslutad",
        [f"U{number};P{number};Mottagning;Barn och unga;2025-02-01;{day}" for number, day in enumerate(closed)],
    )
    decided, numbers = date(2025, 5, 2), count()
    _write(
        raw / "beslut_2025-09-05.csv",
        "Beslut-ID;Person-ID;Enhet;Verksamhetsområde;Lag;Insats;Beslutsdatum;Beslut;Verkställighetsdatum",
        [f"B{next(numbers)};Q{wait};Stöd;Funktionsnedsättning;LSS;Daglig verksamhet;{decided};bifall;"
         f"{decided + timedelta(days=wait)}" for wait in town.waits],
    )  # fmt: skip
    return folder


def _write(file: Path, headings: str, rows: list[str]) -> None:
    file.write_text("\n".join([headings, *rows]) + "\n", encoding="utf-8")


def publish(folder: Path, town: Town) -> Path:
    """Make the municipality's report; gives the committee's folder."""
    done = report(settle(folder, town), f"--period={PERIOD}")
    assert done.returncode == 0, done.stderr
    return folder / "reports" / PERIOD / "committee"


def bring_in(folder: Path, file: Path) -> tuple[int, str, str]:
    done = tertial("compare", "import", str(file), f"--config={folder / 'config.toml'}",
                   f"--processed={folder / 'processed'}", f"--today={TODAY}")  # fmt: skip
    return done.returncode, done.stdout, done.stderr


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our committee's folder, once the others' files have been taken in."""
    home = tmp_path_factory.mktemp("towns")
    ours = settle(home / OURS.name, OURS)
    for town in (EAST, WEST):
        code, out, errors = bring_in(ours, publish(home / town.name, town) / "resultat.csv")
        assert code == 0, errors
        assert f"Socialnämnden i kommun {town.code}, {PERIOD}: " in out
    done = report(ours, f"--period={PERIOD}")
    assert done.returncode == 0, done.stderr
    return ours / "reports" / PERIOD / "committee"


def rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def own_total(committee: Path, metric: str, statistic: str) -> dict[str, str]:
    (found,) = [row for row in rows(committee / "resultat.csv")
                if (row["metric"], row["statistic"], row["window"], row["level"], row["breakdown"])
                == (metric, statistic, "ytd", "1", "")]  # fmt: skip
    return found


def tables(page: str) -> dict[str, dict[str, str]]:
    """What the tables of exchanged figures say: caption → municipality → what stands there."""
    found = {}
    for table in re.findall(r'<table class="compare drawn exchange".*?</table>', page, flags=re.DOTALL):
        caption = re.findall(r"<caption.*?>(.*?)</caption>", table, flags=re.DOTALL)[0]
        cells = re.findall(r'<tr[^>]*><th scope="row">(.*?)</th><td>(.*?)</td>', table, flags=re.DOTALL)
        found[plain(caption)] = {plain(name): plain(cell) for name, cell in cells}
    return found


def plain(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", markup)).replace("\N{NO-BREAK SPACE}", " ").strip()


def about(page: str, metric: str) -> str:
    """A metric's own part of the page."""
    (found,) = re.findall(rf'<article class="metric" aria-labelledby="{metric}">.*?</article>', page, flags=re.DOTALL)
    return found


def test_shown_figures_stand_beside_each_other(compared: Path):
    part = about((compared / "rapport.html").read_text(encoding="utf-8"), WITHIN)
    (of_share,) = tables(part).values()
    assert of_share == {"Kommun 0198": "90 %", "Kommun 0197": "75 %", "Mittköping (vi)": "50 %"}
    assert "Medianen för de 2 andra kommunerna är 83 %." in plain(part)
    assert "Mittköping är på plats 3 av 3 kommuner, där 1 är bäst." in plain(part)


def test_hidden_figures_stay_hidden_theirs_and_ours(compared: Path):
    east = compared.parents[3] / EAST.name / "reports" / PERIOD
    for committee in (compared, east / "committee"):
        assert own_total(committee, WAIT, "mean")["suppressed"] == "true"
    part = about((compared / "rapport.html").read_text(encoding="utf-8"), WAIT)
    (of_wait,) = tables(part).values()
    assert of_wait == {"Kommun 0197": HIDDEN, "Mittköping (vi)": HIDDEN, "Kommun 0198": "45 dagar"}
    # A hidden figure has no place among the others, and does not count in their median.
    assert "En annan kommun har lämnat ett värde, 45 dagar." in plain(part)
    assert "där 1 är" not in plain(part)


def test_no_hidden_number_is_anywhere_in_what_was_exchanged_or_shown(compared: Path):
    """62.33 and 13.25 are the means that the internal files alone hold."""
    home = compared.parents[3]
    for town, secret in ((EAST, "62.33"), (OURS, "13.25")):
        internal = home / town.name / "reports" / PERIOD / "internal" / "resultat.csv"
        assert any(row["value"] == secret for row in rows(internal))
    kept = home / OURS.name / "processed" / "history" / "comparisons"
    texts = [file.read_bytes() for file in kept.rglob("*") if file.is_file()]
    page = (compared / "rapport.html").read_text(encoding="utf-8")
    for secret in ("62.33", "62,33", "62,3", "13.25", "13,25", "13,2"):
        assert not any(secret.encode() in text for text in texts)
        assert not any(secret in cell for cells in tables(page).values() for cell in cells.values())


def test_the_workbook_says_the_same(compared: Path):
    sheet = openpyxl.load_workbook(compared / "rapport.xlsx")["Jämförelser"]
    cells = [[plain(str(cell)) for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    titles = {name: metric.title for name, metric in catalogue.read().items()}
    said = {(row[0], name): row[row.index(name) + 1] for row in cells for name in ("Kommun 0197", "Kommun 0198")
            if name in row[:-1]}  # fmt: skip
    assert said[titles[WITHIN], "Kommun 0197"] == "0.75"
    assert said[titles[WAIT], "Kommun 0198"] == "45"
    assert said[titles[WAIT], "Kommun 0197"] == HIDDEN_CELL


def test_an_internal_file_and_our_own_are_refused(compared: Path):
    home = compared.parents[3]
    ours = home / OURS.name
    code, out, errors = bring_in(ours, home / EAST.name / "reports" / PERIOD / "internal" / "resultat.csv")
    assert (code, out) == (2, "")
    assert errors.startswith("Filen resultat.csv, rad ")
    code, out, errors = bring_in(ours, compared / "resultat.csv")
    assert (code, out) == (2, "")
    assert "är er egen (kommunkod 0199)" in errors
