create table loaded.coordinated_plans (
    sip_id varchar not null,
    person_id varchar not null,
    unit varchar not null,
    established date not null,
    participation boolean,
    followed_up date,
    gender varchar,
    birth_year integer,
    protected_identity boolean,
    source_system varchar
);

comment on table loaded.coordinated_plans is 'En rad per samordnad individuell plan (SIP).';
comment on column loaded.coordinated_plans.sip_id is 'Planens id i verksamhetssystemet.';
comment on column loaded.coordinated_plans.person_id is 'Personens pseudonym.';
comment on column loaded.coordinated_plans.unit is 'Enheten som deltog för socialtjänsten.';
comment on column loaded.coordinated_plans.established is 'Dagen då planen upprättades.';
comment on column loaded.coordinated_plans.participation is 'Om den enskildes delaktighet är dokumenterad.';
comment on column loaded.coordinated_plans.followed_up is 'Dagen då planen senast följdes upp.';
comment on column loaded.coordinated_plans.gender is 'Personens kön: kvinna, man eller okänt.';
comment on column loaded.coordinated_plans.birth_year is 'Personens födelseår.';
comment on column loaded.coordinated_plans.protected_identity is 'Om personen har skyddade personuppgifter.';
comment on column loaded.coordinated_plans.source_system is 'Verksamhetssystemet som raden kommer från.';
