/* ---
about = """\
Hur många utredningar som pågår per enhet och per handläggare: i medeltal, som mest, och hur många som saknar \
handläggare."""
--- */
with per_case_worker as (
    select
        unit,
        case_worker,
        count(*) as open_investigations
    from v_investigations
    where is_open
    group by unit, case_worker
)

select
    unit,
    sum(open_investigations) as open_investigations,
    count(case_worker) as case_workers,
    avg(open_investigations) filter (where case_worker is not null) as mean_each,
    max(open_investigations) filter (where case_worker is not null) as most,
    coalesce(sum(open_investigations) filter (where case_worker is null), 0) as without_case_worker
from per_case_worker
group by unit
order by mean_each desc nulls last, unit asc
