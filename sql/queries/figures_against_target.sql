/* ---
about = "Nämndens siffror som har ett mål, med skillnaden mot målet, de längst ifrån först."
parameters.status = { about = "bara denna bedömning, till exempel inte uppfyllt", optional = true }
--- */
select
    section,
    metric,
    title,
    window_kind,
    value,
    target,
    case when better = 'lower' then target - value else value - target end as ahead_of_target,
    status,
    demanded_by_law
from v_figures
where
    is_report
    and is_judged
    and level = 1
    and breakdown = ''
    and target is not null
    and value is not null
    and ($status is null or lower(status) = lower($status))
order by ahead_of_target / case when target = 0 then 1 else target end asc, metric asc, window_kind asc
