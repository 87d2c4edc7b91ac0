create table files (
    file varchar not null,
    extract varchar not null,
    delivered date not null,
    read_rows integer not null,
    loaded integer not null,
    rejected integer not null,
    duplicates integer not null,
    superseded integer not null
);

comment on table files is 'Filerna som lästes, och vad som blev av raderna i dem: en rad per fil och utdrag.';
comment on column files.file is 'Filens namn.';
comment on column files.extract is 'Utdraget som filen hör till.';
comment on column files.delivered is 'Dagen då filen levererades: datumet i namnet, annars dagen då den ändrades.';
comment on column files.read_rows is 'Antal rader som lästes; summan av de fyra följande.';
comment on column files.loaded is 'Antal rader som lästes in.';
comment on column files.rejected is 'Antal underkända rader, se quarantine.';
comment on column files.duplicates is 'Antal rader som var exakt lika en annan.';
comment on column files.superseded is 'Antal rader som ersattes av en rad i en senare fil.';
