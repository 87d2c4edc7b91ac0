-- The quarter's report on decisions not executed: those that had waited more than three months on the quarter's last
-- day, and those that had when it began and have been executed, resumed or ended since.
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
)

select
    d.decision_id,
    d.person_id,
    n.decision_key is not null as waits,
    b.decision_key is not null as was_reported,
    coalesce(n.wait, b.wait) = 'avbruten' as is_interruption,
    coalesce(n.since, b.since) as since,
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
left join protected_persons as p on d.person_id = p.person_id
where n.decision_key is not null or b.decision_key is not null
order by d.decision_id, d.decision_key
