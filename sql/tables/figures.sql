create table figures (
    metric varchar not null,
    statistic varchar not null,
    window_id varchar not null,
    level tinyint not null,
    org varchar not null,
    breakdown varchar not null,
    category varchar not null,
    numerator bigint,
    denominator bigint,
    value double,
    ci_low double,
    ci_high double,
    target double,
    status varchar,
    as_of date not null
);

comment on table figures is
'Alla siffror i körningen, även jämförelser och trender. Inget är dolt: innehåller små grupper.';
comment on column figures.metric is 'Måttets namn i sql/metrics.';
comment on column figures.statistic is 'Vad siffran är: share (andel), count (antal), mean (medelvärde), median, p90 …';
comment on column figures.window_id is 'Mätfönster, se windows.';
comment on column figures.level is 'Nivå: 1 nämnden, 2 verksamhetsuppdrag, 3 enhet.';
comment on column figures.org is 'Nämndens, verksamhetsuppdragets eller enhetens namn.';
comment on column figures.breakdown is 'Uppdelning, till exempel gender (kön); tomt för totalen.';
comment on column figures.category is 'Värdet i uppdelningen, till exempel kvinna; tomt för totalen.';
comment on column figures.numerator is 'Täljare; bara för andelar.';
comment on column figures.denominator is
'Antal rader som siffran bygger på; tomt när utdrag eller kolumn inte levererats.';
comment on column figures.value is 'Utfallet; andelar som 0–1, annars i måttets egen enhet.';
comment on column figures.ci_low is 'Nedre gräns för andelens 95-procentiga intervall.';
comment on column figures.ci_high is 'Övre gräns för andelens 95-procentiga intervall.';
comment on column figures.target is 'Målet som siffran bedöms mot; andelar som 0–1.';
comment on column figures.status is 'Hur utfallet står sig mot målet.';
comment on column figures.as_of is 'Fönstrets sista dag, som siffran avser.';
