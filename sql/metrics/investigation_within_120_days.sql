/* ---
id: investigation_within_120_days
order: 3
title: Barnutredningar klara inom 120 dagar
section: Utredningar
question: Hur stor andel blir klara inom 120 dagar?
numerator: barnutredningar som avslutades senast 120 dagar efter att de inleddes
denominator: barnutredningar som avslutades under perioden
unit: andel
kind: process
quality_area: kunskapsbaserad verksamhet
better: higher
flow: true
statistics: [share]
judged: share
breakdowns: [area, gender, age_group]
demanded_by_law: false
child_scope: true
needs:
  investigations: [closed]
refines:
  investigations: [kind]
law: [child_investigation_time]
kpis: [U33401, U33402]
owner: Ansvarig för kvalitetsuppföljningen
choices:
  - >-
    Lagens gräns är fyra kalendermånader. 120 dagar är ett vanligt mått för jämförelser och räknas oberoende av
    förlängning.
  - >-
    Barnutredning är en utredning inom verksamhetsområdet för barn och unga. Vissa utredningstyper räknas inte,
    till exempel familjerätt och ekonomiskt bistånd; vilka de är anges i inställningarna. Utredningar utan
    angiven typ räknas med.
noun: [barnutredning, barnutredningar]
verb: avslutades inom 120 dagar
nothing: Ingen barnutredning avslutades under perioden.
--- */
select
    w.window_id,
    i.investigation_id as case_id,
    i.unit,
    i.area,
    i.gender,
    i.age_group,
    i.closed <= i.limit_120_days as hit
from investigations as i
inner join flow_windows as w on i.closed between w.starts and w.ends
where i.is_child_investigation
