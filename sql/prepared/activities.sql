create table activities as
select
    goal,
    source_system,
    activity,
    metrics,
    responsible,
    unit,
    cast(null as varchar) as area,
    due,
    status,
    goal_status,
    date,
    comment
from loaded.activities;

comment on table activities is 'Aktiviteter mot nämndens mål: en rad per aktivitet och bedömning.';
comment on column activities.area is 'Tomt: verksamhetsområdet är enhetens i enhetsregistret.';
