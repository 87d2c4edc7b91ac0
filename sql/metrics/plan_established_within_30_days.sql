/* ---
id: plan_established_within_30_days
order: 8
title: Genomförandeplaner upprättade inom 30 dagar
section: Genomförandeplaner
question: Hur stor andel får en genomförandeplan inom 30 dagar?
numerator: beslut med en plan som upprättades senast 30 dagar efter verkställigheten
denominator: >-
  gynnande beslut om insatser som ska ha en genomförandeplan och vars trettionde dag efter verkställighet
  infaller under perioden
unit: andel
kind: process
quality_area: delaktighet
better: higher
flow: true
statistics: [share]
judged: share
breakdowns: [area, gender, age_group, provider_type]
demanded_by_law: false
child_scope: false
needs:
  decisions: [executed]
  plans: [established, decision_id or person_id]
refines:
  decisions: [partly_executed]
law: [implementation_plan]
owner: Ansvarig för kvalitetsuppföljningen
choices:
  - En plan som upprättades redan före verkställigheten räknas, liksom en plan som sedan har avslutats.
  - >-
    Här räknas beslut: även en insats som har avslutats sedan dess, eller redan inom de 30 dagarna, skulle ha
    fått en plan.
  - Bifall och delvis bifall enligt SoL eller LSS ingår, utom de som bara delvis är verkställda.
  - >-
    Områden och insatser som inte kräver plan ingår inte, till exempel ekonomiskt bistånd och trygghetslarm;
    vilka de är anges i inställningarna.
  - En plan utan beslut-id hör till personens gynnande beslut om samma insats.
  - Alla plantyper i utdraget räknas.
noun: [verkställt beslut, verkställda beslut]
verb: fick en genomförandeplan inom 30 dagar
nothing: Inget verkställt beslut skulle ha fått sin genomförandeplan under perioden.
--- */
with due_decisions as (
    select
        w.window_id,
        d.decision_id,
        d.decision_key,
        d.service_unit,
        d.area,
        d.gender,
        d.age_group,
        d.provider_type
    from decisions as d
    inner join flow_windows as w on d.plan_due between w.starts and w.ends and d.decided <= w.ends
    where d.is_planned_service
),

planned_in_time as (
    select distinct d.decision_key
    from decisions as d
    inner join plan_decisions as p on d.decision_key = p.decision_key and d.plan_due >= p.established
)

select
    d.window_id,
    d.decision_id as case_id,
    d.service_unit as unit,
    d.area,
    d.gender,
    d.age_group,
    d.provider_type,
    p.decision_key is not null as hit
from due_decisions as d
left join planned_in_time as p on d.decision_key = p.decision_key
