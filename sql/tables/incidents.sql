create table loaded.incidents (
    incident_id varchar not null,
    unit varchar not null,
    kind varchar not null,
    feedback varchar,
    submitter varchar,
    external boolean,
    category varchar,
    received date not null,
    severity integer,
    recurrence integer,
    serious boolean,
    reported_to_ivo date,
    cause varchar,
    action varchar,
    closed date,
    investigation_id varchar,
    source_system varchar
);

comment on table loaded.incidents is 'En rad per avvikelse, synpunkt, rapport eller annat ärende.';
comment on column loaded.incidents.incident_id is 'Ärendets id i verksamhetssystemet.';
comment on column loaded.incidents.unit is 'Enheten som ärendet gäller.';
comment on column loaded.incidents.kind is
'Typ: avvikelse, synpunkt, lex Sarah, lex Maria, vårdavvikelse, tillbud, skada eller tillsyn.';
comment on column loaded.incidents.feedback is 'Slag av synpunkt: beröm, klagomål, förslag, fråga eller annan.';
comment on column loaded.incidents.submitter is 'Vem som lämnade den: brukare, anhörig, personal eller annan.';
comment on column loaded.incidents.external is 'Om den kom från någon utanför verksamheten.';
comment on column loaded.incidents.category is 'Vad ärendet handlar om, med kommunens ord.';
comment on column loaded.incidents.received is 'Dagen då det kom in.';
comment on column loaded.incidents.severity is 'Hur allvarligt det är, 1–4.';
comment on column loaded.incidents.recurrence is 'Hur stor risken är att det händer igen, 1–4.';
comment on column loaded.incidents.serious is
'Om det är ett allvarligt missförhållande eller en påtaglig risk för det.';
comment on column loaded.incidents.reported_to_ivo is 'Dagen då det anmäldes till Inspektionen för vård och omsorg.';
comment on column loaded.incidents.cause is 'Vad det berodde på.';
comment on column loaded.incidents.action is 'Vad som har gjorts.';
comment on column loaded.incidents.closed is 'Dagen då ärendet avslutades; tom = pågår.';
comment on column loaded.incidents.investigation_id is 'Utredningen som ärendet gäller.';
comment on column loaded.incidents.source_system is 'Verksamhetssystemet som raden kommer från.';
