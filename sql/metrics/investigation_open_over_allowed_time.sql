/* ---
id: investigation_open_over_allowed_time
order: 9
title: Pågående barnutredningar över tillåten tid
section: Utredningar
question: Hur stor andel av de pågående har gått över tillåten tid?
numerator: barnutredningar som pågick efter sin sista tillåtna dag
denominator: barnutredningar som pågick den sista dagen
unit: andel
kind: process
quality_area: kunskapsbaserad verksamhet
better: lower
flow: false
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
noun: [pågående barnutredning, pågående barnutredningar]
verb: hade gått över tillåten tid
nothing: Ingen barnutredning pågick den sista dagen.
--- */
select
    w.window_id,
    i.investigation_id as case_id,
    i.unit,
    i.area,
    i.gender,
    i.age_group,
    w.ends > i.allowed_limit as hit
from investigations as i
inner join stock_windows as w
    on i.opened <= w.ends and (i.closed is null or i.closed > w.ends)
where i.is_child_investigation
