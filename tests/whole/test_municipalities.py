"""Many municipalities in one run: a report each, one of them all, and nothing told by it that one of them hides."""

from __future__ import annotations

import csv
import shutil
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline import cli, database, municipalities
from pipeline import config as configuration
from pipeline.config import laying
from pipeline.errors import WrongUse
from pipeline.metrics import catalogue
from pipeline.model import Quality
from pipeline.municipalities import Told
from pipeline.periods import Period
from pipeline.progress import Progress
from pipeline.starting import Request

TODAY, PERIOD = date(2026, 9, 8), Period.parse("2026T2")
JUDGED = {name: one.judged for name, one in catalogue.read().items()}
COMMON = """
[municipality]
name = "Riket"
code = "0000"
[committee]
name = "Socialnämnden"
"""
HEADINGS = {
    "enheter": "Enhet;Verksamhetsuppdrag;Verksamhetsområde",
    "aktualiseringar": "Aktualiserings-ID;Person-ID;Kön;Enhet;Verksamhetsområde;Typ;Inkommen",
    "utredningar": "Utrednings-ID;Person-ID;Kön;Enhet;Verksamhetsområde;Inledd;Avslutad;Handläggare",
    "beslut": "Beslut-ID;Person-ID;Kön;Enhet;Verksamhetsområde;Lag;Insats;Beslutsdatum;Beslut;Verkställighetsdatum",
    "genomförandeplaner": "Plan-ID;Beslut-ID;Enhet;Upprättad",
    "nivåbedömningar": "Bedömnings-ID;Person-ID;Enhet;Insats;Bedömningsdatum;Omsorgsnivå",
    "avvikelser": "Ärende-ID;Enhet;Typ;Inkommen",
}
# Of women and men in each municipality; three men in one of them are too few to be told.
PEOPLE = {"0180": (9, 8), "2026": (7, 3)}
AREA = {"0180": "Funktionsnedsättning", "2026": "funktionsnedsättning"}


def delivered(raw: Path, code: str) -> None:
    """Extracts in which everything is called as in every other municipality."""
    (raw / code).mkdir(parents=True)
    area, (women, men) = AREA[code], PEOPLE[code]
    persons = [(n, "kvinna" if n < women else "man") for n in range(women + men)]
    rows = {
        "enheter": [f"Norr;Stöd;{area}"],
        "aktualiseringar": [f"A{n};p{n};{gender};Norr;{area};anmälan;2026-05-{n + 1:02}" for n, gender in persons],
        "utredningar": [
            f"U{n};p{n};{gender};{'Norr' if n else 'Okänd'};{area};2026-02-01;2026-06-{n + 1:02};h{n % 2}"
            for n, gender in persons
        ],
        "beslut": [
            f"B{n};p{n};{gender};Norr;{area};LSS;Daglig verksamhet;2025-01-01;bifall;2025-0{n % 9 + 1}-01"
            for n, gender in persons
        ],
        "genomförandeplaner": [f"P{n};B{n};Norr;2026-01-0{n % 9 + 1}" for n, _ in persons if n % 3],
        "nivåbedömningar": [f"N{n};p{n};Norr;Daglig verksamhet;2026-03-01;2" for n, _ in persons if n % 4],
        "avvikelser": [f"V{n};Norr;avvikelse;2026-07-0{n % 9 + 1}" for n, _ in persons],
    }
    if code == "2026":
        del rows["nivåbedömningar"]
    for name, lines in rows.items():
        (raw / code / f"{name}_2026-09-01.csv").write_text("\n".join([HEADINGS[name], *lines, ""]), encoding="utf-8")


@dataclass(frozen=True)
class Run:
    """What a run was asked for, and what it said of each municipality and of all."""

    request: Request
    file: Path
    told: dict[str, Told]

    def rows(self, code: str, which: str) -> list[dict[str, str]]:
        file = self.request.config.paths.reports / code / PERIOD.code / which / "resultat.csv"
        with file.open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))


@contextmanager
def unnoted(_request: Request, _command: str) -> Iterator[list[Quality]]:
    yield []


def asked(place: Path) -> tuple[Request, Path]:
    file = place / "config.toml"
    file.write_text(COMMON, encoding="utf-8")
    return Request(configuration.load(file, JUDGED), TODAY, PERIOD), file


def settings(place: Path, code: str, text: str) -> None:
    (place / laying.FOLDER).mkdir(exist_ok=True)
    (place / laying.FOLDER / f"{code}.toml").write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Run:
    place = tmp_path_factory.mktemp("municipalities")
    for code, name in (("0180", "Storstad"), ("2026", "Gagnby")):
        delivered(place / "data" / "raw", code)
        settings(place, code, f'[municipality]\nname = "{name}"\n')
    (place / "data" / "raw" / "1440").mkdir()  # nothing was delivered
    settings(place, "1440", '[municipality]\nname = "Lillby"\n')
    (place / "data" / "raw" / "1441").mkdir()  # nobody has said what it is called
    request, file = asked(place)
    told = municipalities.report(request, file, JUDGED, Progress(quiet=True), unnoted)
    return Run(request, file, {one.code: one for one in told})


def test_a_fault_in_one_is_told_and_stops_no_other(done: Run) -> None:
    reports = done.request.config.paths.reports
    assert {code: one.folder for code, one in done.told.items()} == {
        "0180": reports / "0180" / "2026T2",
        "2026": reports / "2026" / "2026T2",
        "1440": None,
        "1441": None,
        "": reports / "riket" / "2026T2",
    }
    assert {code: one.exit_code for code, one in done.told.items() if one.exit_code} == {"1440": 2, "1441": 2}
    assert done.told["1440"].fault.endswith(
        "innehåller inga filer att läsa; lägg utdragen där eller ange en annan mapp med --raw."
    )
    assert "1441.toml finns inte" in done.told["1441"].fault


def test_each_has_a_key_and_a_database_of_its_own(done: Run) -> None:
    paths = done.request.config.paths
    keys = {code: (paths.key.parent / f"pseudonym-{code}.key").read_bytes() for code in PEOPLE}
    assert keys["0180"] != keys["2026"]
    for code, people in PEOPLE.items():
        with database.read_only(paths.processed / code) as db:
            assert db.value("select count(*) from loaded.investigations") == sum(people)
    assert not (paths.processed / "riket" / database.FILE_NAME).exists()


def test_all_together_have_one_sender_and_no_committee_to_decide(done: Run) -> None:
    pages = {
        code: (done.request.config.paths.reports / code / PERIOD.code / "committee" / "rapport.html").read_text("utf-8")
        for code in ("0180", "riket")
    }
    assert '<p class="sender">Storstad · Socialnämnden</p>' in pages["0180"]
    assert '<p class="sender">Riket</p>' in pages["riket"]
    assert "Riket står bakom den här sidan" in pages["riket"]
    assert ("Förslag till beslut" in pages["0180"], "Förslag till beslut" in pages["riket"]) == (True, False)


Cut = tuple[str, ...]


def cut(row: dict[str, str]) -> Cut:
    return row["metric"], row["statistic"], row["window"], row["breakdown"], row["category"].casefold()


def test_together_they_come_to_the_sum_of_each_with_all_ids_alike(done: Run) -> None:
    sums: dict[Cut, list[int]] = defaultdict(lambda: [0, 0])
    for code in PEOPLE:
        for row in done.rows(code, "internal"):
            if row["level"] == "1":
                sums[cut(row)][0] += int(row["denominator"] or 0)
                sums[cut(row)][1] += int(row["numerator"] or 0)
    compared = 0
    for row in done.rows("riket", "internal"):
        if row["level"] == "1" and row["denominator"] and cut(row) in sums:
            assert [int(row["denominator"]), int(row["numerator"] or 0)] == sums[cut(row)], row
            compared += int(row["denominator"]) > 0
    assert compared > 100
    of_all = {cut(row): row for row in done.rows("riket", "internal") if row["level"] == "1"}
    people = sum(map(sum, PEOPLE.values()))
    assert of_all["referrals", "persons", "tertial", "", ""]["value"] == str(people)
    assert of_all["plan_in_force", "share", "stock", "area", "funktionsnedsättning"]["denominator"] == str(people)
    assert of_all["open_investigations_per_case_worker", "mean", "stock", "", ""]["denominator"] == "0"


def test_each_stands_beside_the_others_as_it_says_itself(done: Run) -> None:
    rows = [row for row in done.rows("riket", "committee") if row["level"] != "1"]
    assert {(row["level"], row["org"], row["breakdown"]) for row in rows} == {
        ("2", "Storstad", ""),
        ("2", "Gagnby", ""),
    }
    named = {"Storstad": "0180", "Gagnby": "2026"}
    own = {(code, cut(row)): row for code in PEOPLE for row in done.rows(code, "committee") if row["level"] == "1"}
    shown = [row for row in rows if row["suppressed"] == "false"]
    for row in shown:
        said = own[named[row["org"]], cut(row)]
        assert [row[name] for name in ("numerator", "denominator", "value")] == [
            said[name] for name in ("numerator", "denominator", "value")
        ]
    assert len(shown) > 50


def test_what_one_has_not_delivered_is_no_nought(done: Run) -> None:
    rows = {
        (row["org"], row["level"]): row
        for row in done.rows("riket", "committee")
        if row["metric"] == "care_level_assessed" and not row["breakdown"]
    }
    assert (rows["Gagnby", "2"]["denominator"], rows["Gagnby", "2"]["status"]) == ("", "uppgift saknas")
    assert rows["Riket", "1"]["denominator"] == rows["Storstad", "2"]["denominator"] == str(sum(PEOPLE["0180"]))
    page = (done.told[""].folder or Path()) / "committee" / "rapport.html"
    assert "gäller 1 av 2 kommuner" in page.read_text(encoding="utf-8")


def test_all_together_tell_nothing_that_each_does_not(done: Run) -> None:
    """Every shown figure of all is worked out anew from the municipalities' public files alone."""
    public: dict[Cut, list[dict[str, str]]] = defaultdict(list)
    for code in PEOPLE:
        for row in done.rows(code, "committee"):
            if row["level"] == "1":
                public[cut(row)].append(row)
    shown = hidden = 0
    for row in done.rows("riket", "committee"):
        if row["level"] != "1":
            continue
        parts = public[cut(row)]
        assert parts, f"no municipality tells that there is such a category: {row}"
        if any(part["suppressed"] == "true" for part in parts):
            assert row["suppressed"] == "true"
            assert {row[name] for name in ("numerator", "denominator", "value", "status")} == {""}
            hidden += 1
        elif row["suppressed"] == "false" and row["denominator"]:
            assert int(row["denominator"]) == sum(int(part["denominator"] or 0) for part in parts)
            shown += 1
    assert shown > 50
    assert hidden > 10
    men = [
        row for row in done.rows("riket", "committee") if cut(row) == ("referrals", "count", "tertial", "gender", "man")
    ]
    assert [row["suppressed"] for row in men] == ["true"]


def test_two_of_one_name_are_told_before_anything_is_read(done: Run, tmp_path: Path) -> None:
    for code in ("0180", "2026"):
        (tmp_path / "data" / "raw" / code).mkdir(parents=True)
        settings(tmp_path, code, '[municipality]\nname = "Storstad"\n')
    request, file = asked(tmp_path)
    with pytest.raises(WrongUse, match=r"^Kommunerna 0180 och 2026 heter båda Storstad\."):
        list(municipalities.report(request, file, JUDGED, Progress(quiet=True), unnoted))


def test_one_municipality_is_asked_for_with_its_own_settings(tmp_path: Path) -> None:
    (tmp_path / "data" / "raw" / "0180").mkdir(parents=True)
    settings(tmp_path, "0180", '[municipality]\nname = "Storstad"\n[limits]\nplan_grace_days = 7\n')
    request, file = asked(tmp_path)
    own = municipalities.request_of(request, "0180", file, JUDGED)
    assert (own.config.municipality.name, own.config.municipality.code) == ("Storstad", "0180")
    assert own.config.committee.name == "Socialnämnden"
    assert own.config.limits.plan_grace_days == 7
    assert own.config.paths.reports == tmp_path / "reports" / "0180"
    # As any other command gets them.
    assert configuration.load(tmp_path / laying.FOLDER / "0180.toml") == own.config
    with pytest.raises(WrongUse, match=r"^Kommunen 0181 har ingen mapp i .* Kommuner som har en: 0180\.$"):
        municipalities.request_of(request, "0181", file, JUDGED)
    with pytest.raises(
        WrongUse, match=r"har en mapp för varje kommun \(0180\)\. Ange vilken med --municipality 0180, "
    ):
        municipalities.demand_one(request.config.paths.raw)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[municipality]\nname = "A"\ncode = "0181"\n', ":3: municipality.code: ska vara 0180, som filen heter."),
        (
            '[paths]\nraw = "a"\n[municipality]\nname = "A"\n',
            ":1: paths: ställs in för alla kommuner tillsammans, ",
        ),
        ("[limits]\nplan_grace_days = 1\n", "municipality.name: saknas"),
        ('[municipality]\nname = "A"\n[limits]\nplan_grace_dags = 1\n', ":4: limits.plan_grace_dags: okänd nyckel."),
    ],
)
def test_a_fault_in_its_settings_is_told_with_file_and_line(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "data" / "raw" / "0180").mkdir(parents=True)
    settings(tmp_path, "0180", text)
    request, file = asked(tmp_path)
    with pytest.raises(WrongUse) as fault:
        municipalities.request_of(request, "0180", file, JUDGED)
    assert told in str(fault.value)
    assert "0180.toml" in str(fault.value)


def test_a_years_report_is_no_municipalitys_folder(tmp_path: Path) -> None:
    (tmp_path / "data" / "raw" / "2026").mkdir(parents=True)
    settings(tmp_path, "2026", '[municipality]\nname = "Gagnby"\n')
    request, file = asked(tmp_path)
    (request.config.paths.reports / "2026").mkdir(parents=True)
    (request.config.paths.reports / "2026" / "manifest.json").write_text("{}", encoding="utf-8")
    with pytest.raises(WrongUse, match="är en rapport för året 2026"):
        municipalities.request_of(request, "2026", file, JUDGED)
    shutil.rmtree(request.config.paths.reports)
    assert municipalities.request_of(request, "2026", file, JUDGED).raw_given


def test_the_command_tells_how_each_went_and_ends_with_the_highest_code(tmp_path: Path) -> None:
    (tmp_path / "data" / "raw" / "0180").mkdir(parents=True)
    (tmp_path / "data" / "raw" / "1440").mkdir()
    settings(tmp_path, "1440", '[municipality]\nname = "Lillby"\n')
    _, file = asked(tmp_path)
    command = ["report", "--config", str(file), "--today", TODAY.isoformat()]
    ended = CliRunner().invoke(cli.app, [*command, "--municipality", municipalities.ALL])
    told = " ".join(ended.stdout.split())
    assert ended.exit_code == WrongUse.exit_code
    assert "0180 Konfigurationsfilen" in told
    assert "1440 Lillby Mappen" in told
    assert "färre än två kommuner har en rapport" in told
    ended = CliRunner().invoke(cli.app, command)
    assert isinstance(ended.exception, WrongUse)
    assert "--municipality 0180" in str(ended.exception)
