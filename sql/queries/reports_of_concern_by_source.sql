/* ---
about = "Vem som anmäler oro för barn: antal anmälningar och hur många som ledde till utredning, per den som anmäler."
parameters.since = { about = "inkomna från och med denna dag", kind = "day", default = "2026-01-01" }
parameters.until = { about = "inkomna till och med denna dag", kind = "day", default = "2026-12-31" }
--- */
select
    source,
    count(*) as reports,
    count(distinct person_id) as children,
    count(*) filter (where decided is not null) as decided_reports,
    count(*) filter (where outcome = 'utredning inleds') as led_to_investigation,
    count(*) filter (where outcome = 'utredning inleds')
    / nullif(count(*) filter (where decided is not null), 0) as led_share
from v_referrals
where
    is_child_report
    and received between $since and $until
group by source
order by reports desc, source asc
