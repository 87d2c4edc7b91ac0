"""Reports one after the other: what a later one tells of the figures that an earlier one published, and why."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline import config as configuration
from pipeline import run
from pipeline.errors import WrongUse
from pipeline.metrics import catalogue
from pipeline.periods import Period
from pipeline.progress import Progress
from pipeline.starting import Request

T1, T2 = Period.parse("2026T1"), Period.parse("2026T2")
MAY, SEPTEMBER, OCTOBER = date(2026, 5, 12), date(2026, 9, 10), date(2026, 10, 1)
METRIC = "investigation_within_120_days"
# The metrics that the extracts below are about; the whole catalogue would say nothing more here.
FEW = (METRIC, "investigations_opened")


@pytest.fixture(autouse=True)
def _few_metrics(monkeypatch: pytest.MonkeyPatch) -> None:
    every = catalogue.read()
    monkeypatch.setattr(catalogue, "read", lambda: {name: every[name] for name in FEW})


class Place:
    """A municipality's folders, and its reports made one after the other."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        config = configuration.load()
        for name in ("raw", "processed", "reports"):
            (folder / name).mkdir()
        paths = {name: folder / name for name in ("raw", "processed", "reports")} | {"key": folder / "pseudonym.key"}
        # Targets may name metrics that are left out here.
        self.config = config.model_copy(update={"paths": config.paths.model_copy(update=paths), "targets": ()})

    def deliver(self, day: date, late: int = 0) -> None:
        """Forty investigations closed in the first tertial, thirty within 120 days, and some registered late."""
        spans = [("2026-01-02", "2026-04-20")] * 30 + [("2025-10-01", "2026-03-10")] * 10
        spans += [("2026-03-01", "2026-04-20")] * late
        rows = [
            f"U{number};P{number};Norr;Barn och unga;{opened};{closed};kvinna"
            for number, (opened, closed) in enumerate(spans)
        ]
        heading = "Utrednings-ID;Person-ID;Enhet;Verksamhetsområde;Inledd;Avslutad;Kön"
        file = self.folder / "raw" / f"utredningar_{day}.csv"
        file.write_text("\n".join([heading, *rows]) + "\n", encoding="utf-8")

    def report(self, period: Period, today: date) -> str:
        """The page of a report."""
        request = Request(self.config, today, period, raw_given=True, accept_rejects=True)
        outcome = run.report(request, Progress())
        page = (outcome.folder / "committee" / "rapport.html").read_text(encoding="utf-8")
        return page.replace("\N{NO-BREAK SPACE}", " ")

    @property
    def kept(self) -> Path:
        return self.folder / "processed" / "history" / "published"


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def told(page: str) -> list[str]:
    """The section's paragraphs, and the cells of its rows about the committee's own share."""
    (section,) = re.findall(r'<section aria-labelledby="andringar">.*?</section>', page, re.DOTALL)
    return [re.sub(r"<[^>]+>", "", one) for one in re.findall(r"<(?:p|td)[ >].*?</(?:p|td)>", section)]


def test_a_late_row_is_told_with_its_cause_and_the_same_run_gives_the_same_bytes(place: Place):
    place.deliver(MAY)
    first = place.report(T1, MAY)
    assert "Det finns ingen tidigare publicerad rapport att jämföra med." in first
    place.deliver(SEPTEMBER, late=2)
    second = place.report(T2, SEPTEMBER)
    paragraphs = " ".join(told(second))
    assert "sedan rapporten för tertial 1 2026 publicerades den 12 maj 2026" in paragraphs
    assert "rader har registrerats sent eller rättats" in paragraphs
    assert "75 % (30 av 40)" in paragraphs
    assert "76 % (32 av 42)" in paragraphs
    assert place.report(T2, SEPTEMBER) == second
    assert len(list(place.kept.glob("*/*"))) == 2


def test_the_page_of_all_reports_tells_each_as_it_was_published(place: Place):
    place.deliver(MAY)
    place.report(T1, MAY)
    place.deliver(SEPTEMBER, late=2)
    place.report(T2, SEPTEMBER)
    place.report(T1, SEPTEMBER)
    page = (place.folder / "reports" / "index.html").read_text(encoding="utf-8").replace("\N{NO-BREAK SPACE}", " ")
    rows = re.findall(r'<th scope="row"[^>]*>(.*?)</th><td[^>]*data-label="Publicerad">(.*?)</td>', page)
    # The second report's row before the first's, which was made again.
    assert [(re.sub(r"<.*", "", name), day) for name, day in rows] == [
        ("Tertial 2 2026", "10 september 2026"), ("Tertial 1 2026", "10 september 2026"),
    ]  # fmt: skip
    assert page.count("/committee/rapport.html") == 2


def test_another_definition_is_told_as_the_cause(place: Place, monkeypatch: pytest.MonkeyPatch):
    place.deliver(MAY)
    place.report(T1, MAY)
    given = catalogue.read()
    sql = given[METRIC].sql.replace("limit_120_days", "limit_3_months")
    monkeypatch.setattr(catalogue, "read", lambda: given | {METRIC: replace(given[METRIC], sql=sql, sha256="other")})
    paragraphs = " ".join(told(place.report(T1, SEPTEMBER)))
    assert "för att måttets definition har ändrats" in paragraphs
    assert "75 % (30 av 40)" in paragraphs
    assert "0 % (0 av 40)" in paragraphs


def test_a_damaged_publication_stops_the_run_before_anything_is_published(place: Place):
    place.deliver(MAY)
    first = place.report(T1, MAY)
    (file,) = place.kept.rglob("figures.csv*")
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(WrongUse, match="är inte som den skrevs"):
        place.report(T1, SEPTEMBER)
    page = place.folder / "reports" / "2026T1" / "committee" / "rapport.html"
    assert page.read_text(encoding="utf-8").replace("\N{NO-BREAK SPACE}", " ") == first


def test_comments_stand_in_the_report_and_another_comment_is_another_run(place: Place):
    place.deliver(MAY)
    without = place.report(T1, MAY)
    folder = place.folder / "reports" / "comments"
    folder.mkdir()
    (folder / "2026T1.md").write_text(
        f"# Sammanfattning\nHelheten är *god*.\n# {METRIC}\nVi fick hjälp.\n# Förslag till beslut\nGodkänn.\n",
        encoding="utf-8",
    )
    page = place.report(T1, MAY)
    for text in ("Helheten är <em>god</em>.", "Vi fick hjälp.", "Godkänn."):
        assert text in page
        assert text not in without
    assert len({kept.name.rpartition("-")[2] for kept in place.kept.glob("2026T1/*")}) == 2


def test_an_unknown_heading_stops_the_run(place: Place):
    place.deliver(MAY)
    folder = place.folder / "reports" / "comments"
    folder.mkdir()
    (folder / "2026T1.md").write_text("# investigation_within_120_day\nText\n", encoding="utf-8")
    with pytest.raises(WrongUse, match=r"rad 1: rubriken .* Menade du investigation_within_120_days"):
        place.report(T1, MAY)
