-- The unit register, as delivered. Which row counts on a given day: unit_on_day.
create table units as
select
    unit,
    programme,
    area,
    provider_type,
    valid_from,
    valid_to,
    source_system
from loaded.units;

comment on table units is 'Enhetsregistret: en rad per enhet och giltighetstid.';
