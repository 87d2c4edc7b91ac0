/* ---
id = "plan_follow_up_day"
order = 8
title = "Genomförandeplan ska följas upp den dag som planerats"
law = "implementation_plan"
near = "plan_days"
todo = "Följ upp planen och bestäm en dag för nästa uppföljning."
needs = { decisions = ["executed"], plans = ["established", "next_follow_up", "decision_id or person_id"] }
--- */
select
    s.decision_id as case_id,
    s.person_id,
    s.service_unit as unit,
    s.area,
    s.service as subject,
    null as since,
    s.next_follow_up as limit_day,
    s.law as act,
    case when s.next_follow_up is null then 'Ingen dag för nästa uppföljning är antecknad.' end as note
from services_on_day as s
where s.window_id = 'watch' and s.needs_plan and s.has_plan
