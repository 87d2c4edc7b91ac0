create view v_care_levels as
select
    c.assessment_id,
    c.person_id,
    c.unit,
    u.programme,
    u.area,
    c.service,
    c.assessed,
    c.level,
    c.earlier_level,
    c.direction,
    c.preliminary,
    c.follow_up_limit,
    c.next_assessed,
    coalesce(c.preliminary, false) and c.next_assessed is null as awaits_new_assessment,
    c.joint,
    c.gender,
    c.age_group,
    c.birth_year,
    s.case_id is not null as is_protected,
    c.source_system,
    d.as_of
from care_levels as c
left join v_units as u on c.unit = u.unit
left join protected_cases as s on s.extract = 'care_levels' and c.assessment_id = s.case_id
left join v_deliveries as d on d.extract = 'care_levels';

comment on view v_care_levels is
'Nivåbedömningar: en rad per bedömning, med den föregående och nästa. Innehåller ärendens id.';
comment on column v_care_levels.awaits_new_assessment is 'Bedömningen är preliminär och ingen senare har gjorts.';
comment on column v_care_levels.area is
'Verksamhetsområdet som enheten hör till på rapportperiodens sista dag.';
