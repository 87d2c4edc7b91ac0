create table loaded.requirements (
    regulation varchar not null,
    requirement varchar not null,
    area varchar,
    force varchar,
    unit varchar,
    routine varchar,
    revised date,
    next_revision date,
    method varchar,
    responsible varchar,
    metrics varchar,
    source_system varchar
);

comment on table loaded.requirements is 'En rad per krav i en författning, med rutinen som svarar mot det.';
comment on column loaded.requirements.regulation is 'Lagen, förordningen eller föreskriften.';
comment on column loaded.requirements.requirement is 'Vad den kräver.';
comment on column loaded.requirements.area is 'Området som kravet gäller.';
comment on column loaded.requirements.force is 'Typ: föreskrift eller allmänt råd.';
comment on column loaded.requirements.unit is 'Enheten som kravet gäller; tom = alla.';
comment on column loaded.requirements.routine is 'Rutinen som svarar mot kravet; tom = ingen.';
comment on column loaded.requirements.revised is 'Dagen då rutinen senast sågs över.';
comment on column loaded.requirements.next_revision is 'Dagen då rutinen ska ses över igen.';
comment on column loaded.requirements.method is 'Hur kravet följs upp.';
comment on column loaded.requirements.responsible is 'Den som ansvarar.';
comment on column loaded.requirements.metrics is 'Måtten som svarar på kravet.';
comment on column loaded.requirements.source_system is 'Systemet eller filen som raden kommer från.';
