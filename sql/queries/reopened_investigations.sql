/* ---
about = """\
Vilka utredningar som öppnades snart efter att en tidigare om samma person hade avslutats. Skyddade \
personuppgifter är utelämnade."""
parameters.days = { about = "inom så många dagar efter avslutet", kind = "number", default = 365 }
parameters.since = { about = "öppnade från och med denna dag", kind = "day", default = "2026-01-01" }
parameters.unit = { about = "enhetens namn; alla enheter om inget anges", optional = true }
--- */
with with_earlier as (
    select
        i.*,
        max(e.closed) as earlier_closed,
        max_by(e.outcome, e.closed) as earlier_outcome
    from v_investigations as i
    inner join v_investigations as e
        on i.person_id = e.person_id and i.area = e.area and e.opened < i.opened and e.closed <= i.opened
    group by all
)

select
    investigation_id,
    unit,
    area,
    opened,
    earlier_closed,
    date_diff('day', earlier_closed, opened) as days_between,
    earlier_outcome,
    outcome
from with_earlier
where
    opened >= $since
    and date_diff('day', earlier_closed, opened) <= $days
    and not is_protected
    and ($unit is null or lower(unit) = lower($unit))
order by days_between asc, investigation_id asc
