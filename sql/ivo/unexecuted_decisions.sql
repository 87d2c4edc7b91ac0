-- The quarter's report on decisions not executed: those that had waited more than three months on the quarter's last
-- day, those that had when it began and have been executed, resumed or ended since, and those that passed three months
-- and were executed, resumed or ended within the quarter: they were not executed within three months either.
with the_quarter as (
    select
        starts,
        ends
    from flow_windows
    where series = 'report' and kind = 'quarter'
),

waiting_now as (
    select
        d.decision_key,
        d.wait,
        d.since
    from waiting_on_day as d
    where d.window_id = 'stock' and d.is_over_limit
),

waiting_before as (
    select
        d.decision_key,
        d.wait,
        d.since
    from waiting_on_day as d
    inner join stock_windows as w on d.window_id = w.window_id and w.series = 'month'
    inner join the_quarter as q on w.ends = q.starts - 1
    where d.is_over_limit
),

waits as (
    select
        d.decision_key,
        'ej påbörjad' as wait,
        d.decided as since,
        d.execution_limit as limit_day,
        d.fully_executed as over_on,
        d.ended_from
    from decisions as d
    where d.is_reportable

    union all

    select
        d.decision_key,
        'avbruten' as wait,
        d.interrupted as since,
        d.resumption_limit as limit_day,
        d.resumed as over_on,
        d.ended_from
    from decisions as d
    where d.is_reportable and d.fully_executed <= d.interrupted
),

-- The first day over the limit lies in the quarter, and so does the day when the wait was over. Executed on that first
-- day is executed too late; ended on it is not, since the decision then no longer waited.
over_within as (
    select
        w.decision_key,
        w.wait,
        w.since,
        row_number() over (partition by w.decision_key order by w.since desc) as recency
    from waits as w
    cross join the_quarter as q
    where
        w.limit_day + 1 between q.starts and q.ends
        and least(w.over_on, w.ended_from) <= q.ends
        and coalesce(w.over_on > w.limit_day, true)
        and coalesce(w.ended_from > w.limit_day + 1, true)
)

select
    d.decision_id,
    d.person_id,
    n.decision_key is not null as waits,
    b.decision_key is not null as was_reported,
    coalesce(n.wait, b.wait, o.wait) = 'avbruten' as is_interruption,
    coalesce(n.since, b.since, o.since) as since,
    d.law,
    d.service,
    d.decided,
    coalesce(d.partly_executed, false) as is_partly,
    case when d.executed <= q.ends then d.executed end as executed,
    case when d.fully_executed <= q.ends then d.fully_executed end as fully_executed,
    case when d.interrupted <= q.ends then d.interrupted end as interrupted,
    case when d.resumed <= q.ends then d.resumed end as resumed,
    case when d.ended_from <= q.ends then d.ended_from end as ended,
    case
        when d.ended is null or d.ended > d.valid_to then 'giltighetstiden gick ut'
        else d.end_reason
    end as end_reason,
    case when d.offer_made <= q.ends then d.offer_made end as offer_made,
    case when d.offer_declined <= q.ends then d.offer_declined end as offer_declined,
    d.delay_reason,
    d.unit,
    d.area,
    d.gender,
    p.person_id is not null as is_protected
from decisions as d
cross join the_quarter as q
left join waiting_now as n on d.decision_key = n.decision_key
left join waiting_before as b on d.decision_key = b.decision_key
left join over_within as o on d.decision_key = o.decision_key and o.recency = 1
left join protected_persons as p on d.person_id = p.person_id
where n.decision_key is not null or b.decision_key is not null or o.decision_key is not null
order by d.decision_id, d.decision_key
