/* ---
id: plan_follow_up_planned
order: 6
title: Genomförandeplaner med inplanerad uppföljning
section: Genomförandeplaner
question: Hur stor andel har nästa uppföljning inplanerad?
numerator: insatser vars plan har nästa uppföljning den sista dagen eller senare
denominator: insatser som ska ha och har en gällande genomförandeplan den sista dagen
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
  plans: [established, next_follow_up, decision_id or person_id]
refines:
  decisions: [partly_executed, ended, valid_to]
  plans: [revised, followed_up, ended]
law: [implementation_plan]
owner: Ansvarig för kvalitetsuppföljningen
choices:
  - Ett datum för nästa uppföljning som redan har passerat räknas inte.
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
noun: [insats med genomförandeplan, insatser med genomförandeplan]
verb: hade nästa uppföljning inplanerad
nothing: Ingen pågående insats hade en genomförandeplan den sista dagen.
--- */
select
    s.window_id,
    s.decision_id as case_id,
    s.service_unit as unit,
    s.area,
    s.gender,
    s.age_group,
    s.provider_type,
    coalesce(s.next_follow_up >= s.ends, false) as hit
from services_on_day as s
where s.needs_plan and s.has_plan
