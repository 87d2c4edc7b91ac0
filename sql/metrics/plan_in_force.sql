/* ---
id: plan_in_force
order: 1
title: Insatser med genomförandeplan
section: Genomförandeplaner
question: Hur stor andel av insatserna har en genomförandeplan?
numerator: insatser med minst en gällande genomförandeplan
denominator: pågående insatser som ska ha en genomförandeplan den sista dagen
unit: andel
kind: process
quality_area: delaktighet
better: higher
flow: false
statistics: [share]
judged: share
breakdowns: [area, gender, age_group, provider_type, service, law]
demanded_by_law: false
child_scope: false
needs:
  decisions: [executed]
  plans: [established, decision_id or person_id]
refines:
  decisions: [partly_executed, ended, valid_to]
  plans: [ended]
law: [implementation_plan]
owner: Ansvarig för kvalitetsuppföljningen
choices:
  - >-
    En insats pågår när beslutet är bifall eller delvis bifall enligt SoL eller LSS, insatsen är helt verkställd
    och inte avslutad. En insats med avbrott pågår fortfarande.
  - >-
    Områden och insatser som inte kräver plan ingår inte, till exempel ekonomiskt bistånd och trygghetslarm;
    vilka de är anges i inställningarna.
  - >-
    En plan gäller från den dag den upprättades till den dag den avslutades. En plan utan upprättandedatum
    räknas inte.
  - En plan utan beslut-id hör till personens gynnande beslut om samma insats.
  - Alla plantyper i utdraget räknas.
noun: [insats, insatser]
verb: hade en genomförandeplan
nothing: Ingen pågående insats skulle ha en genomförandeplan den sista dagen.
--- */
select
    s.window_id,
    s.decision_id as case_id,
    s.service_unit as unit,
    s.area,
    s.gender,
    s.age_group,
    s.provider_type,
    s.service,
    s.law,
    s.has_plan as hit
from services_on_day as s
where s.needs_plan
