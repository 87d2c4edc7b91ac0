-- Every service in force on the last day of every stock window, with its plan as it stood that day. Kept as a view in
-- the portable subset: the metrics that read it say only what they count.
create view services_on_day as
with in_force as (
    select
        w.window_id,
        w.ends,
        d.decision_id,
        d.decision_key,
        d.person_id,
        d.service_unit,
        d.area,
        d.gender,
        d.age_group,
        d.provider_type,
        d.service,
        d.law,
        d.is_care_level_service,
        d.fully_executed,
        case when d.followed_up <= w.ends then d.followed_up end as followed_up,
        d.is_planned_service and d.plan_needed_from <= w.ends as needs_plan,
        d.in_force_a_year_from <= w.ends as in_force_a_year,
        coalesce(d.followed_up <= w.ends and d.followed_up_limit > w.ends, false) as decision_followed_up
    from decisions as d
    inner join stock_windows as w
        on
            d.decided <= w.ends
            and d.fully_executed <= w.ends
            and (d.ended_from is null or d.ended_from > w.ends)
    where d.is_service
),

plans_in_force as (
    select
        w.window_id,
        p.plan_id,
        p.plan_key,
        p.decision_key,
        p.established,
        p.participation,
        p.goals,
        p.measurable_goals,
        p.next_follow_up,
        greatest(
            p.established,
            case when p.revised <= w.ends then p.revised else p.established end,
            case when p.followed_up <= w.ends then p.followed_up else p.established end
        ) as latest,
        p.current_by_established > w.ends
        or coalesce(p.revised <= w.ends and p.current_by_revised > w.ends, false)
        or coalesce(p.followed_up <= w.ends and p.current_by_followed_up > w.ends, false) as is_current,
        coalesce(p.revised <= w.ends and p.revised_limit > w.ends, false)
        or coalesce(p.followed_up <= w.ends and p.followed_up_limit > w.ends, false) as is_followed_up
    from plan_decisions as p
    inner join stock_windows as w
        on p.established <= w.ends and (p.ended is null or p.ended > w.ends)
),

its_plan as (
    select
        *,
        row_number() over (
            partition by window_id, decision_key
            order by latest desc, established desc, plan_id desc, plan_key desc
        ) as place
    from plans_in_force
)

select
    s.window_id,
    s.ends,
    s.decision_id,
    s.person_id,
    s.service_unit,
    s.area,
    s.gender,
    s.age_group,
    s.provider_type,
    s.service,
    s.law,
    s.is_care_level_service,
    s.needs_plan,
    s.in_force_a_year,
    s.decision_followed_up,
    s.fully_executed as executed,
    s.followed_up,
    p.plan_id is not null as has_plan,
    coalesce(p.is_current, false) as has_current_plan,
    coalesce(p.is_followed_up, false) as plan_followed_up,
    coalesce(p.participation, false) as participation,
    coalesce(p.goals, 0) as goals,
    coalesce(p.measurable_goals, 0) as measurable_goals,
    p.next_follow_up,
    p.established as plan_established,
    p.latest as plan_latest
from in_force as s
left join its_plan as p
    on s.window_id = p.window_id and s.decision_key = p.decision_key and p.place = 1;

comment on view services_on_day is
'Insatser som pågår den dag som ett lägesfönster avser, var och en med den plan som då gällde för den.';
comment on column services_on_day.window_id is 'Lägesfönster.';
comment on column services_on_day.ends is 'Dagen som läget avser.';
comment on column services_on_day.decision_id is 'Beslutet om insatsen.';
comment on column services_on_day.person_id is 'Personen, som pseudonym.';
comment on column services_on_day.service_unit is
'Enheten som utför insatsen (utförare), annars enheten som beslutade.';
comment on column services_on_day.area is 'Verksamhetsområde enligt beslutet.';
comment on column services_on_day.gender is 'Kön.';
comment on column services_on_day.age_group is 'Åldersgrupp det år som beslutet fattades.';
comment on column services_on_day.provider_type is 'Regi enligt beslutet.';
comment on column services_on_day.service is 'Insats.';
comment on column services_on_day.law is 'Lag som beslutet gäller enligt.';
comment on column services_on_day.is_care_level_service is
'Insatsen är en av dem som ska nivåbedömas (limits.care_level_services).';
comment on column services_on_day.needs_plan is 'Insatsen ska ha en genomförandeplan den dagen.';
comment on column services_on_day.in_force_a_year is 'Insatsen verkställdes för minst tolv månader sedan.';
comment on column services_on_day.decision_followed_up is
'Myndigheten har följt upp beslutet under de senaste tolv månaderna.';
comment on column services_on_day.executed is 'Verkställd: dagen då insatsen verkställdes.';
comment on column services_on_day.followed_up is
'Uppföljd av myndigheten: dagen då beslutet följdes upp; tom när det inte hade skett.';
comment on column services_on_day.has_plan is 'Det finns en gällande genomförandeplan.';
comment on column services_on_day.has_current_plan is
'Insatsens plan är aktuell: upprättad, reviderad eller uppföljd tillräckligt nyligen.';
comment on column services_on_day.plan_followed_up is
'Insatsens plan har reviderats eller följts upp under de senaste tolv månaderna.';
comment on column services_on_day.participation is 'Delaktighet är dokumenterad i insatsens plan.';
comment on column services_on_day.goals is 'Antal mål i insatsens plan; 0 när uppgiften saknas.';
comment on column services_on_day.measurable_goals is 'Antal mätbara mål i insatsens plan; 0 när uppgiften saknas.';
comment on column services_on_day.next_follow_up is 'Nästa planerade uppföljning i insatsens plan.';
comment on column services_on_day.plan_established is 'Planen upprättad: dagen då insatsens plan upprättades.';
comment on column services_on_day.plan_latest is
'Planen senast upprättad, reviderad eller uppföljd: den senaste av de dagarna.';
