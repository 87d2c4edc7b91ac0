-- A delivered row is a plan and one decision that it covers. Here the two are told apart: plan_decisions keeps every
-- pair, plans has each plan once.

create table plan_decisions as
with by_id as (
    select
        p.*,
        d.decision_id as covered_id,
        d.decision_key
    from loaded.plans as p
    inner join decisions as d
        on p.decision_id = d.decision_id and same_system(p.source_system, d.source_system)
),

by_person_and_service as (
    select
        p.*,
        d.decision_id as covered_id,
        d.decision_key
    from loaded.plans as p
    inner join decisions as d
        on p.person_id = d.person_id and lower(p.service) = lower(d.service) and d.is_granted
    where p.decision_id is null
),

covered as (
    select * from by_id
    union all
    select * from by_person_and_service
)

select
    c.plan_id,
    key_of(c.source_system, c.plan_id) as plan_key,
    c.covered_id as decision_id,
    c.decision_key,
    c.kind,
    c.established,
    c.revised,
    c.followed_up,
    c.next_follow_up,
    c.participation,
    c.goals,
    c.measurable_goals,
    happened(c.ended) as ended,
    months_after(c.established, d.plan_months) as current_by_established,
    months_after(c.revised, d.plan_months) as current_by_revised,
    months_after(c.followed_up, d.plan_months) as current_by_followed_up,
    months_after(c.revised, 12) as revised_limit,
    months_after(c.followed_up, 12) as followed_up_limit
from covered as c
inner join decisions as d on c.decision_key = d.decision_key;

comment on table plan_decisions is 'Vilka beslut varje genomförandeplan gäller: en rad per plan och beslut.';
comment on column plan_decisions.plan_key is 'Planens id tillsammans med källsystemet.';
comment on column plan_decisions.decision_id is
'Beslutet som planen gäller. Saknas beslut-id i utdraget är det personens gynnande beslut om samma insats.';
comment on column plan_decisions.decision_key is 'Beslutets id tillsammans med källsystemet.';
comment on column plan_decisions.current_by_established is
'Dagen då planen slutar vara aktuell, räknat från att den upprättades.';
comment on column plan_decisions.current_by_revised is
'Dagen då planen slutar vara aktuell, räknat från den senaste revideringen.';
comment on column plan_decisions.current_by_followed_up is
'Dagen då planen slutar vara aktuell, räknat från den senaste uppföljningen.';
comment on column plan_decisions.revised_limit is 'Tolv månader efter den senaste revideringen.';
comment on column plan_decisions.followed_up_limit is 'Tolv månader efter den senaste uppföljningen.';

create table plans as
with linked as (
    select
        p.*,
        key_of(p.source_system, p.plan_id) as plan_key,
        l.decision_key as covered_key,
        row_number() over (
            partition by p.source_system, p.plan_id
            order by l.decision_id nulls last, l.decision_key, p.decision_id, p.service, p.unit
        ) as place
    from loaded.plans as p
    left join plan_decisions as l
        on
            key_of(p.source_system, p.plan_id) = l.plan_key
            and (p.decision_id is null or p.decision_id = l.decision_id)
)

select
    p.plan_id,
    p.plan_key,
    p.source_system,
    d.decision_id,
    p.person_id,
    case when d.decision_key is null then p.gender else d.gender end as gender,
    p.birth_year,
    p.protected_identity,
    coalesce(d.service, p.service) as service,
    d.law,
    d.area,
    d.provider_type,
    p.kind,
    coalesce(d.provider_unit, p.unit) as unit,
    p.established,
    p.revised,
    p.followed_up,
    p.next_follow_up,
    p.participation,
    p.cooperation,
    p.goals,
    p.measurable_goals,
    p.subgoals,
    happened(p.ended) as ended,
    p.ended_as_planned,
    age_group(p.established, p.birth_year) as age_group
from linked as p
left join decisions as d on p.covered_key = d.decision_key
where p.place = 1;

comment on table plans is 'Genomförandeplaner: varje plan en gång, även om den gäller flera beslut.';
comment on column plans.plan_key is 'Planens id tillsammans med källsystemet.';
comment on column plans.decision_id is
'Beslutet som planen gäller; av flera det med lägst id. Tomt när beslutet inte finns i utdraget.';
comment on column plans.gender is 'Kön enligt beslutet; enligt planen när beslutet inte finns i utdraget.';
comment on column plans.service is 'Insats enligt beslutet, annars enligt planen.';
comment on column plans.law is 'Lag enligt beslutet.';
comment on column plans.area is 'Verksamhetsområde enligt beslutet.';
comment on column plans.provider_type is 'Regi enligt beslutet.';
comment on column plans.unit is 'Beslutets utförare, annars planens egen enhet.';
comment on column plans.age_group is 'Åldersgrupp det år som planen upprättades.';
