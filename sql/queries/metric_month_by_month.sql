/* ---
about = "Ett mått månad för månad, för nämnden eller en enhet, med skillnaden mot månaden före."
parameters.metric = { about = "måttets namn, till exempel investigation_within_120_days" }
parameters.org = { about = "enhetens eller verksamhetsuppdragets namn; hela nämnden om inget anges", optional = true }
--- */
select
    starts,
    ends,
    org,
    numerator,
    denominator,
    value,
    value - lag(value) over (partition by org order by ends asc) as difference
from v_figures
where
    metric = $metric
    and series = 'month'
    and is_judged
    and breakdown = ''
    and case when $org is null then level = 1 else level > 1 and lower(org) = lower($org) end
order by org asc, ends asc
