/* ---
id: open_investigations_per_case_worker
order: 13
title: Pågående utredningar per handläggare
section: Utredningar
question: Hur många pågående utredningar har varje handläggare?
numerator: pågående utredningar hos varje handläggare
denominator: handläggare med minst en pågående utredning den sista dagen
unit: pågående utredningar
kind: struktur
quality_area: personalens kompetens
better: lower
flow: false
statistics: [mean, median, p90]
judged: mean
breakdowns: [area, gender, age_group]
demanded_by_law: false
child_scope: false
needs:
  investigations: [closed, case_worker]
law: [quality]
owner: Ansvarig för kvalitetsuppföljningen
choices:
  - Utredningar utan angiven handläggare räknas inte.
  - >-
    I varje grupp räknas handläggarens utredningar inom just den gruppen. En handläggare med utredningar i två
    områden ingår i båda, med sina utredningar i vart och ett.
  - Alla utredningar väger lika; måttet säger inget om hur krävande de är.
per: case_worker
noun: [handläggare, handläggare]
verb: hade pågående utredningar
nothing: Ingen pågående utredning hade en angiven handläggare den sista dagen.
--- */
select
    w.window_id,
    i.investigation_id as case_id,
    i.unit,
    i.area,
    i.gender,
    i.age_group,
    i.case_worker
from investigations as i
inner join stock_windows as w
    on i.opened <= w.ends and (i.closed is null or i.closed > w.ends)
where i.case_worker is not null
