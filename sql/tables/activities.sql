create table loaded.activities (
    goal varchar not null,
    activity varchar not null,
    metrics varchar,
    responsible varchar,
    unit varchar,
    due date,
    status varchar not null,
    goal_status varchar,
    date date not null,
    comment varchar,
    source_system varchar
);

comment on table loaded.activities is 'En rad per aktivitet för ett mål och dag som den bedömdes.';
comment on column loaded.activities.goal is 'Målet som aktiviteten hör till.';
comment on column loaded.activities.activity is 'Aktiviteten.';
comment on column loaded.activities.metrics is 'Måtten som aktiviteten ska påverka.';
comment on column loaded.activities.responsible is 'Den som ansvarar.';
comment on column loaded.activities.unit is 'Enheten som aktiviteten gäller; tom = alla.';
comment on column loaded.activities.due is 'Dagen då aktiviteten ska vara klar.';
comment on column loaded.activities.status is
'Hur långt aktiviteten har kommit: genomfört, delvis genomfört, ej genomfört eller ej bedömt.';
comment on column loaded.activities.goal_status is 'Bedömningen av hela målet, med samma ord; går före aktiviteternas.';
comment on column loaded.activities.date is 'Dagen för bedömningen.';
comment on column loaded.activities.comment is 'Kommentar till bedömningen.';
comment on column loaded.activities.source_system is 'Systemet eller filen som raden kommer från.';
