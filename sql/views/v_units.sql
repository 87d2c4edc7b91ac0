create view v_units as
select
    u.unit,
    u.programme,
    u.area,
    u.provider_type
from unit_on_day as u
where u.window_id = 'stock';

comment on view v_units is 'Enhetsregistret på rapportperiodens sista dag: en rad per enhet.';
comment on column v_units.unit is 'Enhet.';
comment on column v_units.programme is 'Verksamhetsuppdraget som enheten hör till på rapportperiodens sista dag.';
comment on column v_units.area is 'Verksamhetsområdet som enheten hör till på rapportperiodens sista dag.';
comment on column v_units.provider_type is 'Regi: egen eller privat.';
