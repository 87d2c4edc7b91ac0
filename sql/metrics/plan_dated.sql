/* ---
id: plan_dated
order: 10
title: Genomförandeplaner med datum
section: Genomförandeplaner
question: Hur stor andel av planerna har ett datum?
numerator: planer med upprättandedatum
denominator: planer som inte var avslutade den sista dagen
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
  plans: [established]
refines:
  plans: [ended]
  decisions: [provider_unit]
law: [implementation_plan]
owner: Ansvarig för kvalitetsuppföljningen
choices:
  - En plan utan datum kan inte placeras i tiden och räknas därför med tills den avslutas.
  - Planer som upprättades efter den sista dagen fanns inte då och räknas inte.
  - En plan som gäller flera beslut räknas en gång, hos det beslut som har lägst id.
  - Alla plantyper i utdraget räknas.
noun: [genomförandeplan, genomförandeplaner]
verb: hade ett datum
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
    p.established is not null as hit
from plans as p
inner join stock_windows as w
    on
        (p.established is null or p.established <= w.ends)
        and (p.ended is null or p.ended > w.ends)
