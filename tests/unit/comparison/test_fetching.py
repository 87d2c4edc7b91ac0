"""A whole fetch: what is asked and kept, what a broken one leaves, and what the analyst is told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import date
from pathlib import Path

import pytest

from pipeline import comparison
from pipeline.comparison import kolada, pairs
from pipeline.comparison.pairs import Catalogue, Wanted
from pipeline.comparison.places import KOLADA, UNFINISHED, below
from pipeline.config import Config, load
from pipeline.errors import DatabaseBusy, WrongUse
from pipeline.model.comparison import Kind, Pair, Source
from pipeline.periods import Period
from tests.unit.comparison.stub import NACKA, Stub, number_of, serving, value
from tests.unit.comparison.test_kolada_client import Waiting

DAY = date(2026, 4, 20)
GO_ON = (
    "Det som hann hämtas är sparat: kör python -m pipeline compare fetch igen i dag så fortsätter hämtningen. Rapporter"
    " görs så länge med det som hämtades tidigare."
)
WANTED = {"U28129": "LSS", "U33401": "", "U33402": "", "U99999": ""}


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small catalogue in place of the real one."""
    wanted = tuple(Wanted(Source.KOLADA, kpi, "higher", similar) for kpi, similar in WANTED.items())
    pair = Pair(
        "plan_current", Source.KOLADA, "U28129", "share", "service", "bostad med särskild service", ("Skillnad.",)
    )
    small = Catalogue(wanted, (pair,), (("Tid", wanted[1:3]),))
    monkeypatch.setattr(pairs, "load", lambda: small)


@pytest.fixture
def server() -> Iterator[Stub]:
    with serving() as stub:
        yield stub


def settings(server: Stub, code: str = NACKA, **more: object) -> Config:
    config = load()
    own = config.municipality.model_copy(update={"code": code})
    compared = config.comparison.model_copy(update={"address": server.address, "seconds": 1, "years": 3, **more})
    return config.model_copy(update={"municipality": own, "comparison": compared})


def fetch(folder: Path, config: Config, day: date = DAY) -> tuple[str, ...]:
    return comparison.fetch(folder, config, day, nullcontext, clock=Waiting().clock)


def kept(folder: Path) -> dict[tuple[str, str, int], float | None]:
    content = kolada.stored(below(folder, KOLADA)).content
    return {key[:3]: number for key, (number, _) in content.values.items()}


def test_everything_that_is_compared_with_is_fetched_with_right_values(server, tmp_path):
    told = fetch(tmp_path, settings(server))
    found = kept(tmp_path)
    assert {key: number_of(*key) for key in found} == found
    assert {year for _, _, year in found} == {2024, 2025}  # 2026 has none yet
    assert {place for _, place, _ in found} >= {"0000", NACKA, "G36599", "G39648", "G92793", "2121"}
    assert told[0].startswith("Hämtade ")
    assert told[0].endswith(" värden för 3 nyckeltal, år 2024–2026. Källa: Kolada.")
    assert told[1:] == (
        "2 av dem har upphört i Kolada: U33401, U33402. De visas med sitt sista år.",
        "1 nyckeltal har inga värden för dessa år: U33401.",
        "Kolada har inget nyckeltal U99999. Kontrollera kpis under [comparison] i config.toml, och"
        " sql/comparisons.toml.",
    )
    assert not below(tmp_path, UNFINISHED).exists()


def test_the_configurations_own_indicators_are_fetched_too(server, tmp_path):
    fetch(tmp_path, settings(server, kpis=("N31816",)))
    assert ("N31816", NACKA, 2025) in kept(tmp_path)


def test_what_was_revised_and_taken_back_is_so_after_the_next_fetch(server, tmp_path):
    fetch(tmp_path, settings(server))
    server.changed["U28129", NACKA, 2025] = value("U28129", NACKA, 2025, 12.5)
    server.changed["U28129", NACKA, 2024] = value("U28129", NACKA, 2024, 9, isdeleted=True)
    fetch(tmp_path, settings(server), date(2026, 5, 4))
    assert (kept(tmp_path)["U28129", NACKA, 2025], kept(tmp_path)["U28129", NACKA, 2024]) == (12.5, None)
    assert kolada.stored(below(tmp_path, KOLADA)).fetched["U28129"] == date(2026, 5, 4)


def test_a_fetch_that_was_broken_off_goes_on_where_it_was(server, tmp_path):
    server.fault = lambda path, _, right: (500, {}, b"") if "/data/" in path else right
    with pytest.raises(WrongUse) as told:
        fetch(tmp_path, settings(server))
    assert str(told.value).startswith("Kolada svarade med fel 500 5 gånger i rad (/v3/data/kpi/")
    assert str(told.value).endswith(f"så hämtningen avbröts. {GO_ON}")
    server.fault, before = None, len(server.asked)
    fetch(tmp_path, settings(server))
    assert all("/data/" in path for path in server.asked[before:])
    assert kept(tmp_path)["U28129", NACKA, 2025] == number_of("U28129", NACKA, 2025)


def test_the_next_day_everything_is_asked_anew(server, tmp_path):
    server.fault = lambda path, _, right: (500, {}, b"") if "/data/" in path else right
    with pytest.raises(WrongUse):
        fetch(tmp_path, settings(server))
    server.fault, before = None, len(server.asked)
    fetch(tmp_path, settings(server), date(2026, 4, 21))
    assert "/v3/municipality?per_page=5000" in server.asked[before:]


def test_what_was_fetched_before_stands_when_a_fetch_fails(server, tmp_path):
    fetch(tmp_path, settings(server))
    before = kept(tmp_path)
    for answer in ((500, {}, b""), (429, {}, b""), (200, {}, b"<html>"), None):
        server.fault = lambda *_, answer=answer: answer
        with pytest.raises(WrongUse):
            fetch(tmp_path, settings(server), date(2026, 5, 4))
    assert kept(tmp_path) == before


def test_records_that_make_no_sense_are_told_and_nothing_of_them_is_kept(server, tmp_path):
    server.changed["U28129", NACKA, 2025] = {**value("U28129", NACKA, 2025, 1), "period": "tjugo"}
    with pytest.raises(
        WrongUse, match=r"^Ett svar från Kolada har en post nr \d+ som saknar ett årtal i period, så inge"
    ):
        fetch(tmp_path, settings(server))
    assert not below(tmp_path, KOLADA).exists()
    assert not below(tmp_path, UNFINISHED).exists()


def test_a_municipality_that_kolada_does_not_have_is_told_before_any_values_are_asked_for(server, tmp_path):
    with pytest.raises(WrongUse, match=r"^Kommunkoden 9999 finns inte i Kolada\. Rätta code under \[municipality\]"):
        fetch(tmp_path, settings(server, "9999"))
    assert not [path for path in server.asked if "/data/" in path]


def test_when_another_run_goes_on_what_was_fetched_waits(server, tmp_path):
    @contextmanager
    def busy() -> Iterator[None]:
        raise DatabaseBusy("En annan körning.")
        yield

    with pytest.raises(DatabaseBusy):
        comparison.fetch(tmp_path, settings(server), DAY, busy, clock=Waiting().clock)
    before = len(server.asked)
    fetch(tmp_path, settings(server))
    assert len(server.asked) == before


def test_what_is_kept_becomes_the_reports_comparisons(server, tmp_path):
    config = settings(server)
    fetch(tmp_path, config)
    found = comparison.read(tmp_path, config, dict.fromkeys(["plan_current", "referrals"]), Period.parse("2026T1"))
    assert [pair.indicator_id for pair in found.pairs["plan_current"]] == ["U28129"]
    assert "referrals" not in found.pairs
    assert found.national == {"Tid": ((Source.KOLADA, "U33401"), (Source.KOLADA, "U33402"))}
    plans = found.indicators[Source.KOLADA, "U28129"]
    assert {one.party.kind for one in plans.observations} == {
        Kind.OWN, Kind.NATION, Kind.COUNTY, Kind.SIMILAR, Kind.GROUP, Kind.MUNICIPALITY,
    }  # fmt: skip
    assert {one.party.code for one in plans.observations if one.party.kind == Kind.SIMILAR} == {"G39648"}
    assert plans.fetched == DAY
    ended = found.indicators[Source.KOLADA, "U33401"]
    assert (ended.discontinued, ended.observations) == (True, ())
    assert found.warnings == ()


def test_nothing_kept_is_nothing_to_compare_with(server, tmp_path):
    assert comparison.read(tmp_path, settings(server), {}, Period.parse("2026T1")).indicators == {}
    assert comparison.fingerprint(tmp_path) == ""


def test_damage_is_a_warning_and_no_stop(server, tmp_path):
    config = settings(server)
    fetch(tmp_path, config)
    whole = comparison.fingerprint(tmp_path)
    (below(tmp_path, KOLADA) / "values.csv.gz").write_bytes(b"damaged")
    found = comparison.read(tmp_path, config, {}, Period.parse("2026T1"))
    assert found.indicators == {}
    assert [one for one in found.warnings if "values.csv.gz är inte som den skrevs" in one] == list(found.warnings)
    assert len(found.warnings) == 1
    assert whole


def test_another_fetch_with_other_values_makes_another_run(server, tmp_path):
    fetch(tmp_path, settings(server))
    before = comparison.fingerprint(tmp_path)
    server.changed["U28129", NACKA, 2025] = value("U28129", NACKA, 2025, 12.5)
    fetch(tmp_path, settings(server))
    assert comparison.fingerprint(tmp_path) != before
