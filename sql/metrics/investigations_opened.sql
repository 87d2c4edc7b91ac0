/* ---
id: investigations_opened
order: 1
title: Inledda utredningar
section: Utredningar
question: Hur många utredningar inleds?
numerator: ""
denominator: utredningar som inleddes under perioden, alla områden
unit: antal
kind: struktur
quality_area: ledning och styrning
better: ""
flow: true
statistics: [count]
judged: count
breakdowns: [area, gender, age_group]
demanded_by_law: false
child_scope: false
needs:
  investigations: []
law: [opening_investigation]
owner: Ansvarig för kvalitetsuppföljningen
choices: []
noun: [utredning, utredningar]
verb: inleddes
nothing: Ingen utredning inleddes under perioden.
--- */
select
    w.window_id,
    i.investigation_id as case_id,
    i.unit,
    i.area,
    i.gender,
    i.age_group
from investigations as i
inner join flow_windows as w on i.opened between w.starts and w.ends
