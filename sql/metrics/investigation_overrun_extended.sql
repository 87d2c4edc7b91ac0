/* ---
id: investigation_overrun_extended
order: 10
title: Långa barnutredningar med beslut om förlängning
section: Utredningar
question: Hur stor andel av de långa utredningarna hade beslut om förlängning?
numerator: barnutredningar där förlängning beslutades inom fyra månader från att utredningen inleddes
denominator: barnutredningar som avslutades under perioden och tog mer än 120 dagar
unit: andel
kind: process
quality_area: ledning och styrning
better: higher
flow: true
statistics: [share]
judged: share
breakdowns: [area, gender, age_group]
demanded_by_law: false
child_scope: true
needs:
  investigations: [closed, extended]
refines:
  investigations: [kind]
law: [child_investigation_time]
owner: Ansvarig för kvalitetsuppföljningen
choices:
  - En förlängning som beslutades efter fyra månader räknas inte.
  - En utredning på drygt 120 dagar kan vara klar inom fyra kalendermånader och då inte ha behövt förlängas.
  - >-
    Barnutredning är en utredning inom verksamhetsområdet för barn och unga. Vissa utredningstyper räknas inte,
    till exempel familjerätt och ekonomiskt bistånd; vilka de är anges i inställningarna. Utredningar utan
    angiven typ räknas med.
noun: [barnutredning över 120 dagar, barnutredningar över 120 dagar]
verb: hade ett beslut om förlängning i tid
nothing: Ingen barnutredning som avslutades under perioden tog mer än 120 dagar.
--- */
select
    w.window_id,
    i.investigation_id as case_id,
    i.unit,
    i.area,
    i.gender,
    i.age_group,
    i.extended_in_time as hit
from investigations as i
inner join flow_windows as w on i.closed between w.starts and w.ends
where i.is_child_investigation and i.closed > i.limit_120_days
