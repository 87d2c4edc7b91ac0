/* ---
id: investigation_open_over_120_days
order: 8
title: Pågående barnutredningar äldre än 120 dagar
section: Utredningar
question: Hur stor andel av de pågående har tagit mer än 120 dagar?
numerator: barnutredningar som hade pågått i mer än 120 dagar
denominator: barnutredningar som pågick den sista dagen
unit: andel
kind: process
quality_area: kunskapsbaserad verksamhet
better: lower
flow: false
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
  - >-
    Barnutredning är en utredning inom verksamhetsområdet för barn och unga. Vissa utredningstyper räknas inte,
    till exempel familjerätt och ekonomiskt bistånd; vilka de är anges i inställningarna. Utredningar utan
    angiven typ räknas med.
noun: [pågående barnutredning, pågående barnutredningar]
verb: hade pågått i mer än 120 dagar
nothing: Ingen barnutredning pågick den sista dagen.
--- */
select
    w.window_id,
    i.investigation_id as case_id,
    i.unit,
    i.area,
    i.gender,
    i.age_group,
    w.ends > i.limit_120_days as hit
from investigations as i
inner join stock_windows as w
    on i.opened <= w.ends and (i.closed is null or i.closed > w.ends)
where i.is_child_investigation
