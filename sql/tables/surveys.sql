create table loaded.surveys (
    survey varchar not null,
    unit varchar not null,
    question varchar not null,
    date date not null,
    invited integer,
    answered integer not null,
    positive integer,
    mean double,
    scale integer,
    option varchar,
    option_count integer,
    source_system varchar
);

comment on table loaded.surveys is
'En rad per undersökning, enhet, fråga och datum, och per svarsalternativ där det redovisas.';
comment on column loaded.surveys.survey is 'Undersökningens namn.';
comment on column loaded.surveys.unit is 'Enheten som svaren gäller.';
comment on column loaded.surveys.question is 'Frågan.';
comment on column loaded.surveys.date is 'Dagen för undersökningen.';
comment on column loaded.surveys.invited is 'Hur många som fick frågan.';
comment on column loaded.surveys.answered is 'Hur många som svarade, högst antalet tillfrågade.';
comment on column loaded.surveys.positive is 'Hur många som svarade positivt, högst antalet svar.';
comment on column loaded.surveys.mean is 'Svarens medelvärde.';
comment on column loaded.surveys.scale is 'Skalans högsta steg.';
comment on column loaded.surveys.option is 'Svarsalternativet som antalet gäller.';
comment on column loaded.surveys.option_count is 'Hur många som valde alternativet.';
comment on column loaded.surveys.source_system is 'Systemet eller filen som raden kommer från.';
