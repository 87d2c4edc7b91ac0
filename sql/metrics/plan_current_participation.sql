/* ---
id: plan_current_participation
order: 4
title: Insatser med aktuell plan och dokumenterad delaktighet
section: Genomförandeplaner
question: Hur stor andel har en aktuell plan där delaktigheten är dokumenterad?
numerator: insatser vars genomförandeplan är aktuell och dokumenterar den enskildes delaktighet
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
  plans: [established, participation, decision_id or person_id]
refines:
  decisions: [partly_executed, ended, valid_to]
  plans: [revised, followed_up, ended]
law: [implementation_plan]
kpis: [U28130, U28144, U21554, U23565]
owner: Ansvarig för kvalitetsuppföljningen
choices:
  - En plan där frågan inte är besvarad räknas som utan dokumenterad delaktighet.
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
noun: [insats, insatser]
verb: hade en aktuell genomförandeplan med dokumenterad delaktighet
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
    s.has_current_plan and s.participation as hit
from services_on_day as s
where s.needs_plan
