create table loaded.decisions (
    decision_id varchar not null,
    referral_id varchar,
    person_id varchar not null,
    unit varchar not null,
    area varchar not null,
    law varchar not null,
    service varchar not null,
    kind varchar,
    decided date not null,
    result varchar not null,
    valid_to date,
    ordered date,
    executed date,
    partly_executed boolean,
    interrupted date,
    resumed date,
    ended date,
    end_reason varchar,
    delay_reason varchar,
    offer_made date,
    offer_declined date,
    followed_up date,
    provider_unit varchar,
    provider_type varchar,
    gender varchar,
    birth_year integer,
    protected_identity boolean,
    source_system varchar
);

comment on table loaded.decisions is 'En rad per beslut om insats.';
comment on column loaded.decisions.decision_id is 'Beslutets id i verksamhetssystemet.';
comment on column loaded.decisions.referral_id is 'Aktualiseringen som beslutet hör till.';
comment on column loaded.decisions.person_id is 'Personens pseudonym.';
comment on column loaded.decisions.unit is 'Enheten som beslutade.';
comment on column loaded.decisions.area is 'Verksamhetsområdet.';
comment on column loaded.decisions.law is 'Lagen: SoL, LSS, LVU eller LVM.';
comment on column loaded.decisions.service is 'Insatsen.';
comment on column loaded.decisions.kind is 'Beslutstyp: nytt, utökat, förlängt, ändrat eller omprövning.';
comment on column loaded.decisions.decided is 'Beslutsdagen.';
comment on column loaded.decisions.result is 'Beslutet: bifall, delvis bifall eller avslag.';
comment on column loaded.decisions.valid_to is 'Sista dagen som beslutet gäller.';
comment on column loaded.decisions.ordered is 'Dagen då uppdraget skickades till utföraren.';
comment on column loaded.decisions.executed is 'Dagen då beslutet verkställdes; kan ligga framåt i tiden.';
comment on column loaded.decisions.partly_executed is 'Om beslutet bara delvis är verkställt.';
comment on column loaded.decisions.interrupted is 'Dagen då verkställigheten avbröts.';
comment on column loaded.decisions.resumed is 'Dagen då verkställigheten återupptogs.';
comment on column loaded.decisions.ended is 'Dagen då insatsen avslutades; kan ligga framåt i tiden.';
comment on column loaded.decisions.end_reason is 'Varför insatsen avslutades.';
comment on column loaded.decisions.delay_reason is 'Skäl till att verkställigheten dröjt.';
comment on column loaded.decisions.offer_made is 'Dagen då insatsen erbjöds.';
comment on column loaded.decisions.offer_declined is 'Dagen då erbjudandet tackades nej till.';
comment on column loaded.decisions.followed_up is 'Dagen då myndigheten senast följde upp beslutet.';
comment on column loaded.decisions.provider_unit is 'Enheten som utför insatsen.';
comment on column loaded.decisions.provider_type is 'Regi: egen eller privat.';
comment on column loaded.decisions.gender is 'Personens kön: kvinna, man eller okänt.';
comment on column loaded.decisions.birth_year is 'Personens födelseår.';
comment on column loaded.decisions.protected_identity is 'Om personen har skyddade personuppgifter.';
comment on column loaded.decisions.source_system is 'Verksamhetssystemet som raden kommer från.';
