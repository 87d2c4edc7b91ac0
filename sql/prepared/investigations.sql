create table investigations as
with limited as (
    select
        investigation_id,
        key_of(source_system, investigation_id) as investigation_key,
        source_system,
        referral_id,
        person_id,
        gender,
        birth_year,
        protected_identity,
        unit,
        area,
        kind,
        opened,
        closed,
        extended,
        extended_until,
        outcome,
        case_worker,
        age_group(opened, birth_year) as age_group,
        is_listed('child_areas', area) and not is_listed('not_child_kinds', kind) as is_child_investigation,
        date_diff('day', opened, closed) as days_taken,
        day_number(opened) as opened_day_number,
        opened + 120 as limit_120_days,
        months_after(opened, 3) as limit_3_months,
        months_after(opened, 4) as limit_4_months,
        months_after(closed, 12) as return_limit
    from loaded.investigations
),

extension as (
    select
        *,
        coalesce(extended <= limit_4_months, false) as extended_in_time
    from limited
)

select
    *,
    case
        when extended_in_time and extended_until > limit_4_months then extended_until
        else limit_4_months
    end as allowed_limit
from extension;

comment on table investigations is 'Utredningar: en rad per utredning.';
comment on column investigations.investigation_key is 'Utredningens id tillsammans med källsystemet.';
comment on column investigations.age_group is 'Åldersgrupp det år som utredningen inleddes.';
comment on column investigations.is_child_investigation is
'Barnutredning: i ett barnområde (limits.child_areas) och inte av en typ i limits.not_child_kinds.';
comment on column investigations.days_taken is 'Kalenderdagar från inledd till avslutad; samma dag är 0.';
comment on column investigations.opened_day_number is 'Startdatum som dagnummer: antal dagar från den 1 januari 1970.';
comment on column investigations.limit_120_days is 'Hundratjugonde dagen efter att utredningen inleddes.';
comment on column investigations.limit_3_months is 'Tre månader efter att utredningen inleddes.';
comment on column investigations.limit_4_months is 'Fyra månader efter att utredningen inleddes.';
comment on column investigations.return_limit is 'Tolv månader efter att utredningen avslutades.';
comment on column investigations.extended_in_time is
'Förlängningen beslutades inom fyra månader från att utredningen inleddes.';
comment on column investigations.allowed_limit is
'Tillåten sista dag: fyra månader, eller den senare dag som utredningen i tid har förlängts till.';
