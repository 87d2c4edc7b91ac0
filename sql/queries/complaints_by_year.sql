/* ---
about = "Synpunkter och klagomål per år, enhet och slag: hur många som kom in, och hur många dagar svaret tog."
parameters.unit = { about = "enhetens namn; alla enheter om inget anges", optional = true }
--- */
select
    extract(year from received) as received_year,
    unit,
    feedback,
    count(*) as complaints,
    count(*) filter (where is_open) as still_open,
    median(days) filter (where not is_open) as median_days
from v_incidents
where
    kind = 'synpunkt'
    and ($unit is null or lower(unit) = lower($unit))
group by extract(year from received), unit, feedback
order by received_year desc, complaints desc, unit asc, feedback asc
