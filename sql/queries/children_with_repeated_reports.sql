/* ---
about = """\
Vilka barn som det har kommit flera anmälningar om de senaste månaderna, flest först. Pseudonymer; skyddade \
personuppgifter är utelämnade."""
parameters.least = { about = "minst så många anmälningar", kind = "number", default = 3 }
parameters.months = { about = "så många månader tillbaka", kind = "number", default = 12 }
--- */
select
    person_id,
    count(*) as reports,
    count(*) filter (where outcome = 'utredning inleds') as led_to_investigation,
    count(*) filter (where is_open) as still_open,
    count(distinct source) as different_sources,
    min(received) as first_received,
    max(received) as last_received
from v_referrals
where
    is_child_report
    and received > as_of - to_months(cast($months as integer))
    and received <= as_of
    and not is_protected
group by person_id
having count(*) >= $least
order by reports desc, last_received desc, person_id asc
