/* ---
id: investigation_within_allowed_time
order: 6
title: Barnutredningar klara inom tillåten tid
section: Utredningar
question: Hur stor andel blir klara inom tillåten tid?
numerator: barnutredningar som avslutades senast den sista tillåtna dagen
denominator: barnutredningar vars sista tillåtna dag infaller under perioden
unit: andel
kind: process
quality_area: kunskapsbaserad verksamhet
better: higher
flow: true
statistics: [share]
judged: share
breakdowns: [area, gender, age_group]
demanded_by_law: true
child_scope: true
needs:
  investigations: [closed, extended, extended_until]
refines:
  investigations: [kind]
law: [child_investigation_time]
owner: Ansvarig för kvalitetsuppföljningen
choices:
  - >-
    Tillåten tid är fyra månader. Har nämnden beslutat om förlängning inom de fyra månaderna, till en senare
    dag, gäller den dagen i stället.
  - >-
    En förlängning som beslutades efter fyra månader räknas inte. Utdraget har bara den senaste förlängningen,
    så tidigare förlängningar är okända.
  - >-
    Barnutredning är en utredning inom verksamhetsområdet för barn och unga. Vissa utredningstyper räknas inte,
    till exempel familjerätt och ekonomiskt bistånd; vilka de är anges i inställningarna. Utredningar utan
    angiven typ räknas med.
noun: [barnutredning, barnutredningar]
verb: avslutades inom tillåten tid
nothing: Ingen barnutredning nådde sin sista tillåtna dag under perioden.
--- */
select
    w.window_id,
    i.investigation_id as case_id,
    i.unit,
    i.area,
    i.gender,
    i.age_group,
    coalesce(i.closed <= i.allowed_limit, false) as hit
from investigations as i
inner join flow_windows as w on i.allowed_limit between w.starts and w.ends
where i.is_child_investigation
