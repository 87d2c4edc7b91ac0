/* ---
about = """\
Varför beslut inte är verkställda på rapportperiodens sista dag: antal, dagar och hur många över tre månader, \
per slag och skäl."""
parameters.unit = { about = "enhetens namn; alla enheter om inget anges", optional = true }
--- */
select
    wait,
    delay_reason,
    count(*) as waiting,
    count(*) filter (where is_over_deadline) as over_three_months,
    median(days) as median_days,
    max(days) as longest_wait
from v_waiting
where $unit is null or lower(unit) = lower($unit)
group by wait, delay_reason
order by over_three_months desc, waiting desc, wait asc, delay_reason asc
