create table loaded.referrals (
    referral_id varchar not null,
    person_id varchar not null,
    unit varchar not null,
    area varchar not null,
    kind varchar not null,
    source varchar,
    received date not null,
    registered date,
    protection_assessed date,
    decided date,
    outcome varchar,
    special_reasons boolean,
    gender varchar,
    birth_year integer,
    protected_identity boolean,
    source_system varchar
);

comment on table loaded.referrals is 'En rad per aktualisering: anmälan, ansökan eller annat som kommit in.';
comment on column loaded.referrals.referral_id is 'Aktualiseringens id i verksamhetssystemet.';
comment on column loaded.referrals.person_id is 'Personens pseudonym.';
comment on column loaded.referrals.unit is 'Enheten som tog emot.';
comment on column loaded.referrals.area is 'Verksamhetsområdet.';
comment on column loaded.referrals.kind is
'Typ: anmälan, ansökan, information på annat sätt, begäran om yttrande, överflyttning eller övrigt.';
comment on column loaded.referrals.source is 'Vem som aktualiserade.';
comment on column loaded.referrals.received is 'Dagen då den kom in.';
comment on column loaded.referrals.registered is 'Dagen då den registrerades.';
comment on column loaded.referrals.protection_assessed is 'Dagen för skyddsbedömningen.';
comment on column loaded.referrals.decided is 'Dagen för beslutet efter förhandsbedömning.';
comment on column loaded.referrals.outcome is
'Beslutet: utredning inleds, utredning inleds inte eller tillförd pågående utredning.';
comment on column loaded.referrals.special_reasons is 'Om det fanns synnerliga skäl för längre tid.';
comment on column loaded.referrals.gender is 'Personens kön: kvinna, man eller okänt.';
comment on column loaded.referrals.birth_year is 'Personens födelseår.';
comment on column loaded.referrals.protected_identity is 'Om personen har skyddade personuppgifter.';
comment on column loaded.referrals.source_system is 'Verksamhetssystemet som raden kommer från.';
