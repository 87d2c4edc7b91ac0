create table loaded.measurements (
    measure varchar not null,
    unit varchar not null,
    date date not null,
    numerator double,
    denominator double,
    value double,
    comment varchar,
    source_system varchar
);

comment on table loaded.measurements is 'En rad per mått, enhet och datum: det som inget verksamhetssystem håller.';
comment on column loaded.measurements.measure is 'Måttets namn.';
comment on column loaded.measurements.unit is 'Enheten som värdet gäller.';
comment on column loaded.measurements.date is 'Dagen som värdet avser.';
comment on column loaded.measurements.numerator is 'Täljaren där måttet är en kvot.';
comment on column loaded.measurements.denominator is 'Nämnaren där måttet är en kvot.';
comment on column loaded.measurements.value is 'Värdet där måttet inte är en kvot.';
comment on column loaded.measurements.comment is 'Kommentar till värdet.';
comment on column loaded.measurements.source_system is 'Systemet eller filen som raden kommer från.';
