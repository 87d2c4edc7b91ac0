create view v_coordinated_plans as
select
    p.sip_id,
    p.person_id,
    p.unit,
    u.programme,
    u.area,
    p.established,
    p.participation,
    p.followed_up,
    p.gender,
    p.age_group,
    p.birth_year,
    s.case_id is not null as is_protected,
    p.source_system,
    d.as_of
from coordinated_plans as p
left join v_units as u on p.unit = u.unit
left join protected_cases as s on s.extract = 'coordinated_plans' and p.sip_id = s.case_id
left join v_deliveries as d on d.extract = 'coordinated_plans';

comment on view v_coordinated_plans is
'Samordnade individuella planer (SIP): en rad per plan. Innehåller ärendens id.';
comment on column v_coordinated_plans.area is
'Verksamhetsområdet som enheten hör till på rapportperiodens sista dag.';
