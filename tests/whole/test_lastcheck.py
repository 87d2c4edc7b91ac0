"""Whole runs that the last check stops: what is told of it and to whom, and that nothing is published."""

from __future__ import annotations

import csv
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from pipeline import config as configuration
from pipeline import quarter, run
from pipeline.config import Config
from pipeline.errors import ProtectionFailed
from pipeline.periods import Period
from pipeline.progress import Progress
from pipeline.publish import committee_html, committee_workbook, results
from pipeline.starting import Request
from tests.whole.test_ivo import DECISIONS
from tests.whole.test_runs import fingerprints, write_extracts

CASE = "UTR-0000017"


def settle(folder: Path) -> Config:
    """A configuration of a folder of its own, with extracts in which a case has an id of some length."""
    loaded = configuration.load()
    paths = {name: folder / name for name in ("raw", "processed", "reports")} | {"key": folder / "key" / "nyckel"}
    write_extracts(folder / "raw")
    file = folder / "raw" / "utredningar_2025-09-05.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("U17;", f"{CASE};"), encoding="utf-8")
    return loaded.model_copy(
        update={
            "paths": loaded.paths.model_copy(update=paths),
            "committee": loaded.committee.model_copy(update={"areas": ()}),
        }
    )


def report(config: Config) -> Path:
    request = Request(config, date(2025, 10, 1), Period.parse("2025T2"), raw_given=True)
    return run.report(request, Progress(quiet=True)).folder


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Config:
    """A period that has been published."""
    config = settle(tmp_path_factory.mktemp("lastcheck"))
    assert report(config).name == "2025T2"
    return config


@pytest.fixture
def stopped(published: Config) -> Iterator[Callable[[], tuple[str, str]]]:
    """Runs the report again, which must be stopped; gives what is said and the analyst's page."""
    folder = published.paths.reports / "2025T2"
    before = fingerprints(folder)

    def again() -> tuple[str, str]:
        with pytest.raises(ProtectionFailed) as failed:
            report(published)
        assert failed.value.exit_code == 5
        page = (published.paths.reports / "check" / "skydd.html").read_text(encoding="utf-8")
        assert CASE.casefold() not in f"{failed.value} {page}".casefold()
        return str(failed.value), page

    yield again
    assert fingerprints(folder) == before
    assert {one.name for one in published.paths.reports.iterdir()} <= {"2025T2", "check", "comments", "index.html"}


@pytest.mark.parametrize("case", [CASE.casefold().replace("-", "/"), "u5"])
def test_a_case_in_a_comment_stops_and_is_told_without_its_id(
    case: str, published: Config, stopped: Callable[[], tuple[str, str]]
) -> None:
    comments = published.paths.reports / "comments"
    comments.mkdir()
    (comments / "2025T2.md").write_text(
        f"## Sammanfattning\n\nSe särskilt ärende {case}, som drog ut på tiden.\n", encoding="utf-8"
    )
    try:
        said, page = stopped()
    finally:
        shutil.rmtree(comments)
    assert "rapport.html" in said
    assert "analytikerns kommentar" in said
    assert "Inget har publicerats." in said
    assert f"ärende {case}" not in page
    assert "Ta bort det ur kommentaren" in page
    assert "Bladet Kommentarer" in page


# --- what is left behind in each kind of file -----------------------------------------------------------------------


def _on_page(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    heading = "<h4>Enheter</h4>"
    assert heading in text
    row = '<tr><th scope="row">Söder</th><td>3 av 3</td><td><b>100 %</b></td></tr>'
    shown = text.replace(heading, f'{heading}<table class="compare"><tbody>{row}</tbody></table>', 1)
    file.write_text(shown.replace("<title>", f"<title>{CASE} ", 1), encoding="utf-8")


def _in_book(file: Path) -> None:
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    chart = next(name for name in parts if name.startswith("xl/charts/chart"))
    changed = {
        chart: re.sub(r"(<numCache>.*?<v>)[^<]*", r"\g<1>0.123", parts[chart], count=1, flags=re.DOTALL),
        "docProps/core.xml": parts["docProps/core.xml"].replace("Körning", f"{CASE} Körning"),
    }
    assert all(changed[name] != parts[name] for name in changed)
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in (parts | changed).items():
            archive.writestr(name, text)


def _in_table(file: Path) -> None:
    with file.open(encoding="utf-8", newline="") as stream:
        heading, *rows = csv.reader(stream)
    row = next(one for one in rows if one[heading.index("suppressed")] == "true")
    row[heading.index("value")] = "1.000000"
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([heading, *rows])


def test_what_a_writer_leaves_behind_is_found_in_every_file(
    stopped: Callable[[], tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module, name, tamper in (
        (committee_html, "write", _on_page),
        (committee_workbook, "write", _in_book),
        (results, "write_public", _in_table),
    ):
        monkeypatch.setattr(module, name, _and_then(getattr(module, name), tamper))
    _, page = stopped()
    for file, place in (
        ("rapport.html", "title"), ("rapport.html", "tabellraden ”Söder”"), ("resultat.csv", "Rad "),
        ("rapport.xlsx", "DocProps/core.xml"), ("rapport.xlsx", "Diagrammet xl/charts/chart"),
    ):  # fmt: skip
        assert file in page
        assert place in page


def _and_then(write: Callable[..., None], tamper: Callable[[Path], None]) -> Callable[..., None]:
    def both(file: Path, *more: object) -> None:
        write(file, *more)
        tamper(file)

    return both


def test_a_run_that_finds_nothing_takes_the_page_of_faults_away(published: Config) -> None:
    page = published.paths.reports / "check" / "skydd.html"
    page.parent.mkdir(exist_ok=True)
    page.write_text("gammal", encoding="utf-8")
    report(published)
    assert not page.exists()


def test_a_quarters_statistics_that_name_a_case_are_not_published(tmp_path: Path) -> None:
    config = settle(tmp_path)
    (tmp_path / "raw" / "beslut_2026-10-05.csv").write_text(DECISIONS, encoding="utf-8")
    told = config.municipality.model_copy(update={"name": "Kommunen BES-1"})
    request = Request(
        config.model_copy(update={"municipality": told}), date(2026, 10, 20), Period.parse("2026Q3"), raw_given=True
    )
    with pytest.raises(ProtectionFailed, match="fullmäktige") as failed:
        quarter.report(request, Progress(quiet=True))
    page = (tmp_path / "reports" / "check" / "skydd.html").read_text(encoding="utf-8")
    assert "fullmäktige.html" in page
    assert "fullmäktige.xlsx" in page
    assert "BES-1" not in str(failed.value)
    assert not (tmp_path / "reports" / "2026Q3" / "ivo").exists()
