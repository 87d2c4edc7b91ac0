/* ---
id = "protection_assessment_missing"
order = 2
title = "Skyddsbedömning ska göras genast, senast dagen efter anmälan"
law = "protection_assessment"
near = "protection_days"
todo = "Gör skyddsbedömningen nu. Är den gjord: skriv in dagen."
needs = { referrals = ["protection_assessed"] }
--- */
-- What came in before the period, and has been decided since, cannot be assessed any more.
select
    r.referral_id as case_id,
    r.person_id,
    r.unit,
    r.area,
    r.kind as subject,
    r.received as since,
    r.protection_due as limit_day,
    null as act,
    null as note
from referrals as r
inner join stock_windows as w on r.received <= w.ends
where
    w.window_id = 'watch'
    and r.is_child_report
    and (r.protection_assessed is null or r.protection_assessed > w.ends)
    and (
        r.received >= w.starts
        or ((r.decided is null or r.decided > w.ends) and not r.joined_open_investigation)
    )
