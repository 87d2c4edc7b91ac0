create table measurements as
select
    measure,
    source_system,
    unit,
    cast(null as varchar) as area,
    date,
    numerator,
    denominator,
    value,
    comment,
    numerator is not null and denominator is not null as is_quotient
from loaded.measurements;

comment on table measurements is 'Mätvärden som inget verksamhetssystem har: en rad per mått, enhet och dag.';
comment on column measurements.area is 'Tomt: verksamhetsområdet är enhetens i enhetsregistret.';
comment on column measurements.is_quotient is 'Raden har både täljare och nämnare.';
