create view v_decisions as
select
    b.decision_id,
    b.referral_id,
    b.person_id,
    b.unit,
    u.programme,
    b.area,
    b.service_unit,
    b.provider_type,
    b.law,
    b.service,
    b.kind,
    b.decided,
    b.result,
    b.is_granted,
    b.is_service,
    b.is_reportable,
    b.application_days,
    case
        when not b.is_granted then 'avslag'
        when b.ended_from <= d.as_of then 'avslutat'
        when b.fully_executed is null or b.fully_executed > d.as_of then 'ej verkställt'
        when b.interrupted <= d.as_of and (b.resumed is null or b.resumed > d.as_of) then 'avbrutet'
        else 'verkställt'
    end as state,
    b.ordered,
    b.executed,
    b.partly_executed,
    b.fully_executed,
    b.execution_limit,
    case
        when b.is_granted
            then greatest(date_diff('day', b.decided, coalesce(b.fully_executed, b.ended_from, d.as_of)), 0)
    end as days_to_execution,
    case
        when b.is_reportable
            then greatest(date_diff('day', b.execution_limit, coalesce(b.fully_executed, b.ended_from, d.as_of)), 0)
    end as days_over_deadline,
    b.interrupted,
    b.resumed,
    b.resumption_limit,
    b.valid_to,
    b.ended,
    b.ended_from,
    b.end_reason,
    b.delay_reason,
    b.offer_made,
    b.offer_declined,
    b.followed_up,
    b.gender,
    b.age_group,
    b.birth_year,
    s.case_id is not null as is_protected,
    b.source_system,
    d.as_of
from decisions as b
left join v_units as u on b.unit = u.unit
left join protected_cases as s on s.extract = 'decisions' and b.decision_id = s.case_id
left join v_deliveries as d on d.extract = 'decisions';

comment on view v_decisions is
'Beslut: en rad per beslut om insats, med verkställighet, dagar och gräns. Innehåller ärendens id.';
comment on column v_decisions.state is
'Läget dagen i as_of: avslag, ej verkställt, avbrutet, verkställt eller avslutat.';
comment on column v_decisions.days_to_execution is
'Kalenderdagar från beslut till verkställighet, annars till avslut eller dagen i as_of. Tom för avslag.';
comment on column v_decisions.days_over_deadline is
'Dagar efter tre månader från beslutet tills det verkställdes eller avslutades. Tom för beslut som inte rapporteras.';
