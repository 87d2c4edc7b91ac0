/* ---
id = "service_follow_up"
order = 9
title = "Myndigheten ska följa upp insatsen inom tolv månader"
law = "quality"
near = "follow_up_days"
todo = "Följ upp beslutet och skriv in dagen; stäm av med handläggaren."
needs = { decisions = ["executed", "followed_up"] }
--- */
-- The first year counts from execution, the following ones from the latest follow-up.
select
    s.decision_id as case_id,
    s.person_id,
    s.service_unit as unit,
    s.area,
    s.service as subject,
    case when d.followed_up <= s.ends then greatest(d.followed_up, d.fully_executed) else d.fully_executed end as since,
    case
        when d.followed_up <= s.ends then greatest(d.followed_up_limit, d.in_force_a_year_from)
        else d.in_force_a_year_from
    end - 1 as limit_day,
    s.law as act,
    case when d.followed_up is null or d.followed_up > s.ends then 'Aldrig uppföljd.' end as note
from services_on_day as s
inner join decisions as d
    on s.decision_id = d.decision_id and s.person_id = d.person_id and s.service_unit = d.service_unit
where s.window_id = 'watch'
