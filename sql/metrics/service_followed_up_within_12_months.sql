/* ---
id: service_followed_up_within_12_months
order: 12
title: Insatser uppföljda av myndigheten inom 12 månader
section: Genomförandeplaner
question: Hur stor andel av insatserna har myndigheten följt upp det senaste året?
numerator: insatser vars beslut myndigheten följde upp under de senaste tolv månaderna
denominator: pågående insatser som verkställdes för minst tolv månader sedan
unit: andel
kind: process
quality_area: ledning och styrning
better: higher
flow: false
statistics: [share]
judged: share
breakdowns: [area, gender, age_group, provider_type]
demanded_by_law: false
child_scope: false
needs:
  decisions: [executed, followed_up]
refines:
  decisions: [partly_executed, ended, valid_to]
law: [quality]
owner: Ansvarig för kvalitetsuppföljningen
choices:
  - Här räknas myndighetens uppföljning av beslutet, inte utförarens uppföljning av planen.
  - Alla områden och insatser ingår, även de som inte kräver genomförandeplan.
  - >-
    Verksamhetssystemet har bara det senaste uppföljningsdatumet. För äldre perioder kan ett tidigare datum
    därför saknas.
  - >-
    En insats pågår när beslutet är bifall eller delvis bifall enligt SoL eller LSS, insatsen är helt verkställd
    och inte avslutad. En insats med avbrott pågår fortfarande.
noun: [insats, insatser]
verb: hade följts upp av myndigheten inom tolv månader
nothing: Ingen insats hade pågått i tolv månader den sista dagen.
--- */
select
    s.window_id,
    s.decision_id as case_id,
    s.service_unit as unit,
    s.area,
    s.gender,
    s.age_group,
    s.provider_type,
    s.decision_followed_up as hit
from services_on_day as s
where s.in_force_a_year
