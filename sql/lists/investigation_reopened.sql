/* ---
id = "investigation_reopened"
order = 12
title = "Ny utredning kort efter att en annan avslutades"
todo = "Granska om den förra utredningen avslutades för tidigt."
needs = { investigations = ["closed"] }
--- */
-- Investigations of one area alone: what another kind of operation has looked into is not this one's to know.
with after_another as (
    select
        i.*,
        e.investigation_id as earlier_id,
        e.unit as earlier_unit,
        e.closed as earlier_closed,
        i.opened - e.closed as days_between,
        row_number() over (
            partition by i.investigation_key
            order by e.closed desc, e.investigation_id desc
        ) as place
    from investigations as i
    inner join stock_windows as w on i.opened between w.starts and w.ends
    inner join investigations as e
        on
            i.person_id = e.person_id
            and i.investigation_key <> e.investigation_key
            and lower(i.area) = lower(e.area)
            and e.opened < i.opened
            and i.opened between e.closed and e.closed + (
                select n.days
                from watch_settings as n
                where n.name = 'reopened_days'
            )
    where w.window_id = 'watch'
)

select
    a.investigation_id as case_id,
    a.person_id,
    a.unit,
    a.area,
    a.kind as subject,
    a.opened as since,
    null as limit_day,
    null as act,
    case
        when a.days_between = 0 then 'Inledd samma dag som '
        when a.days_between = 1 then 'Inledd dagen efter att '
        else 'Inledd ' || cast(a.days_between as varchar) || ' dagar efter att '
    end
    || case when a.earlier_unit = a.unit then 'utredning ' || a.earlier_id else 'en utredning vid en annan enhet' end
    || ' avslutades ' || cast(a.earlier_closed as varchar) || '.' as note
from after_another as a
where a.place = 1
