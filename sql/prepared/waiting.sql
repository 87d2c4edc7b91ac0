-- Every reportable decision that waited on the last day of every stock window, as it stood that day. Kept as a view in
-- the portable subset: the metric, the unit managers' lists and the quarter's report to the supervisor all read it.
create view waiting_on_day as
with reportable_in_force as (
    select
        w.window_id,
        w.ends,
        w.last_day_number,
        d.decision_id,
        d.decision_key,
        d.person_id,
        d.unit,
        d.area,
        d.gender,
        d.age_group,
        d.provider_type,
        d.law,
        d.service,
        d.delay_reason,
        d.decided,
        d.interrupted,
        d.execution_limit,
        d.resumption_limit,
        d.decided_day_number,
        d.interrupted_day_number,
        d.fully_executed is null or d.fully_executed > w.ends as is_unexecuted,
        coalesce(d.interrupted <= w.ends, false) and (d.resumed is null or d.resumed > w.ends) as is_interrupted
    from decisions as d
    inner join stock_windows as w
        on d.decided <= w.ends and (d.ended_from is null or d.ended_from > w.ends)
    where d.is_reportable
),

waiting as (
    select
        *,
        case when is_unexecuted then 'ej påbörjad' else 'avbruten' end as wait,
        case when is_unexecuted then decided else interrupted end as since,
        case when is_unexecuted then execution_limit else resumption_limit end as limit_day,
        case when is_unexecuted then decided_day_number else interrupted_day_number end as since_day_number
    from reportable_in_force
    where is_unexecuted or is_interrupted
)

select
    window_id,
    ends,
    decision_id,
    decision_key,
    person_id,
    unit,
    area,
    gender,
    age_group,
    provider_type,
    law,
    service,
    delay_reason,
    wait,
    since,
    limit_day,
    last_day_number - since_day_number as wait_days,
    ends > limit_day as is_over_limit
from waiting;

comment on view waiting_on_day is
'Gynnande beslut som väntade på att verkställas eller återupptas den dag som ett lägesfönster avser.';
comment on column waiting_on_day.window_id is 'Lägesfönster.';
comment on column waiting_on_day.ends is 'Dagen som läget avser.';
comment on column waiting_on_day.decision_id is 'Beslutet.';
comment on column waiting_on_day.decision_key is 'Beslutets id tillsammans med källsystemet.';
comment on column waiting_on_day.person_id is 'Personen, som pseudonym.';
comment on column waiting_on_day.unit is 'Enheten som beslutade.';
comment on column waiting_on_day.area is 'Verksamhetsområdet.';
comment on column waiting_on_day.gender is 'Kön.';
comment on column waiting_on_day.age_group is 'Åldersgrupp det år som beslutet fattades.';
comment on column waiting_on_day.provider_type is 'Regi enligt beslutet.';
comment on column waiting_on_day.law is 'Lag som beslutet gäller enligt.';
comment on column waiting_on_day.service is 'Insats.';
comment on column waiting_on_day.delay_reason is 'Skäl till att verkställigheten dröjt.';
comment on column waiting_on_day.wait is
'Vad som väntas på: ej påbörjad (verkställighet) eller avbruten (återupptagande).';
comment on column waiting_on_day.since is
'Dagen som väntan räknas från: beslutet, eller avbrottet för en avbruten insats.';
comment on column waiting_on_day.limit_day is 'Tre månader efter den dag som väntan räknas från.';
comment on column waiting_on_day.wait_days is 'Kalenderdagar som beslutet hade väntat.';
comment on column waiting_on_day.is_over_limit is 'Beslutet hade väntat mer än tre månader.';
