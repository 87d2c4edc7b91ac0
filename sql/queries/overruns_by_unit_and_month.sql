/* ---
about = """\
Hur många barnutredningar som tog mer än 120 dagar, per enhet och månad de avslutades, och hur många av dem \
som var förlängda i tid eller har en avvikelse."""
parameters.since = { about = "avslutade från och med denna dag", kind = "day", default = "2026-01-01" }
--- */
select
    unit,
    cast(date_trunc('month', closed) as date) as closed_month,
    count(*) as closed_investigations,
    count(*) filter (where days > 120) as over_120_days,
    count(*) filter (where days > 120 and extended_in_time) as extended_in_time,
    count(*) filter (where days > 120 and is_recorded_as_incident) as recorded_as_incident,
    count(*) filter (where days > 120 and not extended_in_time and not is_recorded_as_incident) as neither
from v_investigations
where
    is_child_investigation
    and closed >= $since
group by unit, date_trunc('month', closed)
order by unit asc, closed_month asc
