/* ---
id = "care_level_preliminary"
order = 11
title = "Preliminär nivåbedömning ska följas upp inom tre månader"
near = "care_level_days"
todo = "Gör en ny nivåbedömning."
needs = { care_levels = ["preliminary"] }
--- */
-- A service that has ended needs no new assessment; one that no decision tells of may still be in force.
with ended as (
    select
        d.person_id,
        lower(d.service) as service_key
    from decisions as d
    inner join stock_windows as w on d.decided <= w.ends
    where w.window_id = 'watch' and d.is_service
    group by d.person_id, lower(d.service)
    having count(*) = count(case when d.ended_from <= w.ends then 1 end)
)

select
    c.assessment_id as case_id,
    c.person_id,
    c.unit,
    c.area,
    c.service as subject,
    c.assessed as since,
    c.follow_up_limit as limit_day,
    null as act,
    null as note
from care_levels as c
inner join stock_windows as w
    on c.assessed <= w.ends and (c.next_assessed is null or c.next_assessed > w.ends)
left join ended as e on c.person_id = e.person_id and c.service_key = e.service_key
where w.window_id = 'watch' and c.preliminary and e.person_id is null
