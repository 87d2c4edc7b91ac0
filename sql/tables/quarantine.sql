create table quarantine (
    extract varchar not null,
    file varchar not null,
    sheet varchar not null,
    row_number integer not null,
    heading varchar not null,
    column_name varchar not null,
    value varchar not null,
    rule varchar not null,
    reason varchar not null,
    record_key varchar not null,
    unit varchar not null,
    fault_id varchar not null,
    protected boolean not null,
    content varchar not null
);

comment on table quarantine is
'En rad per skäl till att en rad i ett utdrag inte lästes in; personer är maskerade eller pseudonymer.';
comment on column quarantine.extract is 'Utdraget som raden hör till.';
comment on column quarantine.file is 'Filens namn.';
comment on column quarantine.sheet is 'Bladets namn; tomt i textfiler.';
comment on column quarantine.row_number is 'Radens nummer så som Excel visar det.';
comment on column quarantine.heading is 'Rubriken så som den står i filen.';
comment on column quarantine.column_name is 'Kolumnens namn i databasen.';
comment on column quarantine.value is 'Värdet som bröt mot regeln; personuppgifter är maskerade.';
comment on column quarantine.rule is 'Regelns korta namn.';
comment on column quarantine.reason is 'Skälet, i klartext.';
comment on column quarantine.record_key is 'Radens id i verksamhetssystemet.';
comment on column quarantine.unit is 'Radens enhet så som den står i filen.';
comment on column quarantine.fault_id is 'Samma för samma fel på samma ärende i varje leverans.';
comment on column quarantine.protected is
'Raden gäller någon med skyddade personuppgifter: den räknas i datakvalitet men står inte i dess listor.';
comment on column quarantine.content is 'Hela raden som JSON, med personer som pseudonymer.';
