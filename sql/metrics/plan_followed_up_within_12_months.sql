/* ---
id: plan_followed_up_within_12_months
order: 7
title: Genomförandeplaner uppföljda inom 12 månader
section: Genomförandeplaner
question: Hur stor andel av planerna har följts upp det senaste året?
numerator: insatser vars plan reviderades eller följdes upp under de senaste tolv månaderna
denominator: insatser som ska ha en genomförandeplan och verkställdes för minst tolv månader sedan
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
  plans: [established, revised or followed_up, decision_id or person_id]
refines:
  decisions: [partly_executed, ended, valid_to]
  plans: [ended]
law: [implementation_plan]
owner: Ansvarig för kvalitetsuppföljningen
choices:
  - En insats utan gällande plan räknas som inte uppföljd.
  - Att en plan upprättas räknas inte som uppföljning.
  - Av flera gällande planer används den som senast upprättades, reviderades eller följdes upp.
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
noun: [insats, insatser]
verb: hade en genomförandeplan som följts upp inom tolv månader
nothing: Ingen insats som ska ha en genomförandeplan hade pågått i tolv månader den sista dagen.
--- */
select
    s.window_id,
    s.decision_id as case_id,
    s.service_unit as unit,
    s.area,
    s.gender,
    s.age_group,
    s.provider_type,
    s.plan_followed_up as hit
from services_on_day as s
where s.needs_plan and s.in_force_a_year
