/* ---
about = "Ett måtts siffror enhet för enhet i rapportperioden, sämst först där det ena är bättre än det andra."
parameters.metric = { about = "måttets namn, till exempel investigation_within_120_days" }
parameters.window_kind = { about = "slag av fönster: tertial, ytd, r12, stock; alla om inget anges", optional = true }
--- */
select
    window_kind,
    ends,
    org as unit,
    numerator,
    denominator,
    value,
    ci_low,
    ci_high,
    target,
    status
from v_figures
where
    metric = $metric
    and is_report
    and is_judged
    and level = 3
    and breakdown = ''
    and denominator > 0
    and ($window_kind is null or window_kind = $window_kind)
order by window_kind asc, case when better = 'lower' then -value else value end asc, org asc
