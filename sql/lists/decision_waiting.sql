/* ---
id = "decision_waiting"
order = 5
title = "Beslut ska verkställas, och avbrott återupptas, inom tre månader"
law = "unexecuted_decision"
near = "decision_days"
todo = "Erbjud insatsen. Skriv in erbjudanden och skäl till dröjsmål: det rapporteras varje kvartal."
needs = { decisions = ["executed"] }
--- */
select
    d.decision_id as case_id,
    d.person_id,
    d.unit,
    d.area,
    d.service as subject,
    d.since,
    d.limit_day,
    d.law as act,
    upper(substr(d.wait, 1, 1)) || substr(d.wait, 2) || coalesce('. Skäl: ' || d.delay_reason, '') || '.' as note
from waiting_on_day as d
where d.window_id = 'watch'
