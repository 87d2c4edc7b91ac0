create view v_plans as
select
    p.plan_id,
    p.decision_id,
    p.person_id,
    p.unit,
    u.programme,
    p.area,
    p.service,
    p.law,
    p.provider_type,
    p.kind,
    p.established,
    p.revised,
    p.followed_up,
    greatest(p.established, p.revised, p.followed_up) as latest,
    p.next_follow_up,
    p.participation,
    p.cooperation,
    p.goals,
    p.measurable_goals,
    p.subgoals,
    p.ended,
    p.established is not null and p.ended is null as is_in_force,
    p.ended_as_planned,
    p.gender,
    p.age_group,
    p.birth_year,
    s.case_id is not null as is_protected,
    p.source_system,
    d.as_of
from plans as p
left join v_units as u on p.unit = u.unit
left join protected_cases as s on s.extract = 'plans' and p.plan_id = s.case_id
left join v_deliveries as d on d.extract = 'plans';

comment on view v_plans is
'Genomförandeplaner: varje plan en gång, även om den gäller flera beslut. Innehåller ärendens id.';
comment on column v_plans.latest is 'Den senaste av dagarna då planen upprättades, reviderades eller följdes upp.';
comment on column v_plans.is_in_force is 'Planen är upprättad och inte avslutad.';
