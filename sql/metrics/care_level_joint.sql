/* ---
id: care_level_joint
order: 5
title: Gemensamma nivåbedömningar
section: Nivåbedömningar och samordnade planer
question: Hur stor andel av nivåbedömningarna görs gemensamt?
numerator: nivåbedömningar som gjordes gemensamt
denominator: nivåbedömningar som gjordes under perioden och där frågan är besvarad
unit: andel
kind: process
quality_area: samverkan
better: higher
flow: true
statistics: [share]
judged: share
breakdowns: [area, gender, age_group]
demanded_by_law: false
child_scope: false
needs:
  care_levels: [joint]
law: [quality]
owner: Ansvarig för kvalitetsuppföljningen
choices:
  - Nivåbedömningar där frågan inte är besvarad ingår inte.
  - Verksamhetsområdet är enhetens i enhetsregistret.
noun: [nivåbedömning, nivåbedömningar]
verb: gjordes gemensamt
nothing: Ingen nivåbedömning med svar på frågan gjordes under perioden.
--- */
select
    w.window_id,
    c.assessment_id as case_id,
    c.unit,
    c.area,
    c.gender,
    c.age_group,
    c.joint as hit
from care_levels as c
inner join flow_windows as w on c.assessed between w.starts and w.ends
where c.joint is not null
