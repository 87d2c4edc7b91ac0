/* ---
about = "Alla bedömda siffror för en enhet i rapportperioden, bredvid nämndens."
parameters.unit = { about = "enhetens namn" }
parameters.window_kind = { about = "slag av fönster: tertial, ytd, r12, stock; alla om inget anges", optional = true }
--- */
with committee as (
    select
        metric,
        window_id,
        value as value_of_committee
    from v_figures
    where is_report and is_judged and level = 1 and breakdown = ''
),

own as (
    select *
    from v_figures
    where
        is_report
        and is_judged
        and level = 3
        and breakdown = ''
        and denominator > 0
        and lower(org) = lower($unit)
        and ($window_kind is null or window_kind = $window_kind)
)

select
    o.section,
    o.metric,
    o.title,
    o.window_kind,
    o.numerator,
    o.denominator,
    o.value,
    o.target,
    o.status,
    c.value_of_committee
from own as o
left join committee as c on o.metric = c.metric and o.window_id = c.window_id
order by o.place asc, o.window_kind asc
