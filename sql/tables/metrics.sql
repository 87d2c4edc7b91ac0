create table metrics (
    metric varchar not null,
    place integer not null,
    title varchar not null,
    section varchar not null,
    question varchar not null,
    numerator varchar not null,
    denominator varchar not null,
    unit varchar not null,
    kind varchar not null,
    quality_area varchar not null,
    better varchar not null,
    judged varchar not null,
    demanded_by_law boolean not null,
    missing varchar not null
);

comment on table metrics is 'Måttkatalogen: en rad per mått i sql/metrics.';
comment on column metrics.metric is 'Måttets namn i sql/metrics.';
comment on column metrics.place is 'Måttets plats i rapporten, från 1.';
comment on column metrics.title is 'Måttets titel i rapporten.';
comment on column metrics.section is 'Rapportens avsnitt.';
comment on column metrics.question is 'Frågan som måttet svarar på.';
comment on column metrics.numerator is 'Täljaren i ord; tom när måttet inte är en andel.';
comment on column metrics.denominator is 'Nämnaren i ord: raderna som måttet bygger på.';
comment on column metrics.unit is 'Måttets enhet, till exempel andel, antal eller dagar.';
comment on column metrics.kind is 'Slag av mått: struktur, process eller resultat.';
comment on column metrics.quality_area is 'Kvalitetsområdet.';
comment on column metrics.better is 'Vad som är bättre: higher (högre), lower (lägre) eller tomt.';
comment on column metrics.judged is 'Den statistik som bedöms mot målet, se figures.statistic.';
comment on column metrics.demanded_by_law is 'Om lagen kräver det som måttet mäter.';
comment on column metrics.missing is 'Varför måttet inte kunde räknas; tomt när det kunde det.';
