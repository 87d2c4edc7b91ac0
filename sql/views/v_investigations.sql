create view v_investigations as
with recorded as (
    select distinct investigation_id
    from incidents
    where kind = 'avvikelse' and investigation_id is not null
)

select
    i.investigation_id,
    i.referral_id,
    i.person_id,
    i.unit,
    u.programme,
    i.area,
    i.kind,
    i.is_child_investigation,
    i.opened,
    i.closed,
    i.closed is null as is_open,
    greatest(date_diff('day', i.opened, coalesce(i.closed, d.as_of)), 0) as days,
    i.limit_120_days,
    i.limit_3_months,
    i.limit_4_months,
    i.extended,
    i.extended_until,
    i.extended_in_time,
    case when i.is_child_investigation then i.allowed_limit end as deadline,
    case
        when i.is_child_investigation
            then greatest(date_diff('day', i.allowed_limit, coalesce(i.closed, d.as_of)), 0)
    end as days_over_deadline,
    coalesce(i.is_child_investigation and coalesce(i.closed, d.as_of) > i.allowed_limit, false) as is_over_deadline,
    n.investigation_id is not null as is_recorded_as_incident,
    i.outcome,
    i.case_worker,
    i.gender,
    i.age_group,
    i.birth_year,
    s.case_id is not null as is_protected,
    i.source_system,
    d.as_of
from investigations as i
left join v_units as u on i.unit = u.unit
left join protected_cases as s on s.extract = 'investigations' and i.investigation_id = s.case_id
left join recorded as n on i.investigation_id = n.investigation_id
left join v_deliveries as d on d.extract = 'investigations';

comment on view v_investigations is
'Utredningar: en rad per utredning, med dagar, sista dag och överskridande. Innehåller ärendens id.';
comment on column v_investigations.is_open is 'Utredningen pågår.';
comment on column v_investigations.days is
'Kalenderdagar från inledd till avslutad, samma dag är 0; för öppna till dagen i as_of.';
comment on column v_investigations.deadline is
'Sista dag för en barnutredning: fyra månader, eller dagen som den i tid har förlängts till. Tom för övriga.';
comment on column v_investigations.days_over_deadline is
'Dagar efter sista dag; 0 när utredningen är i tid. Tom för dem som inte är barnutredningar.';
comment on column v_investigations.is_over_deadline is
'Barnutredningen avslutades för sent, eller pågår efter sista dag.';
comment on column v_investigations.is_recorded_as_incident is 'En avvikelse har skrivits om utredningen.';
