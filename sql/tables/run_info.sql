create table run_info (
    run_id varchar not null,
    version varchar not null,
    period varchar not null,
    today date not null,
    demo boolean not null
);

comment on table run_info is 'Körningen som byggde databasen: en enda rad.';
comment on column run_info.run_id is 'Körningens id; samma som i rapporten och manifest.json.';
comment on column run_info.version is 'Programmets version.';
comment on column run_info.period is 'Perioden som rapporten gäller.';
comment on column run_info.today is 'Dagen som räknades som dagens.';
comment on column run_info.demo is 'Om uppgifterna är den påhittade demokommunens.';
