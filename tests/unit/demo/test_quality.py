"""What the invented municipality follows up beside its cases agrees with the cases, and with the catalogue."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest

from pipeline import config
from pipeline.demo import DEFAULT_SEED, Size
from pipeline.demo.chance import Chance
from pipeline.demo.extracts import of as invent
from pipeline.demo.sizes import SCALES
from pipeline.demo.society import Society
from pipeline.demo.tables import length
from pipeline.demo.times import Calendar
from pipeline.management.naming import references
from pipeline.metrics import catalogue
from tests.unit.demo import delivered
from tests.unit.demo.delivered import DELIVERED, ENDS, TODAY, Rows, day

WHOLE = ("goals", "activities", "controls", "followup_plan", "requirements")


def name(unit: str) -> str:
    """A unit's name without what is untidy in it."""
    return " ".join(unit.split()).casefold()


def number(text: str) -> float:
    return float(text.replace(",", "."))


def sound(rows: Rows, *headings: str) -> Rows:
    """The rows whose numbers and days are not planted faults."""
    days = [row for row in rows if all(not row[h][4:5] or day(row[h]) for h in headings if "atum" in h)]
    return [row for row in days if not any(row[h].startswith(("-", "ca ")) or row[h] == "1,5" for h in headings)]


@pytest.fixture(scope="module")
def all_rows(small: Path) -> dict[str, Rows]:
    return {extract: delivered.of(small, extract) for extract, _ in delivered.FILES.values()}


def test_dice_of_their_own_change_nothing_else() -> None:
    one, other = Chance(1, 0), Chance(1, 0)
    drawn = other.apart("something").uniform(3).tolist()
    assert one.uniform(3).tolist() == other.uniform(3).tolist()
    assert drawn == Chance(1, 0).apart("something").uniform(3).tolist()
    assert drawn != Chance(1, 0).apart("something else").uniform(3).tolist()
    assert drawn != Chance(1, 0).uniform(3).tolist()
    assert drawn != Chance(1, 1).apart("something").uniform(3).tolist()


@pytest.mark.parametrize("extract", ["goals", "activities", "followup_plan", "requirements"])
def test_only_figures_that_exist_are_named(all_rows: dict[str, Rows], extract: str) -> None:
    metrics = catalogue.read()
    measures = {row["Mått"] for row in all_rows["measurements"]}
    read = [references(row["Mått"], metrics, measures) for row in all_rows[extract]]
    assert not [unknown for _, unknown in read if unknown]
    named = {(one.metric, one.category) for found, _ in read for one in found}
    assert named
    assert {one for one in named if one[1]} <= categories(all_rows)


def categories(all_rows: dict[str, Rows]) -> set[tuple[str, str]]:
    """The categories that metrics are told by, as the extracts write them."""
    return {
        *(("measure", row["Mått"]) for row in all_rows["measurements"]),
        *(("review_fulfilled", f"{row['Granskning']}: {row['Fråga']}") for row in all_rows["reviews"]),
        *(("survey_positive", f"{row['Undersökning']}: {row['Fråga']}") for row in all_rows["surveys"]),
        *(("survey_response_rate", row["Undersökning"]) for row in all_rows["surveys"]),
        *(("control_deviation", f"{row['Risk']}: {row['Kontrollmoment']}") for row in all_rows["controls"]),
    }


def test_the_goal_trees_targets_are_those_of_config(all_rows: dict[str, Rows]) -> None:
    statistics = {"share": "andel", "mean": "medel", "": "andel"}
    holding = {
        (target.metric, statistics[target.statistic], target.area): target.value
        for target in config.load().targets
        if (target.valid_from or ENDS) <= ENDS <= (target.valid_to or ENDS) and not target.unit
    }
    goals = {
        (row["Mått"], row["Statistik"], row["Verksamhetsområde"]): number(row["Målvärde"])
        for row in all_rows["goals"]
        if row["Giltig till"] == "9999-12-31" and not row["Enhet"]
    }
    goals["decision_wait_days", "andel", ""] = goals.pop(("decision_wait_days", "medel", ""))
    assert len(goals.keys() & holding.keys()) > 10
    assert all(goals[key] == holding[key] for key in goals.keys() & holding.keys())


def test_the_goal_tree_has_three_levels_an_old_target_and_one_of_a_unit(all_rows: dict[str, Rows]) -> None:
    tree = defaultdict(lambda: defaultdict(set))
    for row in all_rows["goals"]:
        tree[row["Inriktningsmål"]][row["Effektmål"]].add(row["Leveransmål"])
    assert len(tree) == 4
    assert any(len(effects) > 1 for effects in tree.values())
    assert any(len(goals) > 1 for effects in tree.values() for goals in effects.values())
    old = [row for row in all_rows["goals"] if row["Giltig till"] != "9999-12-31"]
    new = [row for row in all_rows["goals"] if row["Giltig från"]]
    assert [row["Mått"] for row in old] == [row["Mått"] for row in new] == ["investigation_within_120_days"]
    assert number(old[0]["Målvärde"]) < number(new[0]["Målvärde"])
    assert any(row["Enhet"] for row in all_rows["goals"])


def test_activities_belong_to_goals_of_the_tree_and_move_on(all_rows: dict[str, Rows]) -> None:
    activities = all_rows["activities"]
    assert {row["Mål"] for row in activities} <= {row["Leveransmål"] for row in all_rows["goals"]}
    reports = Counter((row["Mål"], row["Aktivitet"]) for row in activities)
    assert set(reports.values()) == {4}
    latest = [row for row in activities if day(row["Datum"]) == ENDS]
    first = [row for row in activities if day(row["Datum"]) == date(2025, 8, 31)]
    done = [Counter(row["Status"] for row in rows)["Genomfört"] for rows in (first, latest)]
    assert done[0] < done[1] < len(latest)
    assert {row["Status"] for row in activities} == {"Genomfört", "Delvis genomfört", "Ej genomfört", "Ej bedömt"}
    assert {row["Bedömning av målet"] for row in latest} == {"", "Delvis genomfört"}
    due = [day(row["Klart senast"]) for row in latest]
    assert min(day for day in due if day) < ENDS < max(day for day in due if day)


def test_overruns_that_are_recorded_are_investigations_that_took_too_long(all_rows: dict[str, Rows]) -> None:
    investigations = {row["Utrednings-ID"]: row for row in all_rows["investigations"]}
    recorded = [row for row in all_rows["incidents"] if row.get("Utrednings-ID") in investigations]
    assert len(recorded) > 20
    for row in recorded:
        opened = day(investigations[row["Utrednings-ID"]]["Inledd"])
        received = day(row["Inkommen"])
        assert row["Kategori"] == "Handläggningstid"
        assert not opened or not received or (received - opened).days > 120 or received.year < 2000


def test_serious_wrongs_are_reported_and_most_incidents_are_closed(all_rows: dict[str, Rows]) -> None:
    incidents = all_rows["incidents"]
    kinds = Counter(row["Typ"].casefold() for row in incidents)
    assert {"avvikelse", "synpunkt", "lex sarah", "vårdavvikelse", "tillbud", "skada"} <= set(kinds)
    serious = [row for row in incidents if row.get("Allvarligt missförhållande") == "ja"]
    assert serious
    assert {row["Typ"] for row in serious} == {"Lex Sarah"}
    assert all(row["Allvarligt missförhållande"] == "ja" for row in incidents if row.get("Anmäld till IVO"))
    closed = sum(bool(row["Avslutad"]) for row in incidents) / len(incidents)
    assert 0.85 < closed < 0.99
    assert not any(row["Orsak"] for row in incidents if row.get("Synpunktstyp") == "Beröm")


def test_reviewed_files_are_real_and_drawn_from_the_units_own(all_rows: dict[str, Rows]) -> None:
    known = {row["Utrednings-ID"] for row in all_rows["investigations"]}
    known |= {row["Aktualiserings-ID"] for row in all_rows["referrals"]} | {row["Plan-ID"] for row in all_rows["plans"]}
    assert {row["Akt-ID"] for row in all_rows["reviews"]} <= known
    sampled = defaultdict(set)
    population = {}
    for row in sound(all_rows["reviews"], "Population"):
        if row["Granskad"][:2] == "20" and row["Granskad"] < "2065":
            drawn = (row["Granskning"], name(row["Enhet"]), row["Granskad"][:4])
            sampled[drawn].add(row["Akt-ID"])
            population[drawn] = int(row["Population"])
    assert all(len(ids) <= population[drawn] for drawn, ids in sampled.items())
    assert any(len(ids) < population[drawn] for drawn, ids in sampled.items())
    assert {row["Svar"] for row in all_rows["reviews"]} >= {"Ja", "Nej", "Delvis", "Ej aktuellt"}


def test_no_more_are_content_than_answered_and_no_more_answered_than_were_asked(all_rows: dict[str, Rows]) -> None:
    surveys = all_rows["surveys"]
    for row in surveys:
        assert int(row["Antal svar"]) <= int(row["Antal tillfrågade"])
        assert not row["Antal positiva"] or int(row["Antal positiva"]) <= int(row["Antal svar"])
        assert not row["Medelvärde"] or 1 <= number(row["Medelvärde"]) <= int(row["Skala"])
    assert min(int(row["Antal svar"]) for row in surveys) < 10


def test_options_add_up_to_the_answers(all_rows: dict[str, Rows]) -> None:
    chosen = defaultdict(int)
    for row in all_rows["surveys"]:
        if row["Svarsalternativ"] and day(row["Datum"]):
            chosen[row["Undersökning"], name(row["Enhet"]), row["Fråga"], row["Datum"], row["Antal svar"]] += int(
                row["Antal per alternativ"]
            )
    assert chosen
    assert all(int(answered) == count for (*_, answered), count in chosen.items())


def test_vignettes_are_judged_by_the_case_workers_and_not_always_alike(all_rows: dict[str, Rows]) -> None:
    workers = {row["Handläggare"] for row in all_rows["investigations"]}
    assert {row["Handläggare"] for row in all_rows["vignettes"]} <= workers
    answers = defaultdict(Counter)
    for row in all_rows["vignettes"]:
        answers[row["Vinjett"], row["Fråga"]][row["Svar"]] += 1
    assert any(len(given) == 1 for given in answers.values())
    assert any(len(given) > 1 for given in answers.values())


def test_care_levels_are_of_people_with_the_service_and_change_now_and_then(all_rows: dict[str, Rows]) -> None:
    assert {name(row["Insats"]) for row in all_rows["care_levels"]} == {
        "daglig verksamhet",
        "bostad med särskild service",
    }
    found = defaultdict(list)
    for row in all_rows["care_levels"]:
        assessed = day(row["Bedömningsdatum"])
        if assessed and row["Omsorgsnivå"].isdecimal():
            key = (row["Födelseår"], row["Kön"], name(row["Insats"]))
            found[key].append((assessed, int(row["Omsorgsnivå"]), row["Preliminär"]))
    steps = Counter(
        (later[1] > earlier[1]) - (later[1] < earlier[1])
        for several in found.values()
        for earlier, later in zip(sorted(several), sorted(several)[1:], strict=False)
    )
    assert steps[0] > steps[1] > 0
    assert steps[-1] > 0
    assert 0.03 < sum(row["Preliminär"] == "Ja" for row in all_rows["care_levels"]) / len(all_rows["care_levels"]) < 0.3


def test_coordinated_plans_are_made_every_year_and_most_tell_of_participation(all_rows: dict[str, Rows]) -> None:
    plans = all_rows["coordinated_plans"]
    years = Counter(established.year for row in plans if (established := day(row["Upprättad"])))
    assert set(years) >= {2023, 2024, 2025, 2026}
    assert len(plans) > 40
    assert sum(row["Delaktighet dokumenterad"] == "J" for row in plans) > 0.7 * len(plans)


def test_checks_have_every_outcome(all_rows: dict[str, Rows]) -> None:
    controls = all_rows["controls"]
    assert {row["Bedömning"] for row in controls} == {
        "Ingen avvikelse",
        "Mindre avvikelse",
        "Stor avvikelse",
        "Ej utförd",
    }
    for row in controls:
        assert bool(row["Antal kontrollerade"]) == (row["Bedömning"] != "Ej utförd")
        assert int(row["Antal avvikelser"] or 0) <= int(row["Antal kontrollerade"] or 0)


def test_the_follow_up_plan_has_every_kind_of_schedule_and_answers_demands(all_rows: dict[str, Rows]) -> None:
    plan = all_rows["followup_plan"]
    assert {row["Mättillfälle"] for row in plan} >= {
        "T1, T2, T3",
        "T2, årsbokslut",
        "mars, september",
        "var tredje månad",
        "varje månad",
    }
    assert {row["Krav"] for row in plan} - {""} <= {row["Krav"] for row in all_rows["requirements"]}
    assert {row["Måttyp"] for row in plan} == {"Struktur", "Process", "Resultat"}
    assert len({row["Kvalitetsområde"] for row in plan}) == 6


def test_some_routines_are_past_their_day_and_some_demands_have_none(all_rows: dict[str, Rows]) -> None:
    matrix = all_rows["requirements"]
    past = [row for row in matrix if (next_day := day(row["Nästa översyn"])) and next_day < ENDS]
    assert 2 <= len(past) < len(matrix) / 2
    assert sum(not row["Gällande rutin"] for row in matrix) == 2
    assert all(not row["Senast reviderad"] for row in matrix if not row["Gällande rutin"])


def test_units_stand_in_the_register(small: Path, all_rows: dict[str, Rows]) -> None:
    register = {row["Enhet"] for row in delivered.rows(small / f"enheter_{DELIVERED}.xlsx")}
    folded = {unit.casefold() for unit in register}
    spoilt = {"gamla socialkontoret", "okänd enhet", ""}
    for extract, rows in all_rows.items():
        units = {name(row["Enhet"]) for row in rows} - spoilt
        assert units <= folded, extract


def test_what_the_municipality_has_once_is_not_repeated_in_every_batch() -> None:
    calendar, scale = Calendar.on(TODAY), SCALES[Size.CITY]
    first, second = (invent(Society.invent(calendar, scale, DEFAULT_SEED, batch)) for batch in (0, 1))
    assert all(length(first[extract]) > 10 for extract in WHOLE)
    assert all(length(second[extract]) == 0 for extract in WHOLE)
    assert all(length(second[extract]) > 10 for extract in second.keys() - {*WHOLE})
