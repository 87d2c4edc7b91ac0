create table loaded.units (
    unit varchar not null,
    programme varchar not null,
    area varchar not null,
    provider_type varchar,
    valid_from date,
    valid_to date,
    source_system varchar
);

comment on table loaded.units is
'En rad per enhet och giltighetstid: vilket verksamhetsuppdrag och område enheten hör till.';
comment on column loaded.units.unit is 'Enhetens namn, stavat som i registret.';
comment on column loaded.units.programme is 'Verksamhetsuppdraget som enheten hör till.';
comment on column loaded.units.area is 'Verksamhetsområdet som enheten hör till.';
comment on column loaded.units.provider_type is 'Regi: egen eller privat.';
comment on column loaded.units.valid_from is 'Första dagen som raden gäller; tom = från början.';
comment on column loaded.units.valid_to is 'Sista dagen som raden gäller; tom = tills vidare.';
comment on column loaded.units.source_system is 'Verksamhetssystemet som raden kommer från.';
