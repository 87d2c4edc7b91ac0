create view v_activities as
with latest as (
    select
        *,
        row_number() over (
            partition by goal, activity, unit
            order by date desc, source_system desc
        ) as recency
    from activities
)

select
    a.goal,
    a.activity,
    a.unit,
    u.programme,
    u.area,
    a.metrics,
    a.responsible,
    a.due,
    a.status,
    a.status <> 'genomfört' and coalesce(a.due < d.as_of, false) as is_late,
    a.goal_status,
    a.date,
    a.comment,
    a.recency = 1 as is_latest,
    a.source_system,
    d.as_of
from latest as a
left join v_units as u on a.unit = u.unit
left join v_deliveries as d on d.extract = 'activities';

comment on view v_activities is 'Aktiviteter mot nämndens mål: en rad per aktivitet och bedömning.';
comment on column v_activities.is_late is 'Aktiviteten är inte genomförd, fast den skulle ha varit det.';
comment on column v_activities.is_latest is 'Den senaste bedömningen av aktiviteten.';
comment on column v_activities.area is
'Verksamhetsområdet som enheten hör till på rapportperiodens sista dag.';
