create table loaded.reviews (
    review varchar not null,
    unit varchar not null,
    item_id varchar not null,
    question varchar not null,
    answer varchar not null,
    reason varchar,
    reviewed date not null,
    population integer,
    source_system varchar
);

comment on table loaded.reviews is 'En rad per granskad akt och fråga, i aktgranskningar och egenkontroller.';
comment on column loaded.reviews.review is 'Granskningens namn.';
comment on column loaded.reviews.unit is 'Enheten som granskades.';
comment on column loaded.reviews.item_id is 'Den granskade aktens id.';
comment on column loaded.reviews.question is 'Frågan som akten granskades mot.';
comment on column loaded.reviews.answer is 'Svaret: ja, nej, delvis eller ej aktuellt.';
comment on column loaded.reviews.reason is 'Varför svaret blev som det blev.';
comment on column loaded.reviews.reviewed is 'Dagen för granskningen.';
comment on column loaded.reviews.population is 'Hur många akter urvalet drogs ur.';
comment on column loaded.reviews.source_system is 'Verksamhetssystemet som raden kommer från.';
