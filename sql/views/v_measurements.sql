create view v_measurements as
select
    m.measure,
    m.unit,
    u.programme,
    u.area,
    m.date,
    m.numerator,
    m.denominator,
    m.value,
    coalesce(m.value, m.numerator / nullif(m.denominator, 0)) as outcome,
    m.comment,
    m.source_system
from measurements as m
left join v_units as u on m.unit = u.unit;

comment on view v_measurements is 'Mätvärden som inget verksamhetssystem har: en rad per mått, enhet och dag.';
comment on column v_measurements.outcome is 'Utfallet: värdet, annars täljaren delad med nämnaren.';
comment on column v_measurements.area is
'Verksamhetsområdet som enheten hör till på rapportperiodens sista dag.';
