/* ---
id: care_level_assessed
order: 2
title: Insatser med nivåbedömning det senaste året
section: Nivåbedömningar och samordnade planer
question: Hur stor andel av insatserna har nivåbedömts det senaste året?
numerator: insatser där personen hade en nivåbedömning av insatsen från de senaste tolv månaderna
denominator: pågående insatser som ska nivåbedömas den sista dagen
unit: andel
kind: process
quality_area: kunskapsbaserad verksamhet
better: higher
flow: false
statistics: [share]
judged: share
breakdowns: [area, gender, age_group, provider_type, service]
demanded_by_law: false
child_scope: false
needs:
  decisions: [executed]
  care_levels: []
refines:
  decisions: [partly_executed, ended, valid_to]
law: [quality]
owner: Ansvarig för kvalitetsuppföljningen
choices:
  - >-
    De insatser som ska nivåbedömas är daglig verksamhet och bostad med särskild service, om inget annat anges i
    inställningarna.
  - >-
    En insats pågår när beslutet är bifall eller delvis bifall enligt SoL eller LSS, insatsen är helt verkställd
    och inte avslutad. En insats med avbrott pågår fortfarande.
  - Personens nivåbedömning ska gälla samma insats; stora och små bokstäver gör ingen skillnad.
  - En nivåbedömning räknas i tolv månader. Den dag då det har gått exakt tolv månader räknas den inte längre.
  - Preliminära nivåbedömningar räknas med.
noun: [insats som ska nivåbedömas, insatser som ska nivåbedömas]
verb: hade nivåbedömts under de senaste tolv månaderna
nothing: Ingen insats som ska nivåbedömas pågick den sista dagen.
--- */
with assessed as (
    select distinct
        w.window_id,
        c.person_id,
        c.service_key
    from care_levels as c
    inner join stock_windows as w on c.assessed <= w.ends and c.current_until > w.ends
)

select
    s.window_id,
    s.decision_id as case_id,
    s.service_unit as unit,
    s.area,
    s.gender,
    s.age_group,
    s.provider_type,
    s.service,
    a.person_id is not null as hit
from services_on_day as s
left join assessed as a
    on s.window_id = a.window_id and s.person_id = a.person_id and lower(s.service) = a.service_key
where s.is_care_level_service
