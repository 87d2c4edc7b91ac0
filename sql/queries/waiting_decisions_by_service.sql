/* ---
about = "Hur många beslut som inte var verkställda på rapportperiodens sista dag, per lag och insats, längsta väntan."
parameters.law = { about = "SoL eller LSS; båda om inget anges", optional = true }
--- */
select
    law,
    service,
    count(*) as waiting,
    count(*) filter (where is_over_deadline) as over_three_months,
    count(distinct person_id) as persons,
    max(days) as longest_wait,
    any_value(as_of) as as_of
from v_waiting
where $law is null or lower(law) = lower($law)
group by law, service
order by over_three_months desc, waiting desc, law asc, service asc
