/* ---
id = "plan_missing"
order = 6
title = "Insats ska ha en genomförandeplan inom 30 dagar från verkställighet"
law = "implementation_plan"
near = "plan_days"
todo = "Upprätta en genomförandeplan tillsammans med personen."
needs = { decisions = ["executed"], plans = ["established", "decision_id or person_id"] }
--- */
select
    s.decision_id as case_id,
    s.person_id,
    s.service_unit as unit,
    s.area,
    s.service as subject,
    d.fully_executed as since,
    d.plan_due as limit_day,
    s.law as act,
    null as note
from services_on_day as s
inner join decisions as d
    on s.decision_id = d.decision_id and s.person_id = d.person_id and s.service_unit = d.service_unit
where s.window_id = 'watch' and s.needs_plan and not s.has_plan
