-- The unit register as it stood on each window's last day: at most one row a window and unit. Where rows of the
-- register overlap, the one that became valid last counts.
create table unit_on_day as
with valid as (
    select
        w.window_id,
        u.unit,
        u.programme,
        u.area,
        u.provider_type,
        row_number() over (
            partition by w.window_id, u.unit
            order by u.valid_from desc nulls last, u.programme asc, u.area asc
        ) as recency
    from windows as w
    inner join loaded.units as u
        on
            (u.valid_from is null or u.valid_from <= w.ends)
            and (u.valid_to is null or u.valid_to >= w.ends)
)

select
    window_id,
    unit,
    programme,
    area,
    provider_type
from valid
where recency = 1;

comment on table unit_on_day is 'Enhetsregistret så som det såg ut varje mätfönsters sista dag.';
comment on column unit_on_day.window_id is 'Mätfönster.';
comment on column unit_on_day.unit is 'Enhet.';
comment on column unit_on_day.programme is 'Verksamhetsuppdrag som enheten hör till den dagen.';
comment on column unit_on_day.area is 'Verksamhetsområde som enheten hör till den dagen.';
comment on column unit_on_day.provider_type is 'Regi för enheten den dagen: egen eller privat.';
