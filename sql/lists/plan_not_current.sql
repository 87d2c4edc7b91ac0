/* ---
id = "plan_not_current"
order = 7
title = "Genomförandeplan ska vara aktuell"
law = "implementation_plan"
near = "plan_days"
todo = "Följ upp planen och revidera den vid behov."
needs = { decisions = ["executed"], plans = ["established", "decision_id or person_id"] }
--- */
-- Of several plans in force the one that was last established, revised or followed up is current the longest.
with latest as (
    select
        p.decision_id,
        d.person_id,
        d.service_unit,
        max(greatest(
            p.established,
            case when p.revised <= w.ends then p.revised else p.established end,
            case when p.followed_up <= w.ends then p.followed_up else p.established end
        )) as latest_day,
        max(greatest(
            p.current_by_established,
            case when p.revised <= w.ends then p.current_by_revised else p.current_by_established end,
            case when p.followed_up <= w.ends then p.current_by_followed_up else p.current_by_established end
        )) as current_until
    from plan_decisions as p
    inner join decisions as d on p.decision_key = d.decision_key
    inner join stock_windows as w
        on p.established <= w.ends and (p.ended is null or p.ended > w.ends)
    where w.window_id = 'watch'
    group by p.decision_id, d.person_id, d.service_unit
)

select
    s.decision_id as case_id,
    s.person_id,
    s.service_unit as unit,
    s.area,
    s.service as subject,
    l.latest_day as since,
    l.current_until - 1 as limit_day,
    s.law as act,
    null as note
from services_on_day as s
inner join latest as l
    on s.decision_id = l.decision_id and s.person_id = l.person_id and s.service_unit = l.service_unit
where s.window_id = 'watch' and s.needs_plan and s.has_plan
