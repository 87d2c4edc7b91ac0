create view v_services as
select
    s.decision_id,
    s.person_id,
    s.service_unit as unit,
    u.programme,
    s.area,
    s.service,
    s.law,
    s.provider_type,
    s.needs_plan,
    s.has_plan,
    s.has_current_plan,
    s.needs_plan and not s.has_plan as lacks_plan,
    s.participation,
    s.goals,
    s.measurable_goals,
    s.plan_followed_up,
    s.next_follow_up,
    s.in_force_a_year,
    s.decision_followed_up,
    s.is_care_level_service,
    s.gender,
    s.age_group,
    x.case_id is not null as is_protected,
    s.ends as as_of
from services_on_day as s
left join v_units as u on s.service_unit = u.unit
left join protected_cases as x on x.extract = 'decisions' and s.decision_id = x.case_id
where s.window_id = 'stock';

comment on view v_services is
'Insatser som pågick på rapportperiodens sista dag, med sin plan: en rad per beslut. Innehåller ärendens id.';
comment on column v_services.unit is 'Enheten som utför insatsen (utförare), annars enheten som beslutade.';
comment on column v_services.lacks_plan is 'Insatsen ska ha en genomförandeplan men har ingen som gäller.';
comment on column v_services.as_of is 'Dagen som läget avser: rapportperiodens sista dag.';
