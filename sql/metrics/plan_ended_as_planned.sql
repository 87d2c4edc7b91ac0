/* ---
id: plan_ended_as_planned
order: 9
title: Genomförandeplaner avslutade enligt plan
section: Genomförandeplaner
question: Hur stor andel av planerna avslutas enligt plan?
numerator: planer som avslutades enligt plan
denominator: planer som avslutades under perioden och där frågan är besvarad
unit: andel
kind: resultat
quality_area: personcentrerat arbetssätt
better: higher
flow: true
statistics: [share]
judged: share
breakdowns: [area, gender, age_group, provider_type]
demanded_by_law: false
child_scope: false
needs:
  plans: [ended, ended_as_planned]
refines:
  decisions: [provider_unit]
law: [implementation_plan]
owner: Ansvarig för kvalitetsuppföljningen
choices:
  - Planer där frågan inte är besvarad ingår inte.
  - En plan som gäller flera beslut räknas en gång, hos det beslut som har lägst id.
  - Alla plantyper i utdraget räknas.
noun: [avslutad plan, avslutade planer]
verb: avslutades enligt plan
nothing: Ingen genomförandeplan med svar på frågan avslutades under perioden.
--- */
select
    w.window_id,
    p.plan_id as case_id,
    p.unit,
    p.area,
    p.gender,
    p.age_group,
    p.provider_type,
    p.ended_as_planned as hit
from plans as p
inner join flow_windows as w on p.ended between w.starts and w.ends
where p.ended_as_planned is not null
