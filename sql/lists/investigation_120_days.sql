/* ---
id = "investigation_120_days"
order = 4
title = "Barnutredning bör vara klar inom 120 dagar"
near = "investigation_days"
todo = "Planera så att utredningen blir klar. Över 120 dagar: skriv en avvikelse."
needs = { investigations = ["closed"] }
--- */
-- Of those that were extended in time; the others reach day 120 a few days before their limit by law at most.
select
    i.investigation_id as case_id,
    i.person_id,
    i.unit,
    i.area,
    i.kind as subject,
    i.opened as since,
    i.limit_120_days as limit_day,
    null as act,
    null as note
from investigations as i
inner join stock_windows as w
    on i.opened <= w.ends and (i.closed is null or i.closed > w.ends)
where w.window_id = 'watch' and i.is_child_investigation and i.allowed_limit > i.limit_4_months
