"""The cases behind a figure: for every metric they add up to it, each says why, and nobody protected is listed."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline import audit, config, database, demo, explaining, loading, metrics, run
from pipeline.cli import app
from pipeline.database import Database
from pipeline.errors import WrongUse
from pipeline.explaining.latest import Latest
from pipeline.explaining.reasons import Reasons
from pipeline.explaining.terminal import sums
from pipeline.metrics import catalogue
from pipeline.model import Level, Metric, RunInfo
from pipeline.periods import Period

CATALOGUE = catalogue.read()
PERIOD, TODAY = Period.parse("2026T2"), date(2026, 11, 22)
# A head, then at most what decides it, and one full stop.
SENTENCE = re.compile(r"[A-ZÅÄÖ0-9−][^\n]*[^ .:,]\.")


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> config.Config:
    """The invented municipality, measured and stored as a run does it."""
    folder = tmp_path_factory.mktemp("demo")
    demo.write(folder / "raw", demo.Size.SMALL, demo.DEFAULT_SEED, TODAY)
    paths = config.Paths(
        raw=folder / "raw", processed=folder / "processed", reports=folder / "reports", key=folder / "k" / "p.key"
    )
    made = config.load(None).model_copy(update={"paths": paths})
    with database.build(paths.processed) as db:
        figures = measured(db, made)
        metrics.store(db, figures, CATALOGUE, RunInfo("run", "1.0", TODAY, demo=False, config_sha256=""))
    return made


def measured(db: Database, settings: config.Config) -> run.Figures:
    quality = loading.load(db, settings, TODAY)
    windows = metrics.prepare(db, settings, PERIOD, TODAY)
    return metrics.measure(db, CATALOGUE, settings, PERIOD, windows, {}, dict.fromkeys(quality.totals(), TODAY))


@pytest.fixture
def last(settings: config.Config) -> Iterator[Latest]:
    with explaining.latest(settings.paths.processed) as opened:
        yield opened


def each_metric(function: object) -> object:
    return pytest.mark.parametrize("metric", CATALOGUE.values(), ids=CATALOGUE)(function)  # type: ignore[arg-type]


def stored(last: Latest, metric: Metric, window: str, level: Level, org: str) -> tuple[float | None, float | None]:
    """The report's own figure, asked for without the code that is tried."""
    ((numerator, denominator),) = last.database.rows(
        "select numerator, denominator from figures where metric = ? and statistic = ? and window_id = ?"
        " and level = ? and org = ? and breakdown = ''",
        [metric.metric_id, str(metric.judged), window, level, org],
    )
    return numerator, denominator


@each_metric
def test_the_rows_are_the_figures_n_of_n(metric: Metric, last: Latest, settings: config.Config) -> None:
    for window in last.windows_of(metric):
        found = explaining.behind(last, metric, settings, window)
        numerator, denominator = stored(last, metric, window, Level.COMMITTEE, settings.committee.name)
        assert (found.numerator is None) == (numerator is None)
        assert found.denominator == pytest.approx(denominator, abs=0.5)
        assert (found.numerator or 0) == pytest.approx(numerator or 0, abs=0.5)
        assert found.agrees
        if metric.judged.is_share and not metric.summed:
            # Listed and left out are all the rows, and no row in the numerator is invented.
            assert len(found.rows) + found.left_out == denominator
            hits = sum(bool(case.counted["hit"]) for case in found.rows)
            assert (numerator or 0) - found.left_out <= hits <= (numerator or 0)


@each_metric
def test_a_units_rows_are_its_figures(metric: Metric, last: Latest, settings: config.Config) -> None:
    window = last.judged_window(metric)
    units = [unit for (unit,) in last.database.rows(
        "select org from figures where metric = ? and statistic = ? and window_id = ? and level = 3 and breakdown = ''"
        " order by denominator desc nulls last limit 3", [metric.metric_id, str(metric.judged), window],
    )]  # fmt: skip
    assert units
    for unit in units:
        found = explaining.behind(last, metric, settings, window, unit.upper())
        assert found.unit == unit
        assert {case.unit for case in found.rows} <= {unit}
        numerator, denominator = stored(last, metric, window, Level.UNIT, unit)
        assert found.denominator == pytest.approx(denominator, abs=0.5)
        assert (found.numerator or 0) == pytest.approx(numerator or 0, abs=0.5)


@each_metric
def test_every_row_says_why_and_nobody_protected_is_listed(
    metric: Metric, last: Latest, settings: config.Config
) -> None:
    window = last.windows_of(metric)[-1]
    found = explaining.behind(last, metric, settings, window)
    extract = next(iter(metric.needs))
    secret = {
        case for (case,) in last.database.rows("select case_id from protected_cases where extract = ?", [extract])
    }
    assert not secret & {case.case_id for case in found.rows}
    assert found.rows or metric.metric_id == "lex_sarah_reported_to_ivo"
    reasons = Reasons(found)
    told = [reasons.of(case) for case in found.rows]
    assert [one for one in told if not SENTENCE.fullmatch(one) or "  " in one or "None" in one] == []
    assert [one for one in told if re.search(r"\b[0-9a-f]{32}\b", one)] == []  # no pseudonym
    if metric.judged.is_share and not metric.summed:
        heads = {
            (bool(case.counted["hit"]), one.startswith("Räknas i täljaren"))
            for case, one in zip(found.rows, told, strict=True)
        }
        assert heads <= {(True, True), (False, False)}


def test_somebody_is_left_out_and_the_words_add_up(last: Latest, settings: config.Config) -> None:
    found = explaining.behind(last, CATALOGUE["plan_in_force"], settings)
    assert found.left_out > 0
    listed, left_out, total = len(found.rows), found.left_out, len(found.rows) + found.left_out
    told = " ".join(sums(found))
    assert f"Rader som visas: {listed}." in told
    assert f"som räknas men inte visas: {left_out}. Tillsammans {total}." in told
    assert f"Raderna ger {found.numerator} av {total} (" in told
    assert told.endswith("Det är siffran i rapporten.")


def test_a_row_tells_its_days_under_the_extracts_headings(last: Latest, settings: config.Config) -> None:
    found = explaining.behind(last, CATALOGUE["investigation_within_120_days"], settings, "r12")
    rows = {case.case_id: Reasons(found).of(case) for case in found.rows}
    for case_id, opened, closed in last.database.rows("select investigation_id, opened, closed from investigations"):
        if case_id in rows:
            days = (closed - opened).days
            head = "Räknas i täljaren" if days <= 120 else "Räknas inte i täljaren"
            assert rows[case_id].startswith(f"{head}: inledd {opened}, avslutad {closed}, hundratjugonde dagen")
            assert re.search(rf"\b{days}\sdag(ar)? från inledd till avslutad\.$", rows[case_id])


def test_what_has_not_happened_on_the_last_day_says_so(last: Latest, settings: config.Config) -> None:
    found = explaining.behind(last, CATALOGUE["investigations_open"], settings)
    told = [Reasons(found).of(case) for case in found.rows]
    later = [one for one in told if "avslutad" in one]
    assert later
    assert all("efter fönstrets sista dag, har inte hänt" in one for one in later)


def test_a_figure_of_another_definition_is_told_apart(last: Latest, settings: config.Config) -> None:
    metric = CATALOGUE["plan_current"]
    changed = replace(metric, sql=metric.sql.replace("where s.needs_plan", "where s.needs_plan and s.has_plan"))
    found = explaining.behind(last, changed, settings)
    assert not found.agrees
    assert "har ändrats sedan den gjordes" in " ".join(sums(found))


def test_a_statement_that_cannot_be_read_or_run_is_answered_in_a_sentence(
    last: Latest, settings: config.Config
) -> None:
    metric = CATALOGUE["plan_current"]
    for sql in (
        "select from where",
        "select w.window_id, strange(w.ends) as case_id, null as unit, null as area, true as hit"
        " from stock_windows as w",
    ):
        with pytest.raises(WrongUse, match=r"sql/metrics/plan_current\.sql: "):
            explaining.behind(last, replace(metric, sql=sql), settings)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("plan_curent", "--cases"), "Menade du plan_current?"),
        (("plan_current", "--cases", "--window", "tertial"), "--window tertial: måttet räknas inte för det fönstret"),
        (("plan_current", "--cases", "--unit", "Dagliga verksamhten"), "Menade du Dagliga verksamheten?"),
        (("plan_current", "--unit", "Dagliga verksamheten"), "skriv måttets id och --cases"),
        (("--cases",), "skriv måttets id och --cases"),
    ],
)
def test_what_is_asked_wrongly_gets_a_sentence(given: tuple[str, ...], said: str, settings: config.Config) -> None:
    done = CliRunner().invoke(app, ["metrics", *given, f"--processed={settings.paths.processed}"])
    assert isinstance(done.exception, WrongUse)
    assert said in str(done.exception)
    assert "?." not in str(done.exception)


def test_cases_leave_the_database_as_it_was_and_a_line_in_the_log(settings: config.Config) -> None:
    processed = settings.paths.processed
    before = hashlib.sha256((processed / database.FILE_NAME).read_bytes()).hexdigest()
    logged = len(audit.read(processed)[0])
    asked = ["metrics", "plan_current", "--cases", "--format=csv", f"--processed={processed}"]
    done = CliRunner().invoke(app, asked, catch_exceptions=False)
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    entry = audit.read(processed)[0][-1]
    assert len(audit.read(processed)[0]) == logged + 1
    assert (entry.command, entry.what, entry.rows) == (
        "metrics --cases",
        "plan_current, stock, alla enheter",
        len(rows),
    )
    assert {"case_id", "unit", "hit", "executed", "plan_latest", "why"} <= set(rows[0])
    assert all(date.fromisoformat(row["executed"]) for row in rows)
    assert "Det är siffran i rapporten." in done.stderr
    assert hashlib.sha256((processed / database.FILE_NAME).read_bytes()).hexdigest() == before


def test_without_a_log_no_case_is_shown(settings: config.Config, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise WrongUse("Utan logg")

    monkeypatch.setattr(audit, "record", refused)
    done = CliRunner().invoke(app, ["metrics", "plan_current", "--cases", f"--processed={settings.paths.processed}"])
    assert isinstance(done.exception, WrongUse)
    assert "Räknas" not in done.stdout


def test_the_catalogue_and_a_metric_are_told(settings: config.Config, tmp_path: Path) -> None:
    every = CliRunner(env={"COLUMNS": "250"}).invoke(app, ["metrics", f"--processed={settings.paths.processed}"])
    assert all(metric.title in every.stdout for metric in CATALOGUE.values())
    assert f"{len(CATALOGUE)} mått." in every.stdout
    metric = CATALOGUE["plan_current"]
    one = CliRunner(env={"COLUMNS": "250"}).invoke(
        app, ["metrics", "plan_current", f"--processed={settings.paths.processed}"]
    )
    for told in (metric.numerator, metric.denominator, *metric.choices, metric.law[0].cited[0].text,
                 metric.sql.splitlines()[0], "- services_on_day: ", "- genomförandeplaner: plan_id,",
                 "209 av 250"):  # fmt: skip
        assert told in one.stdout, told
    without = CliRunner().invoke(app, ["metrics", "plan_current", f"--processed={tmp_path}"])
    assert "Ingen rapport har gjorts." in without.stdout


def test_an_extract_that_was_not_delivered_is_told_and_no_row_invented(tmp_path: Path, settings: config.Config) -> None:
    paths = settings.paths.model_copy(update={"raw": tmp_path / "raw", "processed": tmp_path / "p"})
    less = settings.model_copy(update={"paths": paths})
    (tmp_path / "raw").mkdir()
    for file in settings.paths.raw.glob("enheter*"):
        (tmp_path / "raw" / file.name).write_bytes(file.read_bytes())
    with database.build(paths.processed) as db:
        told = RunInfo("run", "1.0", TODAY, demo=False, config_sha256="")
        metrics.store(db, measured(db, less), CATALOGUE, told)
    with explaining.latest(paths.processed) as last:
        found = explaining.behind(last, CATALOGUE["plan_current"], less)
    assert found.rows == ()
    assert found.missing == "Ingen fil med beslut har levererats."
