create table controls as
select
    risk,
    source_system,
    control,
    unit,
    cast(null as varchar) as area,
    date,
    probability,
    consequence,
    sampled,
    case when deviating is null and outcome = 'ingen avvikelse' then 0 else deviating end as deviating,
    outcome,
    analysis,
    action
from loaded.controls;

comment on table controls is 'Internkontroll: en rad per kontrollmoment och dag.';
comment on column controls.area is 'Tomt: verksamhetsområdet är enhetens i enhetsregistret.';
comment on column controls.deviating is
'Antal kontrollerade som avvek; 0 när antalet saknas och bedömningen är ingen avvikelse.';
