"""The extract contract's facts, written down once more: columns, types, codes, keys and rules of every extract."""

from __future__ import annotations

import pytest

from pipeline import config
from pipeline.model import EXTRACT_NAMES
from pipeline.schemas import EXTRACTS
from pipeline.schemas.extract import Kind, Secrecy
from pipeline.schemas.rules import Severity

PERSON = "gender:code birth_year:count protected_identity:yes/no"
# name:type, text unless said; * = required; the common columns are added below.
COLUMNS = {
    "units": "unit* programme* area* provider_type:code valid_from:date valid_to:date",
    "referrals": "referral_id* person_id* unit* area* kind*:code source received*:date registered:date"
    " protection_assessed:date decided:date outcome:code special_reasons:yes/no",
    "investigations": "investigation_id* referral_id person_id* unit* area* kind opened*:date closed:date"
    " extended:date extended_until:date outcome:code case_worker",
    "decisions": "decision_id* referral_id person_id* unit* area* law*:code service* kind:code decided*:date"
    " result*:code valid_to:date ordered:date executed:date partly_executed:yes/no interrupted:date resumed:date"
    " ended:date end_reason delay_reason offer_made:date offer_declined:date followed_up:date provider_unit"
    " provider_type:code",
    "plans": "plan_id* decision_id person_id service kind:code unit* established:date revised:date followed_up:date"
    " next_follow_up:date participation:yes/no cooperation:yes/no goals:count measurable_goals:count subgoals:count"
    " ended:date ended_as_planned:yes/no",
    "care_levels": "assessment_id* person_id* unit* service* assessed*:date level*:count preliminary:yes/no"
    " joint:yes/no",
    "coordinated_plans": "sip_id* person_id* unit* established*:date participation:yes/no followed_up:date",
    "incidents": "incident_id* unit* kind*:code feedback:code submitter:code external:yes/no category received*:date"
    " severity:count recurrence:count serious:yes/no reported_to_ivo:date cause action closed:date investigation_id",
    "reviews": "review* unit* item_id* question* answer*:code reason reviewed*:date population:count",
    "surveys": "survey* unit* question* date*:date invited:count answered*:count positive:count mean:number"
    " scale:count option option_count:count",
    "vignettes": "vignette* question* rater* unit* answer* date*:date",
    "measurements": "measure* unit* date*:date numerator:number denominator:number value:number comment",
    "activities": "goal* activity* metrics responsible unit due:date status*:code goal_status:code date*:date comment",
    "controls": "risk* control* unit date*:date probability:count consequence:count sampled:count deviating:count"
    " outcome:code analysis action",
    "followup_plan": "area* unit* goal definition* method* level:code responsible* schedule* metrics requirement"
    " kind:code",
    "requirements": "regulation* requirement* area force:code unit routine revised:date next_revision:date method"
    " responsible metrics",
    "goals": "direction effect delivery* metric* statistic:code area unit target*:number better:code valid_from:date"
    " valid_to:date",
}
ABOUT_PERSONS = {"referrals", "investigations", "decisions", "plans", "care_levels", "coordinated_plans"}
KEYS = {
    "units": "unit valid_from",
    "referrals": "referral_id",
    "investigations": "investigation_id",
    "decisions": "decision_id",
    "plans": "plan_id decision_id",
    "care_levels": "assessment_id",
    "coordinated_plans": "sip_id",
    "incidents": "incident_id kind",
    "reviews": "review unit item_id question",
    "surveys": "survey unit question date option",
    "vignettes": "vignette question rater",
    "measurements": "measure unit date",
    "activities": "goal activity unit date",
    "controls": "risk control unit date",
    "followup_plan": "area unit definition",
    "requirements": "regulation requirement unit",
    "goals": "delivery metric area unit valid_from",
}
STATUSES = "genomfört, delvis genomfört, ej genomfört, ej bedömt"
CODES = {
    "gender": "kvinna, man, okänt",
    "provider_type": "egen, privat",
    "referrals.kind": "anmälan, ansökan, information på annat sätt, begäran om yttrande, överflyttning, övrigt",
    "referrals.outcome": "utredning inleds, utredning inleds inte, tillförd pågående utredning",
    "investigations.outcome": "insats, ingen insats, avbruten, övrigt",
    "decisions.law": "SoL, LSS, LVU, LVM",
    "decisions.kind": "nytt, utökat, förlängt, ändrat, omprövning",
    "decisions.result": "bifall, delvis bifall, avslag",
    "plans.kind": "genomförandeplan, vårdplan, hälsoplan",
    "incidents.kind": "avvikelse, synpunkt, lex Sarah, lex Maria, vårdavvikelse, tillbud, skada, tillsyn",
    "incidents.feedback": "beröm, klagomål, förslag, fråga, annan",
    "incidents.submitter": "brukare, anhörig, personal, annan",
    "reviews.answer": "ja, nej, delvis, ej aktuellt",
    "activities.status": STATUSES,
    "activities.goal_status": STATUSES,
    "controls.outcome": "ingen avvikelse, mindre avvikelse, stor avvikelse, ej utförd",
    "followup_plan.level": "individ, uppdrag/avtal, tematisk",
    "followup_plan.kind": "struktur, process, resultat",
    "requirements.force": "föreskrift, allmänt råd",
    "goals.statistic": "andel, antal, medel, median",
    "goals.better": "högre, lägre",
}
MAY_LIE_AHEAD = {
    "extended_until",
    "next_follow_up",
    "due",
    "valid_from",
    "valid_to",
    "next_revision",
    "executed",
    "ended",
}
BOUNDS = {
    "care_levels.level": (1, None),
    "incidents.severity": (1, 4),
    "incidents.recurrence": (1, 4),
    "controls.probability": (1, 4),
    "controls.consequence": (1, 4),
}
NOT_BEFORE = {
    "investigations": {"closed opened", "extended opened"},
    "referrals": {"decided received", "protection_assessed received"},
    "decisions": {"interrupted decided", "ended decided", "resumed interrupted"},
    "plans": {"revised established", "followed_up established", "ended established"},
    "incidents": {"closed received"},
}
AT_MOST = {
    "plans": {"measurable_goals goals"},
    "surveys": {"positive answered", "answered invited"},
    "controls": {"deviating sampled"},
}
PATTERNS = {
    "enheter*", "aktualiseringar*", "utredningar*", "beslut*", "genomförandeplaner*", "genomforandeplaner*",
    "nivåbedömningar*", "nivabedomningar*", "sip*", "avvikelser*", "synpunkter*", "granskningar*", "enkäter*",
    "enkater*", "vinjetter*", "mätvärden*", "matvarden*", "aktiviteter*", "internkontroll*", "uppföljningsplan*",
    "uppfoljningsplan*", "kravmatris*", "mål*", "mal*",
}  # fmt: skip
each_extract = pytest.mark.parametrize("extract", EXTRACTS.values(), ids=lambda extract: extract.name)


def test_there_are_seventeen_extracts_and_each_has_a_name_for_readers_and_files() -> None:
    assert list(EXTRACTS) == list(COLUMNS)
    assert list(EXTRACT_NAMES) == list(COLUMNS)
    assert list(config.DEFAULT_FILES) == list(COLUMNS)
    assert len(set(EXTRACT_NAMES.values())) == len({extract.noun for extract in EXTRACTS.values()}) == 17


def test_files_are_known_by_the_contracts_patterns() -> None:
    assert {pattern for patterns in config.DEFAULT_FILES.values() for pattern in patterns} == PATTERNS


@each_extract
def test_the_columns_are_the_contracts_with_their_types(extract) -> None:
    common = f" {PERSON}" if extract.name in ABOUT_PERSONS else ""
    said = f"{COLUMNS[extract.name]}{common} source_system".split()

    assert [_said(column) for column in extract.columns] == said


def _said(column) -> str:
    kind = "" if column.kind is Kind.TEXT else f":{column.kind}"
    return f"{column.name}{'*' if column.required else ''}{kind}"


@each_extract
def test_the_key_is_the_contracts(extract) -> None:
    assert extract.key == tuple(KEYS[extract.name].split())


@each_extract
def test_the_codes_are_the_contracts(extract) -> None:
    for column in extract.of_kind(Kind.CODE):
        said = CODES.get(f"{extract.name}.{column.name}") or CODES[column.name]
        assert ", ".join(column.codes) == said


@each_extract
def test_days_lie_ahead_only_where_a_plan_may_stand(extract) -> None:
    days = extract.of_kind(Kind.DATE)
    assert {column.name for column in days if column.future} == {column.name for column in days} & MAY_LIE_AHEAD


@each_extract
def test_counts_have_the_contracts_bounds(extract) -> None:
    found = {f"{extract.name}.{c.name}": (c.least, c.most) for c in extract.columns if c.is_bounded}
    assert found == {name: bounds for name, bounds in BOUNDS.items() if name.startswith(f"{extract.name}.")}
    assert all(extract[name.split(".")[1]].kind is Kind.COUNT for name in found)


@each_extract
def test_the_orders_are_the_contracts(extract) -> None:
    rejecting = [order for order in extract.orders if order.rule.severity is Severity.REJECT]
    days = {f"{order.column} {order.bound}" for order in rejecting if not order.counts}
    counts = {f"{order.column} {order.bound}" for order in rejecting if order.counts}
    assert (days, counts) == (NOT_BEFORE.get(extract.name, set()), AT_MOST.get(extract.name, set()))


@each_extract
def test_identities_are_those_that_the_contract_makes_pseudonyms(extract) -> None:
    secret = {column.name: column.secrecy for column in extract.columns if column.secrecy}
    known = {"person_id": Secrecy.PERSON, "case_worker": Secrecy.STAFF, "rater": Secrecy.STAFF}
    assert secret == {name: secrecy for name, secrecy in known.items() if name in extract.names}


@each_extract
def test_what_others_point_at_comes_before_them(extract) -> None:
    order = list(EXTRACTS)
    assert all(order.index(reference.extract) < order.index(extract.name) for reference in extract.references)


def test_unrelated_columns_of_the_same_name_are_not_spelt_alike() -> None:
    words: dict[str, set[str]] = {}
    for extract in EXTRACTS.values():
        for column in extract.columns:
            if column.spelling:
                words.setdefault(column.spelling, set()).add(f"{extract.name}.{column.name}")
    shared = {word: columns for word, columns in words.items() if len(columns) > 1}
    assert set(shared) == {"unit", "area", "service", "requirement", "responsible", "source_system"}
    assert shared["requirement"] == {"requirements.requirement", "followup_plan.requirement"}
    with_area = ("units", "referrals", "investigations", "decisions", "requirements", "goals")
    assert shared["area"] == {f"{name}.area" for name in with_area}
