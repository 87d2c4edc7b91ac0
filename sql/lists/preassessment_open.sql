/* ---
id = "preassessment_open"
order = 1
title = "Förhandsbedömning ska vara beslutad inom 14 dagar"
law = "preassessment"
near = "preassessment_days"
todo = "Besluta om utredning ska inledas eller inte, och skriv in beslutsdatum."
needs = { referrals = ["decided"] }
--- */
select
    r.referral_id as case_id,
    r.person_id,
    r.unit,
    r.area,
    r.kind as subject,
    r.received as since,
    r.preassessment_due as limit_day,
    null as act,
    case when r.special_reasons then 'Synnerliga skäl för längre tid är antecknade.' end as note
from referrals as r
inner join stock_windows as w
    on r.received <= w.ends and (r.decided is null or r.decided > w.ends)
where
    w.window_id = 'watch'
    and r.is_child_report
    and not (r.joined_open_investigation and r.decided is null)
