create table loaded.goals (
    direction varchar,
    effect varchar,
    delivery varchar not null,
    metric varchar not null,
    statistic varchar,
    area varchar,
    unit varchar,
    target double not null,
    better varchar,
    valid_from date,
    valid_to date,
    source_system varchar
);

comment on table loaded.goals is 'En rad per leveransmål, mått och giltighetstid i målträdet.';
comment on column loaded.goals.direction is 'Inriktningsmålet, överst i målträdet.';
comment on column loaded.goals.effect is 'Effektmålet under inriktningsmålet.';
comment on column loaded.goals.delivery is 'Leveransmålet under effektmålet.';
comment on column loaded.goals.metric is 'Måttet som visar om målet nås.';
comment on column loaded.goals.statistic is 'Vad som jämförs: andel, antal, medel eller median.';
comment on column loaded.goals.area is 'Verksamhetsområdet som målet gäller; tom = alla.';
comment on column loaded.goals.unit is 'Enheten som målet gäller; tom = alla.';
comment on column loaded.goals.target is 'Målvärdet; andelar i procent.';
comment on column loaded.goals.better is 'Vad som är bättre: högre eller lägre.';
comment on column loaded.goals.valid_from is 'Första dagen som målet gäller; tom = sedan länge.';
comment on column loaded.goals.valid_to is 'Sista dagen som målet gäller; tom = tills vidare.';
comment on column loaded.goals.source_system is 'Systemet eller filen som raden kommer från.';
