/* ---
id = "investigation_allowed_time"
order = 3
title = "Barnutredning ska vara klar inom fyra månader eller beslutad förlängning"
law = "child_investigation_time"
near = "investigation_days"
todo = "Avsluta utredningen. Finns särskilda skäl: besluta om förlängning innan fyra månader har gått."
needs = { investigations = ["closed", "extended", "extended_until"] }
--- */
select
    i.investigation_id as case_id,
    i.person_id,
    i.unit,
    i.area,
    i.kind as subject,
    i.opened as since,
    i.allowed_limit as limit_day,
    null as act,
    case
        when i.allowed_limit > i.limit_4_months then 'Förlängd i tid.'
        when i.extended is not null and not i.extended_in_time then 'Förlängningen beslutades för sent.'
        else 'Dag 120 är ' || cast(i.limit_120_days as varchar) || '.'
    end as note
from investigations as i
inner join stock_windows as w
    on i.opened <= w.ends and (i.closed is null or i.closed > w.ends)
where w.window_id = 'watch' and i.is_child_investigation
