/* ---
id = "incident_open"
order = 10
title = "Avvikelser och synpunkter ska vara avslutade i tid"
law = "self_checks"
near = "incident_days"
todo = "Slutför utredningen av ärendet, skriv in åtgärd och avsluta det."
needs = { incidents = ["closed"] }
--- */
select
    i.incident_id as case_id,
    null as person_id,
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
where w.window_id = 'watch'
