/* ---
about = """\
Hur lång tid utredningar tar per område och enhet: median, nio av tio inom, och den längsta. Avslutade sedan \
en viss dag."""
parameters.since = { about = "avslutade från och med denna dag", kind = "day", default = "2026-01-01" }
--- */
select
    area,
    unit,
    count(*) as closed_investigations,
    avg(days) as mean_days,
    median(days) as median_days,
    percentile_cont(0.9) within group (order by days) as nine_of_ten_within,
    max(days) as longest
from v_investigations
where closed >= $since
group by area, unit
order by area asc, median_days desc, unit asc
