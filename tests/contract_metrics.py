"""The metrics that the contract defines. A municipality may add its own: they need a file and a case, and no more."""

from __future__ import annotations

EXPECTED = {
    "referrals", "preassessment_within_14_days", "preassessment_open_over_14_days",
    "preassessment_led_to_investigation", "protection_assessed_by_next_day", "not_returned_within_12_months",
    "investigations_opened", "investigation_days", "investigation_within_120_days", "investigation_within_3_months",
    "investigation_within_4_months", "investigation_within_allowed_time", "investigations_open",
    "investigation_open_over_120_days", "investigation_open_over_allowed_time", "investigation_overrun_extended",
    "investigation_overrun_recorded", "investigation_with_service", "open_investigations_per_case_worker",
    "plan_in_force", "plan_current", "plan_current_measurable_goal", "plan_current_participation",
    "plan_all_goals_measurable", "plan_follow_up_planned", "plan_followed_up_within_12_months",
    "plan_established_within_30_days", "plan_ended_as_planned", "plan_dated", "plan_cooperation",
    "service_followed_up_within_12_months", "decision_unexecuted_over_3_months", "decision_executed_within_3_months",
    "decision_wait_days", "decision_days_from_application", "care_level_assessments", "care_level_assessed",
    "care_level_changed", "care_level_preliminary_followed_up", "care_level_joint", "sip_established",
    "sip_participation", "incidents", "feedback", "incident_open_over_90_days", "lex_sarah_reported_to_ivo",
    "review_fulfilled", "survey_positive", "survey_mean", "survey_response_rate", "rater_agreement",
    "control_deviation", "activity_done", "measure",
}  # fmt: skip
