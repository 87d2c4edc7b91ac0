/* ---
id: investigation_overrun_recorded
order: 11
title: Långa barnutredningar rapporterade som avvikelse
section: Utredningar
question: Hur stor andel av de långa utredningarna har rapporterats som avvikelse?
numerator: barnutredningar som det hade kommit in en avvikelse om senast på periodens sista dag
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
  investigations: [closed]
  incidents: [investigation_id]
refines:
  investigations: [kind]
law: [child_investigation_time, self_checks]
owner: Ansvarig för kvalitetsuppföljningen
choices:
  - Bara ärenden av typen avvikelse räknas, inte till exempel synpunkter.
  - Avvikelsen hör till utredningen när den har utredningens id, vilket system den än kommer från.
  - Avvikelsen kan ha kommit in innan utredningen avslutades.
  - >-
    Barnutredning är en utredning inom verksamhetsområdet för barn och unga. Vissa utredningstyper räknas inte,
    till exempel familjerätt och ekonomiskt bistånd; vilka de är anges i inställningarna. Utredningar utan angiven
    typ räknas med.
noun: [barnutredning över 120 dagar, barnutredningar över 120 dagar]
verb: hade rapporterats som avvikelse
nothing: Ingen barnutredning som avslutades under perioden tog mer än 120 dagar.
--- */
with recorded as (
    select
        n.investigation_id,
        min(n.received) as first_recorded
    from incidents as n
    where n.kind = 'avvikelse' and n.investigation_id is not null
    group by n.investigation_id
)

select
    w.window_id,
    i.investigation_id as case_id,
    i.unit,
    i.area,
    i.gender,
    i.age_group,
    coalesce(r.first_recorded <= w.ends, false) as hit
from investigations as i
inner join flow_windows as w on i.closed between w.starts and w.ends
left join recorded as r on i.investigation_id = r.investigation_id
where i.is_child_investigation and i.closed > i.limit_120_days
