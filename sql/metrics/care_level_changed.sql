/* ---
id: care_level_changed
order: 3
title: Nivåbedömningar som ändrade nivån
section: Nivåbedömningar och samordnade planer
question: Hur stor andel av de förnyade bedömningarna ändrar nivån?
numerator: nivåbedömningar som gav en annan nivå än den närmast tidigare
denominator: nivåbedömningar som gjordes under perioden av personer som hade en tidigare bedömning av samma insats
unit: andel
kind: resultat
quality_area: personcentrerat arbetssätt
better: ""
flow: true
statistics: [share]
judged: share
breakdowns: [area, gender, age_group, direction]
outcome: direction
demanded_by_law: false
child_scope: false
needs:
  care_levels: []
law: [quality]
owner: Ansvarig för kvalitetsuppföljningen
choices:
  - >-
    Bedömningen jämförs med samma persons närmast tidigare bedömning av samma insats. Av flera samma dag är den
    med högre id senare.
  - Höjd betyder att nivån blev ett högre tal. Vad en högre nivå innebär avgör kommunens egen skala.
  - I uppdelningen på riktning är varje andel av alla bedömningar i måttet.
  - Verksamhetsområdet är enhetens i enhetsregistret.
noun: [förnyad nivåbedömning, förnyade nivåbedömningar]
verb: gav en annan nivå än den tidigare
nothing: Ingen nivåbedömning under perioden hade en tidigare att jämföra med.
--- */
select
    w.window_id,
    c.assessment_id as case_id,
    c.unit,
    c.area,
    c.gender,
    c.age_group,
    c.direction,
    c.level <> c.earlier_level as hit
from care_levels as c
inner join flow_windows as w on c.assessed between w.starts and w.ends
where c.earlier_level is not null
