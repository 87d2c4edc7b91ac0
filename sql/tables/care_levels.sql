create table loaded.care_levels (
    assessment_id varchar not null,
    person_id varchar not null,
    unit varchar not null,
    service varchar not null,
    assessed date not null,
    level integer not null,
    preliminary boolean,
    joint boolean,
    gender varchar,
    birth_year integer,
    protected_identity boolean,
    source_system varchar
);

comment on table loaded.care_levels is 'En rad per bedömning av omsorgsnivå.';
comment on column loaded.care_levels.assessment_id is 'Bedömningens id i verksamhetssystemet.';
comment on column loaded.care_levels.person_id is 'Personens pseudonym.';
comment on column loaded.care_levels.unit is 'Enheten som bedömde.';
comment on column loaded.care_levels.service is 'Insatsen som nivån gäller.';
comment on column loaded.care_levels.assessed is 'Dagen för bedömningen.';
comment on column loaded.care_levels.level is 'Nivån, 1 eller större.';
comment on column loaded.care_levels.preliminary is 'Om nivån är preliminär och ska bedömas igen.';
comment on column loaded.care_levels.joint is 'Om myndighet och utförare har bedömt tillsammans.';
comment on column loaded.care_levels.gender is 'Personens kön: kvinna, man eller okänt.';
comment on column loaded.care_levels.birth_year is 'Personens födelseår.';
comment on column loaded.care_levels.protected_identity is 'Om personen har skyddade personuppgifter.';
comment on column loaded.care_levels.source_system is 'Verksamhetssystemet som raden kommer från.';
