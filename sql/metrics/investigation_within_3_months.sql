/* ---
id: investigation_within_3_months
order: 4
title: Utredningar klara inom tre månader
section: Utredningar
question: Hur stor andel blir klara inom tre månader?
numerator: utredningar som avslutades inom tre månader från den dag de inleddes
denominator: utredningar som avslutades under perioden, alla områden
unit: andel
kind: process
quality_area: kunskapsbaserad verksamhet
better: higher
flow: true
statistics: [share]
judged: share
breakdowns: [area, gender, age_group]
demanded_by_law: false
child_scope: false
needs:
  investigations: [closed]
law: [quality]
owner: Ansvarig för kvalitetsuppföljningen
choices:
  - Gränsen är samma dag i månaden tre månader senare, eller månadens sista dag om den dagen inte finns.
noun: [utredning, utredningar]
verb: avslutades inom tre månader
nothing: Ingen utredning avslutades under perioden.
--- */
select
    w.window_id,
    i.investigation_id as case_id,
    i.unit,
    i.area,
    i.gender,
    i.age_group,
    i.closed <= i.limit_3_months as hit
from investigations as i
inner join flow_windows as w on i.closed between w.starts and w.ends
