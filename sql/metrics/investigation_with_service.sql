/* ---
id: investigation_with_service
order: 12
title: Utredningar som ledde till insats
section: Utredningar
question: Hur stor andel av utredningarna leder till insats?
numerator: utredningar med resultatet insats
denominator: utredningar som avslutades under perioden med resultatet insats eller ingen insats, alla områden
unit: andel
kind: resultat
quality_area: kunskapsbaserad verksamhet
better: ""
flow: true
statistics: [share]
judged: share
breakdowns: [area, gender, age_group]
demanded_by_law: false
child_scope: false
needs:
  investigations: [closed, outcome]
law: [assistance]
owner: Ansvarig för kvalitetsuppföljningen
choices:
  - Avbrutna utredningar, övriga resultat och utredningar utan angivet resultat ingår inte.
noun: [utredning, utredningar]
verb: ledde till insats
nothing: Ingen utredning avslutades med resultatet insats eller ingen insats under perioden.
--- */
select
    w.window_id,
    i.investigation_id as case_id,
    i.unit,
    i.area,
    i.gender,
    i.age_group,
    i.outcome = 'insats' as hit
from investigations as i
inner join flow_windows as w on i.closed between w.starts and w.ends
where i.outcome in ('insats', 'ingen insats')
