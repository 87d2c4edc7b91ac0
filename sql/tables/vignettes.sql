create table loaded.vignettes (
    vignette varchar not null,
    question varchar not null,
    rater varchar not null,
    unit varchar not null,
    answer varchar not null,
    date date not null,
    source_system varchar
);

comment on table loaded.vignettes is 'En rad per bedömning av en fråga i ett påhittat fall.';
comment on column loaded.vignettes.vignette is 'Det påhittade fallets namn.';
comment on column loaded.vignettes.question is 'Frågan som bedömdes.';
comment on column loaded.vignettes.rater is 'Pseudonym för den som bedömde.';
comment on column loaded.vignettes.unit is 'Enheten där den som bedömde arbetar.';
comment on column loaded.vignettes.answer is 'Svaret.';
comment on column loaded.vignettes.date is 'Dagen för bedömningen.';
comment on column loaded.vignettes.source_system is 'Systemet eller filen som raden kommer från.';
