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
law:
  - text: "11 kap. 1 § socialtjänstlagen (2001:453)"
    valid_to: 2025-06-30
    source: allmän kännedom, inte kontrollerad mot författningen
    verified: false
  - text: "14 kap. 2 § socialtjänstlagen (2025:400)"
    valid_from: 2025-07-01
    source: läst i författningen
    verified: true
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
