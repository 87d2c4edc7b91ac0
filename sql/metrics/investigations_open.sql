/* ---
id: investigations_open
order: 7
title: Pågående utredningar
section: Utredningar
question: Hur många utredningar pågår?
numerator: ""
denominator: utredningar som pågick den sista dagen, alla områden
unit: antal
kind: struktur
quality_area: ledning och styrning
better: ""
flow: false
statistics: [count]
judged: count
breakdowns: [area, gender, age_group]
demanded_by_law: false
child_scope: false
needs:
  investigations: [closed]
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
verb: pågick
nothing: Ingen utredning pågick den sista dagen.
--- */
select
    w.window_id,
    i.investigation_id as case_id,
    i.unit,
    i.area,
    i.gender,
    i.age_group
from investigations as i
inner join stock_windows as w
    on i.opened <= w.ends and (i.closed is null or i.closed > w.ends)
