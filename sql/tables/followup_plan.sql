create table loaded.followup_plan (
    area varchar not null,
    unit varchar not null,
    goal varchar,
    definition varchar not null,
    method varchar not null,
    level varchar,
    responsible varchar not null,
    schedule varchar not null,
    metrics varchar,
    requirement varchar,
    kind varchar,
    source_system varchar
);

comment on table loaded.followup_plan is 'En rad per sak som följs upp enligt uppföljningsplanen.';
comment on column loaded.followup_plan.area is 'Kvalitetsområdet, till exempel delaktighet.';
comment on column loaded.followup_plan.unit is 'Enheten som följs upp.';
comment on column loaded.followup_plan.goal is 'Målet för processen.';
comment on column loaded.followup_plan.definition is 'Vad som följs upp.';
comment on column loaded.followup_plan.method is 'Hur det mäts.';
comment on column loaded.followup_plan.level is 'Nivån: individ, uppdrag/avtal eller tematisk.';
comment on column loaded.followup_plan.responsible is 'Vem som ansvarar och vem som hjälper till.';
comment on column loaded.followup_plan.schedule is 'När det mäts, till exempel T1, T2, T3 eller varje månad.';
comment on column loaded.followup_plan.metrics is 'Måtten som svarar på det.';
comment on column loaded.followup_plan.requirement is 'Kravet som det följer upp, så som det står i kravmatrisen.';
comment on column loaded.followup_plan.kind is 'Slag av mått: struktur, process eller resultat.';
comment on column loaded.followup_plan.source_system is 'Systemet eller filen som raden kommer från.';
