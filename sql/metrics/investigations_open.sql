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
law: [opening_investigation]
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
