"""The catalogue: each metric's window, statistics and needs; what it counts is a function in the module of its area."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..cases import Case, World
from ..days import Window
from . import care, decisions, incidents, inquiries, investigations, organisation, plans, referrals

Cases = Iterator[Case]

DAYS = ("mean", "median", "p90")


@dataclass(frozen=True)
class Metric:
    """A metric's function with its window, its statistics and the columns (extract.column) it is nothing without.

    `outcome`: the breakdown whose categories are each a numerator of their own, with all the cases as denominator.
    """

    cases: Callable[[World, Window], Cases]
    flow: bool
    statistics: tuple[str, ...]
    needs: tuple[str, ...]
    outcome: str = ""

    @property
    def name(self) -> str:
        """Its id in the catalogue."""
        return self.cases.__name__

    def is_delivered(self, world: World) -> bool:
        """Whether every needed column (of alternatives, `a.b|a.c`, one) stands in some file."""
        return all(
            any(world.extracts.delivered(*column.split(".")) for column in needed.split("|")) for needed in self.needs
        )


def _flow(
    cases: Callable[[World, Window], Cases], *needs: str, statistics: tuple[str, ...] = ("share",), outcome: str = ""
) -> Metric:
    return Metric(cases, True, statistics, needs, outcome)


def _stock(cases: Callable[[World, Window], Cases], *needs: str, statistics: tuple[str, ...] = ("share",)) -> Metric:
    return Metric(cases, False, statistics, needs)


_PLANS = ("decisions.executed", "plans.established")
_EXTENSION = ("investigations.closed", "investigations.extended", "investigations.extended_until")

CATALOGUE = [
    _flow(referrals.referrals, "referrals.received", statistics=("count", "persons")),
    _flow(referrals.preassessment_within_14_days, "referrals.decided", statistics=("share", "special_reasons")),
    _stock(referrals.preassessment_open_over_14_days, "referrals.decided"),
    _flow(referrals.preassessment_led_to_investigation, "referrals.decided", "referrals.outcome"),
    _flow(referrals.protection_assessed_by_next_day, "referrals.protection_assessed"),
    _flow(
        referrals.not_returned_within_12_months, "investigations.closed", "investigations.outcome", "referrals.received"
    ),
    _flow(investigations.investigations_opened, "investigations.opened", statistics=("count",)),
    _flow(investigations.investigation_days, "investigations.closed", statistics=(*DAYS, "km_median")),
    _flow(investigations.investigation_within_120_days, "investigations.closed"),
    _flow(investigations.investigation_within_3_months, "investigations.closed"),
    _flow(investigations.investigation_within_4_months, "investigations.closed"),
    _flow(investigations.investigation_within_allowed_time, *_EXTENSION),
    _stock(investigations.investigations_open, "investigations.closed", statistics=("count",)),
    _stock(investigations.investigation_open_over_120_days, "investigations.closed"),
    _stock(investigations.investigation_open_over_allowed_time, *_EXTENSION),
    _flow(investigations.investigation_overrun_extended, "investigations.closed", "investigations.extended"),
    _flow(investigations.investigation_overrun_recorded, "investigations.closed", "incidents.investigation_id"),
    _flow(investigations.investigation_with_service, "investigations.closed", "investigations.outcome"),
    _stock(
        investigations.open_investigations_per_case_worker,
        "investigations.closed",
        "investigations.case_worker",
        statistics=DAYS,
    ),
    _stock(plans.plan_in_force, *_PLANS),
    _stock(plans.plan_current, *_PLANS),
    _stock(plans.plan_current_measurable_goal, *_PLANS, "plans.measurable_goals"),
    _stock(plans.plan_current_participation, *_PLANS, "plans.participation"),
    _stock(plans.plan_all_goals_measurable, *_PLANS, "plans.goals", "plans.measurable_goals"),
    _stock(plans.plan_follow_up_planned, *_PLANS, "plans.next_follow_up"),
    _stock(plans.plan_followed_up_within_12_months, *_PLANS, "plans.revised|plans.followed_up"),
    _flow(plans.plan_established_within_30_days, *_PLANS),
    _flow(plans.plan_ended_as_planned, "plans.ended", "plans.ended_as_planned"),
    _stock(plans.plan_dated, "plans.established"),
    _stock(plans.plan_cooperation, "plans.cooperation"),
    _stock(plans.service_followed_up_within_12_months, "decisions.executed", "decisions.followed_up"),
    _stock(
        decisions.decision_unexecuted_over_3_months,
        "decisions.executed",
        statistics=("share", "persons", "longest_wait"),
    ),
    _flow(decisions.decision_executed_within_3_months, "decisions.executed"),
    _flow(decisions.decision_wait_days, "decisions.executed", statistics=(*DAYS, "km_median")),
    _flow(decisions.decision_days_from_application, "decisions.referral_id", "referrals.received", statistics=DAYS),
    _flow(care.care_level_assessments, "care_levels.assessed", statistics=("count",)),
    _flow(care.care_level_changed, "care_levels.level", outcome="direction"),
    _flow(care.care_level_preliminary_followed_up, "care_levels.preliminary"),
    _stock(care.care_level_assessed, "decisions.executed", "care_levels.assessed"),
    _flow(care.care_level_joint, "care_levels.joint"),
    _flow(care.sip_established, "coordinated_plans.established", statistics=("count",)),
    _flow(care.sip_participation, "coordinated_plans.participation"),
    _flow(incidents.incidents, "incidents.received", statistics=("count",)),
    _flow(incidents.feedback, "incidents.received", statistics=("count",)),
    _stock(incidents.incident_open_over_90_days, "incidents.closed"),
    _flow(incidents.lex_sarah_reported_to_ivo, "incidents.serious", "incidents.reported_to_ivo"),
    _flow(inquiries.review_fulfilled, "reviews.answer"),
    _flow(inquiries.survey_positive, "surveys.positive"),
    _flow(inquiries.survey_mean, "surveys.mean", statistics=("mean",)),
    _flow(inquiries.survey_response_rate, "surveys.invited"),
    _flow(inquiries.rater_agreement, "vignettes.answer", statistics=("alpha", "agreement")),
    _flow(organisation.control_deviation, "controls.sampled", "controls.deviating"),
    _flow(organisation.activity_done, "activities.status"),
    _flow(organisation.measure, "measurements.measure", statistics=("share", "value")),
]
