/* ---
id: plan_all_goals_measurable
order: 5
title: Aktuella planer där alla mål är mätbara
section: Genomförandeplaner
question: Hur stor andel av planerna har bara mätbara mål?
numerator: insatser där alla mål i planen är mätbara
denominator: insatser som ska ha en genomförandeplan och vars plan är aktuell och har minst ett mål
unit: andel
kind: process
quality_area: personcentrerat arbetssätt
better: higher
flow: false
statistics: [share]
judged: share
breakdowns: [area, gender, age_group, provider_type]
demanded_by_law: false
child_scope: false
needs:
  decisions: [executed]
  plans: [established, goals, measurable_goals, decision_id or person_id]
refines:
  decisions: [partly_executed, ended, valid_to]
  plans: [revised, followed_up, ended]
law: [implementation_plan]
owner: Ansvarig för kvalitetsuppföljningen
choices:
  - En plan utan uppgift om antal mätbara mål räknas som att inget mål är mätbart.
  - Av flera gällande planer används den som senast upprättades, reviderades eller följdes upp.
  - >-
    En plan är aktuell när den upprättades, reviderades eller följdes upp för mindre än tolv månader sedan. För
    ett område kan en annan tid anges i inställningarna, till exempel sex månader för äldreomsorg.
  - >-
    Verksamhetssystemet har bara det senaste datumet för revidering och uppföljning. För äldre perioder kan ett
    tidigare datum därför saknas.
  - >-
    En insats pågår när beslutet är bifall eller delvis bifall enligt SoL eller LSS, insatsen är helt verkställd
    och inte avslutad. En insats med avbrott pågår fortfarande.
  - >-
    Områden och insatser som inte kräver plan ingår inte, till exempel ekonomiskt bistånd och trygghetslarm;
    vilka de är anges i inställningarna.
  - En plan utan beslut-id hör till personens gynnande beslut om samma insats.
  - Alla plantyper i utdraget räknas.
noun: [insats med mål i en aktuell plan, insatser med mål i en aktuell plan]
verb: hade bara mätbara mål
nothing: Ingen aktuell genomförandeplan hade något mål den sista dagen.
--- */
select
    s.window_id,
    s.decision_id as case_id,
    s.service_unit as unit,
    s.area,
    s.gender,
    s.age_group,
    s.provider_type,
    s.measurable_goals = s.goals as hit
from services_on_day as s
where s.needs_plan and s.has_current_plan and s.goals >= 1
