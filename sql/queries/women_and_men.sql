/* ---
about = "Ett mått för kvinnor och män i rapportperioden, och skillnaden mellan dem."
parameters.metric = { about = "måttets namn, till exempel investigation_within_120_days" }
parameters.window_kind = { about = "slag av fönster: tertial, ytd, r12, stock; alla om inget anges", optional = true }
--- */
select
    title,
    window_kind,
    ends,
    max(denominator) filter (where category = 'kvinna') as women,
    max(value) filter (where category = 'kvinna') as value_of_women,
    max(denominator) filter (where category = 'man') as men,
    max(value) filter (where category = 'man') as value_of_men,
    max(value) filter (where category = 'kvinna') - max(value) filter (where category = 'man') as difference
from v_figures
where
    metric = $metric
    and is_report
    and is_judged
    and level = 1
    and breakdown = 'gender'
    and ($window_kind is null or window_kind = $window_kind)
group by title, window_kind, ends
order by window_kind asc
