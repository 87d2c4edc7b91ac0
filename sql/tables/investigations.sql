create table loaded.investigations (
    investigation_id varchar not null,
    referral_id varchar,
    person_id varchar not null,
    unit varchar not null,
    area varchar not null,
    kind varchar,
    opened date not null,
    closed date,
    extended date,
    extended_until date,
    outcome varchar,
    case_worker varchar,
    gender varchar,
    birth_year integer,
    protected_identity boolean,
    source_system varchar
);

comment on table loaded.investigations is 'En rad per utredning.';
comment on column loaded.investigations.investigation_id is 'Utredningens id i verksamhetssystemet.';
comment on column loaded.investigations.referral_id is 'Aktualiseringen som ledde till utredningen.';
comment on column loaded.investigations.person_id is 'Personens pseudonym.';
comment on column loaded.investigations.unit is 'Enheten som utreder.';
comment on column loaded.investigations.area is 'Verksamhetsområdet.';
comment on column loaded.investigations.kind is 'Utredningstypen, med verksamhetssystemets ord.';
comment on column loaded.investigations.opened is 'Dagen då utredningen inleddes.';
comment on column loaded.investigations.closed is 'Dagen då utredningen avslutades; tom = pågår.';
comment on column loaded.investigations.extended is 'Dagen då förlängning beslutades.';
comment on column loaded.investigations.extended_until is 'Dagen som utredningstiden är förlängd till.';
comment on column loaded.investigations.outcome is 'Resultatet: insats, ingen insats, avbruten eller övrigt.';
comment on column loaded.investigations.case_worker is 'Handläggarens pseudonym.';
comment on column loaded.investigations.gender is 'Personens kön: kvinna, man eller okänt.';
comment on column loaded.investigations.birth_year is 'Personens födelseår.';
comment on column loaded.investigations.protected_identity is 'Om personen har skyddade personuppgifter.';
comment on column loaded.investigations.source_system is 'Verksamhetssystemet som raden kommer från.';
