/* ---
id = "incident_open"
order = 10
title = "Avvikelser och synpunkter ska vara avslutade i tid"
law = "self_checks"
near = "incident_days"
todo = "Slutför utredningen av ärendet, skriv in åtgärd och avsluta det."
needs = { incidents = ["closed"] }
--- */
with about_protected as (
    select
        v.investigation_id,
        max(p.person_id) as person_id
    from investigations as v
    inner join protected_persons as p on v.person_id = p.person_id
    group by v.investigation_id
)

select
    i.incident_id as case_id,
    a.person_id,
    i.unit,
    i.area,
    i.kind as subject,
    i.received as since,
    i.open_limit as limit_day,
    null as act,
    case when i.severity is not null then 'Allvarlighetsgrad ' || i.severity || '.' end as note
from incidents as i
inner join stock_windows as w
    on i.received <= w.ends and (i.closed is null or i.closed > w.ends)
left join about_protected as a on i.investigation_id = a.investigation_id
where w.window_id = 'watch'
