/* ---
id: plan_cooperation
order: 11
title: Genomförandeplaner som beskriver samverkan
section: Genomförandeplaner
question: Hur stor andel av planerna beskriver samverkan?
numerator: planer där samverkan är beskriven
denominator: planer som inte var avslutade den sista dagen
unit: andel
kind: process
quality_area: samverkan
better: higher
flow: false
statistics: [share]
judged: share
breakdowns: [area, gender, age_group, provider_type]
demanded_by_law: false
child_scope: false
needs:
  plans: [cooperation]
refines:
  plans: [established, ended]
  decisions: [provider_unit]
law: [implementation_plan]
owner: Ansvarig för kvalitetsuppföljningen
choices:
  - En plan där frågan inte är besvarad räknas som utan beskriven samverkan.
  - Planer som upprättades efter den sista dagen fanns inte då och räknas inte.
  - En plan som gäller flera beslut räknas en gång, hos det beslut som har lägst id.
  - Alla plantyper i utdraget räknas.
noun: [genomförandeplan, genomförandeplaner]
verb: beskrev samverkan
nothing: Det fanns ingen pågående genomförandeplan den sista dagen.
--- */
select
    w.window_id,
    p.plan_id as case_id,
    p.unit,
    p.area,
    p.gender,
    p.age_group,
    p.provider_type,
    coalesce(p.cooperation, false) as hit
from plans as p
inner join stock_windows as w
    on
        (p.established is null or p.established <= w.ends)
        and (p.ended is null or p.ended > w.ends)
