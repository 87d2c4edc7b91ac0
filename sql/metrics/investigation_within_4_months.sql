/* ---
id: investigation_within_4_months
order: 5
title: Barnutredningar klara inom fyra månader
section: Utredningar
question: Hur stor andel blir klara inom fyra månader?
numerator: barnutredningar som avslutades senast på fyramånadersdagen
denominator: barnutredningar vars fyramånadersdag infaller under perioden
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
owner: Ansvarig för kvalitetsuppföljningen
choices:
  - Fyramånadersdagen är samma dag i månaden fyra månader senare, eller månadens sista dag om den dagen inte finns.
  - Utredningar som fortfarande pågår ingår, så att inget överskridande blir osynligt.
  - >-
    Fyra månader är lagens huvudregel. Nämnden får förlänga tiden vid särskilda skäl; om lagkravet är uppfyllt
    visas därför i måttet Barnutredningar klara inom tillåten tid.
  - >-
    Barnutredning är en utredning inom verksamhetsområdet för barn och unga. Vissa utredningstyper räknas inte,
    till exempel familjerätt och ekonomiskt bistånd; vilka de är anges i inställningarna. Utredningar utan
    angiven typ räknas med.
noun: [barnutredning, barnutredningar]
verb: avslutades inom fyra månader
nothing: Ingen barnutredning nådde sin fyramånadersdag under perioden.
--- */
select
    w.window_id,
    i.investigation_id as case_id,
    i.unit,
    i.area,
    i.gender,
    i.age_group,
    coalesce(i.closed <= i.limit_4_months, false) as hit
from investigations as i
inner join flow_windows as w on i.limit_4_months between w.starts and w.ends
where i.is_child_investigation
