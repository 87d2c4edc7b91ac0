create table loaded.controls (
    risk varchar not null,
    control varchar not null,
    unit varchar,
    date date not null,
    probability integer,
    consequence integer,
    sampled integer,
    deviating integer,
    outcome varchar,
    analysis varchar,
    action varchar,
    source_system varchar
);

comment on table loaded.controls is 'En rad per kontrollmoment i internkontrollen och dag som det utfördes.';
comment on column loaded.controls.risk is 'Risken som kontrolleras.';
comment on column loaded.controls.control is 'Vad som kontrolleras.';
comment on column loaded.controls.unit is 'Enheten som kontrollen gäller; tom = alla.';
comment on column loaded.controls.date is 'Dagen för kontrollen.';
comment on column loaded.controls.probability is 'Hur sannolik risken är, 1–4.';
comment on column loaded.controls.consequence is 'Hur stora följderna blir, 1–4.';
comment on column loaded.controls.sampled is 'Hur många som kontrollerades.';
comment on column loaded.controls.deviating is 'Hur många som avvek, högst antalet kontrollerade.';
comment on column loaded.controls.outcome is
'Bedömningen: ingen avvikelse, mindre avvikelse, stor avvikelse eller ej utförd.';
comment on column loaded.controls.analysis is 'Vad avvikelserna beror på.';
comment on column loaded.controls.action is 'Vad som ska göras.';
comment on column loaded.controls.source_system is 'Systemet eller filen som raden kommer från.';
