/* ---
about = """\
Vad som har ändrats för nämnden sedan förra tertialet, eller när det senast fanns en uppgift: varje mått då \
och nu, störst ändring först."""
--- */
with judged as (
    select
        metric,
        title,
        unit,
        better,
        series,
        window_kind,
        ends,
        denominator,
        value
    from v_figures
    where is_judged and level = 1 and breakdown = '' and value is not null
),

-- The report's own day or tertial, and what ended last before it.
now_and_then as (
    select
        n.metric,
        n.title,
        n.unit,
        n.better,
        n.ends,
        n.value,
        t.ends as ends_before,
        t.value as value_before,
        row_number() over (partition by n.metric, n.window_kind order by t.ends desc) as recency
    from judged as n
    inner join judged as t
        on
            n.metric = t.metric
            and n.window_kind = t.window_kind
            and t.series in ('part', 'last_tertial')
            and t.ends < n.ends
    where n.series = 'report' and n.window_kind in ('tertial', 'stock')
)

select
    metric,
    title,
    unit,
    ends_before,
    value_before,
    ends,
    value,
    value - value_before as difference,
    case
        when better <> '' and value <> value_before
            then (value > value_before) = (better = 'higher')
    end as is_better
from now_and_then
where recency = 1
order by unit asc, abs(value - value_before) desc, metric asc
