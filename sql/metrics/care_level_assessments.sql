/* ---
id: care_level_assessments
order: 1
title: Nivåbedömningar
section: Nivåbedömningar och samordnade planer
question: Hur många nivåbedömningar görs?
numerator: ""
denominator: nivåbedömningar som gjordes under perioden
unit: antal
kind: struktur
quality_area: kunskapsbaserad verksamhet
better: ""
flow: true
statistics: [count]
judged: count
breakdowns: [area, gender, age_group, service]
demanded_by_law: false
child_scope: false
needs:
  care_levels: []
law: [quality]
owner: Ansvarig för kvalitetsuppföljningen
choices:
  - Preliminära nivåbedömningar räknas med.
  - En person som bedöms flera gånger, eller för flera insatser, räknas varje gång.
  - Verksamhetsområdet är enhetens i enhetsregistret.
noun: [nivåbedömning, nivåbedömningar]
verb: gjordes
nothing: Ingen nivåbedömning gjordes under perioden.
--- */
select
    w.window_id,
    c.assessment_id as case_id,
    c.unit,
    c.area,
    c.gender,
    c.age_group,
    c.service
from care_levels as c
inner join flow_windows as w on c.assessed between w.starts and w.ends
