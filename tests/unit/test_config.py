"""config.toml: what it may hold, and how every fault in it is told."""

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from pipeline import config
from pipeline.errors import WrongUse
from pipeline.metrics import catalogue
from pipeline.places import CONFIG_FILE, ROOT

HEAD = '[municipality]\nname = "Ekby"\ncode = "0180"\n[committee]\nname = "Nämnden"\n'


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Write a configuration and name it as seen from its own folder."""
    monkeypatch.chdir(tmp_path)

    def written(text: str, encoding: str = "utf-8") -> Path:
        file = tmp_path / "config.toml"
        file.write_text(text, encoding=encoding)
        return file

    return written


def faults(file: Path, known_metrics=None) -> list[str]:
    with pytest.raises(WrongUse) as raised:
        config.load(file, known_metrics)
    return str(raised.value).splitlines()


def test_the_projects_own_file_shows_the_defaults():
    shown = config.load()
    bare = config.Config(municipality=shown.municipality, committee=config.Committee(name=shown.committee.name))
    written = tomllib.loads(CONFIG_FILE.read_text(encoding="utf-8"))
    assert shown.limits == bare.limits
    assert shown.disclosure == bare.disclosure
    assert shown.files == bare.files
    assert shown.committee == bare.committee
    assert shown.reading == bare.reading
    # Wherever a configuration stands, the profiles are the project's own unless it says otherwise.
    own = dict(bare.paths) | {"profiles": bare.paths.profiles.relative_to(ROOT)}
    assert {name: Path(path) for name, path in written["paths"].items()} == own
    for section in ("limits", "reading", "disclosure", "files", "paths", "report", "committee"):
        assert list(written[section]) == list(
            getattr(shown, section).keys() if section == "files" else type(getattr(shown, section)).model_fields
        )


def test_the_projects_own_targets_are_metrics_of_the_catalogue():
    judged = {name: metric.judged for name, metric in catalogue.read().items()}
    assert config.load(known_metrics=judged).targets


def test_what_the_law_demands_has_a_target():
    demanded = {name for name, metric in catalogue.read().items() if metric.demanded_by_law}
    assert demanded <= {target.metric for target in config.load().targets}


def test_targets_stand_under_what_the_law_demands_only_where_it_does():
    text = CONFIG_FILE.read_text(encoding="utf-8")
    of_law, of_committee = text.split("# What the law demands")[1].split("# What the committee has set")
    demanded = {name for name, metric in catalogue.read().items() if metric.demanded_by_law}
    assert set(re.findall(r'metric = "(\w+)"', of_law)) == demanded
    assert demanded.isdisjoint(re.findall(r'metric = "(\w+)"', of_committee))


@pytest.mark.parametrize("section", ["limits", "disclosure", "files"])
def test_a_section_left_out_says_the_same_as_the_projects_own_file(write, section):
    assert getattr(config.load(write(HEAD)), section) == getattr(config.load(), section)


def test_a_judged_share_is_held_to_100_only_where_the_judged_statistics_are_known(write):
    file = write(f'{HEAD}[[targets]]\nmetric = "plan_current"\nvalue = 101\n')
    assert config.load(file).targets[0].value == 101
    assert config.load(file, {"plan_current": None}).targets[0].value == 101
    assert len(faults(file, {"plan_current": "share"})) == 1


def test_the_catalogue_is_the_projects_own_unless_given(write):
    (told,) = faults(write(f'{HEAD}[[targets]]\nmetric = "plan_curent"\nvalue = 90\n'))
    assert told.endswith("finns inte i måttkatalogen. Menade du plan_current?")


def test_paths_are_taken_from_the_files_folder(write, tmp_path):
    loaded = config.load(write(HEAD + '[paths]\nraw = "in"\nkey = "../secret.key"\n'))
    assert loaded.paths.raw == tmp_path / "in"
    assert loaded.paths.key == tmp_path / "../secret.key"
    assert loaded.paths.reports == tmp_path / "reports"


def test_folders_of_the_command_line_are_taken_from_the_working_folder(write, tmp_path):
    loaded = config.load(write(HEAD))
    changed = config.with_paths(loaded, raw=Path("other"))
    assert changed.paths.raw == tmp_path / "other"
    assert changed.paths.processed == loaded.paths.processed


def test_a_byte_order_mark_is_no_fault(write):
    assert config.load(write(HEAD, "utf-8-sig")).municipality.name == "Ekby"


def test_file_patterns_are_laid_over_the_defaults(write):
    loaded = config.load(write(HEAD + '[files]\nplans = ["planer*"]\n'))
    assert loaded.files["plans"] == ("planer*",)
    assert loaded.files["units"] == ("enheter*",)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[limits]\nnear_point = 4\n", "config.toml:7: limits.near_point: okänd nyckel. Menade du near_points?"),
        ("[limts]\n", "config.toml:6: limts: okänd nyckel. Menade du limits?"),
        ('[files]\nreferals = ["a*"]\n', "config.toml:7: files.referals: okänt utdrag. Menade du referrals?"),
        (
            '[files]\nplans = "a*"\n',
            'config.toml:7: files.plans: är "a*"; ska vara en lista, till exempel ["så här", "eller så"].',
        ),
        (
            '[files]\nplans = ["BESLUT*"]\ndecisions = ["beslut*"]\n',
            "config.toml:8: files.decisions: mönstret ”beslut*” står redan under plans.",
        ),
        ("[limits]\nplan_grace_days = -1\n", "config.toml:7: limits.plan_grace_days: är -1; ska vara minst 0."),
        ("[limits]\nplan_grace_days = 1.5\n", "config.toml:7: limits.plan_grace_days: är 1.5; ska vara ett heltal."),
        ("[limits]\nnear_points = 100.1\n", "config.toml:7: limits.near_points: är 100.1; får vara högst 100."),
        ('[limits]\nnear_points = "5"\n', 'config.toml:7: limits.near_points: är "5"; ska vara ett tal.'),
        ("[limits]\nnear_points = true\n", "config.toml:7: limits.near_points: är true; ska vara ett tal."),
        (
            '[limits]\nchild_areas = [\n  "a",\n  " ",\n]\n',
            'config.toml:7: limits.child_areas nr 2: är " "; får inte vara tom.',
        ),
        (
            "[limits]\nplan_current_months = { Vuxna = 12 }\n",
            "config.toml:7: limits.plan_current_months: saknar default, månaderna för områden som inte nämns.",
        ),
        (
            "[limits.plan_current_months]\ndefault = 12\nVuxna = 0\n",
            "config.toml:8: limits.plan_current_months.Vuxna: är 0; ska vara minst 1.",
        ),
        (
            "[limits.plan_current_months]\ndefault = 12\nVuxna = 6\nvuxna = 8\n",
            "config.toml:6: limits.plan_current_months: nämner ett område två gånger; stora och små bokstäver är lika.",
        ),
        (
            '[disclosure]\nrule = "mild"\n',
            "config.toml:7: disclosure.rule: är \"mild\"; ska vara 'default' eller 'strict'.",
        ),
        (
            "disclosure = 5\n",
            "config.toml:6: committee.disclosure: okänd nyckel. Tillåtna är areas, name, programme_label.",
        ),
        (
            '[paths]\nkey = "data/processed/a.key"\n',
            "config.toml:7: paths.key: nyckeln ligger i mappen processed;"
            " den ska ligga skild från utdrag, databas och rapporter.",
        ),
        (
            '[engine]\nkind = "spark"\n',
            "config.toml:6: engine.address: saknas; skriv var Spark Connect svarar, till exempel sc://spark:15002.",
        ),
    ],
)
def test_a_fault_tells_line_key_what_is_wrong_and_what_is_allowed(write, text, told):
    assert faults(write(HEAD + text)) == [told]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            'metric = "plan_curent"\nvalue = 5\n',
            "7: targets nr 1, metric: ”plan_curent” finns inte i måttkatalogen. Menade du plan_current?",
        ),
        ('metric = "plan_current"\n', "6: targets nr 1, value: saknas och måste anges."),
        (
            'metric = "plan_current"\nvalue = 100.5\n',
            "8: targets nr 1, value: är 100.5, men en andel anges i procent och ska vara 0–100.",
        ),
        (
            'metric = "days"\nvalue = 101\nstatistic = "share"\n',
            "8: targets nr 1, value: är 101, men en andel anges i procent och ska vara 0–100.",
        ),
        ('metric = "days"\nvalue = -1\n', "8: targets nr 1, value: är -1; ska vara minst 0."),
        (
            'metric = "days"\nvalue = 1\nstatistic = "medain"\n',
            "9: targets nr 1, statistic: ”medain” är okänt. Menade du median?",
        ),
        (
            'metric = "days"\nvalue = 1\nvalid_from = 2026-02-01\nvalid_to = 2026-01-31\n',
            "10: targets nr 1, valid_to: är 2026-01-31, före valid_from 2026-02-01; ska vara samma dag eller senare.",
        ),
        (
            'metric = "days"\nvalue = 1\nvalid_to = "2026-01-31"\n',
            '9: targets nr 1, valid_to: är "2026-01-31"; ska vara en dag utan citattecken, till exempel 2026-08-31.',
        ),
    ],
)
def test_a_target_is_checked_against_the_catalogue(write, text, told):
    judged = {"plan_current": "share", "days": "mean"}
    assert faults(write(HEAD + "[[targets]]\n" + text), judged) == [f"config.toml:{told}"]


@pytest.mark.parametrize("value", [0, 100, 99.5])
def test_a_share_may_be_anything_from_0_to_100(write, value):
    file = write(f'{HEAD}[[targets]]\nmetric = "plan_current"\nvalue = {value}\n')
    assert config.load(file, {"plan_current": "share"}).targets[0].value == value


OLDER = '[[targets]]\nmetric = "days"\nvalue = 90\nvalid_to = 2025-12-31\n'
OVERLAP = "targets nr 2: gäller samma mått under samma tid som mål nr 1; giltigheten får inte överlappa."


@pytest.mark.parametrize("more", ["valid_from = 2025-12-31", "", 'statistic = "mean"'])
def test_two_targets_of_a_figure_may_not_hold_on_the_same_day(write, more):
    file = write(f'{HEAD}{OLDER}[[targets]]\nmetric = "days"\nvalue = 80\n{more}\n')
    assert faults(file, {"days": "mean"}) == [f"config.toml:10: {OVERLAP}"]


@pytest.mark.parametrize("more", ["valid_from = 2026-01-01", 'unit = "Norr"', 'area = "Vuxna"', 'statistic = "median"'])
def test_targets_of_different_figures_or_days_stand_side_by_side(write, more):
    file = write(f'{HEAD}{OLDER}[[targets]]\nmetric = "days"\nvalue = 80\n{more}\n')
    assert len(config.load(file, {"days": "mean"}).targets) == 2


def test_all_faults_are_told_at_once_in_the_order_of_the_file(write):
    told = faults(
        write(
            '[municipality]\nname = "Ekby"\ncode = "18"\n[limits]\nnear_points = 1000\nnear = 1\n'
            '[[targets]]\nmetric = "a"\nvalue = 1\n[[targets]]\nmetric = "a"\nvalue = 2\n'
        ),
        {"a": None},
    )
    assert [line.split(": ")[:2] for line in told] == [
        ["config.toml:1", "committee"],
        ["config.toml:3", "municipality.code"],
        ["config.toml:5", "limits.near_points"],
        ["config.toml:6", "limits.near"],
        ["config.toml:10", "targets nr 2"],
    ]


@pytest.mark.parametrize(
    ("text", "line"), [(HEAD + "areas = [1\nb = 2\n", 7), (HEAD + "name = Nämnden\n", 6), (HEAD + "areas = [", 6)]
)
def test_a_syntax_error_is_told_with_its_line(write, text, line):
    (told,) = faults(write(text))
    assert told.startswith(f"config.toml:{line}: raden går inte att läsa som TOML (")


def test_a_missing_file_is_told_in_one_sentence(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert faults(tmp_path / "konfig.toml") == [
        "Konfigurationsfilen konfig.toml finns inte. Kontrollera sökvägen efter --config."
    ]


def test_a_folder_in_place_of_the_file_is_told(tmp_path):
    assert faults(tmp_path)[0].startswith(f"Konfigurationsfilen {tmp_path} kan inte läsas: ")


def test_another_encoding_is_told(write):
    assert faults(write(HEAD.replace("Ekby", "Åby"), "cp1252")) == [
        "config.toml är inte sparad som UTF-8. Öppna den i en textredigerare och spara om den."
    ]


def test_the_fingerprint_tells_configurations_apart_but_not_machines(write):
    one = config.load(write(HEAD + '[paths]\nraw = "a"\n'))
    elsewhere = config.load(write(HEAD + '# the same, said otherwise\n[files]\nunits = ["enheter*"]\n'))
    other = config.load(write(HEAD + "[disclosure]\nsmallest = 6\n"))
    on_spark = config.load(write(HEAD + '[engine]\nkind = "spark"\naddress = "sc://spark:15002"\nfolder = "share"\n'))
    assert on_spark.engine.folder == write(HEAD).parent / "share"
    assert config.fingerprint(one) == config.fingerprint(elsewhere) == config.fingerprint(on_spark)
    assert config.fingerprint(one) != config.fingerprint(other)


def test_the_fingerprint_is_the_same_everywhere():
    bare = config.Config(
        municipality=config.Municipality(name="Åby", code="0180"),
        committee=config.Committee(name="Nämnden"),
        targets=(config.Target(metric="days", value=90, valid_from=date(2026, 1, 1)),),
    )
    assert config.fingerprint(bare) == config.fingerprint(
        bare.model_copy(update={"paths": config.Paths(raw=Path("x"))})
    )
    assert len(config.fingerprint(bare)) == 64
