/* ---
about = "Ett mått månad för månad för hela nämnden, med skillnaden mot månaden före."
parameters.metric = { about = "måttets namn, till exempel investigation_within_120_days" }
--- */
select
    starts,
    ends,
    numerator,
    denominator,
    value,
    value - lag(value) over (order by ends asc) as difference
from v_figures
where
    metric = $metric
    and series = 'month'
    and is_judged
    and level = 1
    and breakdown = ''
order by ends asc
