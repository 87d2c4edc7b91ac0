create table decisions as
with granted as (
    select
        *,
        result in ('bifall', 'delvis bifall') as is_granted
    from loaded.decisions
),

flagged as (
    select
        decision_id,
        key_of(source_system, decision_id) as decision_key,
        source_system,
        referral_id,
        person_id,
        gender,
        birth_year,
        protected_identity,
        unit,
        area,
        law,
        service,
        kind,
        decided,
        result,
        valid_to,
        ordered,
        executed,
        partly_executed,
        interrupted,
        resumed,
        ended,
        end_reason,
        delay_reason,
        offer_made,
        offer_declined,
        followed_up,
        provider_unit,
        provider_type,
        coalesce(provider_unit, unit) as service_unit,
        age_group(decided, birth_year) as age_group,
        is_granted,
        is_granted and law in ('SoL', 'LSS') as is_service,
        case when coalesce(partly_executed, false) then null else happened(executed) end as fully_executed,
        least(happened(ended), valid_to + 1) as ended_from,
        months_after(decided, 3) as execution_limit,
        months_after(interrupted, 3) as resumption_limit,
        day_number(decided) as decided_day_number,
        day_number(interrupted) as interrupted_day_number
    from granted
),

applications as (
    select
        d.decision_key,
        date_diff('day', r.received, d.decided) as application_days,
        row_number() over (
            partition by d.decision_key
            order by (r.source_system is not distinct from d.source_system) desc, r.source_system
        ) as nearness
    from flagged as d
    inner join loaded.referrals as r
        on d.referral_id = r.referral_id and same_system(d.source_system, r.source_system)
    where r.kind = 'ansökan' and r.received <= d.decided
)

select
    d.*,
    d.is_service
    and not is_listed('execution_exempt_areas', d.area)
    and coalesce(d.kind in ('nytt', 'utökat'), true) as is_reportable,
    d.is_service
    and not is_listed('plan_exempt_areas', d.area)
    and not is_listed('plan_exempt_services', d.service) as is_planned_service,
    coalesce(own_area.months, any_area.months) as plan_months,
    d.fully_executed + l.plan_grace_days as plan_needed_from,
    d.fully_executed + 30 as plan_due,
    months_after(d.fully_executed, 12) as in_force_a_year_from,
    is_listed('care_level_services', d.service) as is_care_level_service,
    months_after(d.followed_up, 12) as followed_up_limit,
    greatest(date_diff('day', d.decided, d.fully_executed), 0) as wait_days,
    case when d.fully_executed is not null then greatest(d.decided, d.fully_executed) end as wait_over,
    day_number(d.ended_from) as ended_day_number,
    a.application_days
from flagged as d
cross join limits as l
left join plan_months as own_area on lower(d.area) = own_area.area
left join plan_months as any_area on any_area.area = 'default'
left join applications as a on d.decision_key = a.decision_key and a.nearness = 1;

comment on table decisions is 'Beslut: en rad per beslut om insats.';
comment on column decisions.decision_key is 'Beslutets id tillsammans med källsystemet.';
comment on column decisions.service_unit is 'Enheten som utför insatsen (utförare), annars enheten som beslutade.';
comment on column decisions.age_group is 'Åldersgrupp det år som beslutet fattades.';
comment on column decisions.is_granted is 'Gynnande: bifall eller delvis bifall.';
comment on column decisions.is_service is 'Gynnande beslut enligt SoL eller LSS.';
comment on column decisions.fully_executed is
'Helt verkställd: verkställighetsdatum, tomt när insatsen bara delvis är verkställd.';
comment on column decisions.ended_from is
'Första dagen som insatsen är avslutad: avslutsdatum eller dagen efter gäller till, det som kommer först.';
comment on column decisions.execution_limit is 'Tre månader efter beslutet.';
comment on column decisions.resumption_limit is 'Tre månader efter avbrottet.';
comment on column decisions.decided_day_number is 'Beslutsdatum som dagnummer: antal dagar från den 1 januari 1970.';
comment on column decisions.interrupted_day_number is
'Avbrottsdatum som dagnummer: antal dagar från den 1 januari 1970.';
comment on column decisions.is_reportable is
'Gynnande beslut om ny eller utökad insats enligt SoL eller LSS, utom områden i limits.execution_exempt_areas.';
comment on column decisions.is_planned_service is
'Gynnande beslut enligt SoL eller LSS, utom områden och insatser som inte kräver plan (limits.plan_exempt_…).';
comment on column decisions.plan_months is
'Antal månader som en genomförandeplan är aktuell inom området (limits.plan_current_months).';
comment on column decisions.plan_needed_from is
'Dagen från vilken det ska finnas en plan: verkställd plus limits.plan_grace_days.';
comment on column decisions.plan_due is 'Trettionde dagen efter verkställighet.';
comment on column decisions.in_force_a_year_from is 'Tolv månader efter verkställighet.';
comment on column decisions.is_care_level_service is
'Insatsen är en av dem som ska nivåbedömas (limits.care_level_services).';
comment on column decisions.followed_up_limit is 'Tolv månader efter beslutets senaste uppföljning.';
comment on column decisions.wait_days is
'Kalenderdagar från beslut till verkställighet; 0 när insatsen började före beslutet.';
comment on column decisions.wait_over is
'Dagen då väntan var över: verkställighetsdatum, eller beslutsdatum när insatsen började före beslutet.';
comment on column decisions.ended_day_number is
'Första dagen som insatsen är avslutad, som dagnummer: antal dagar från den 1 januari 1970.';
comment on column decisions.application_days is
'Kalenderdagar från att ansökan kom in till beslut; tomt när beslutet inte hör till en ansökan.';
