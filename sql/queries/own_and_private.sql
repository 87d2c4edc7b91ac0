/* ---
about = "Ett mått för egen och privat regi i rapportperioden."
parameters.metric = { about = "måttets namn, till exempel investigation_within_120_days" }
parameters.window_kind = { about = "slag av fönster: tertial, ytd, r12, stock; alla om inget anges", optional = true }
--- */
select
    title,
    window_kind,
    ends,
    category as provider_type,
    numerator,
    denominator,
    value,
    ci_low,
    ci_high
from v_figures
where
    metric = $metric
    and is_report
    and is_judged
    and level = 1
    and breakdown = 'provider_type'
    and denominator > 0
    and ($window_kind is null or window_kind = $window_kind)
order by window_kind asc, provider_type asc
