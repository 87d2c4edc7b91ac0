create view v_controls as
select
    c.risk,
    c.control,
    c.unit,
    u.programme,
    u.area,
    c.date,
    c.probability,
    c.consequence,
    c.probability * c.consequence as risk_value,
    c.sampled,
    c.deviating,
    c.deviating / nullif(c.sampled, 0) as deviating_share,
    c.outcome,
    c.analysis,
    c.action
from controls as c
left join v_units as u on c.unit = u.unit;

comment on view v_controls is 'Internkontroll: en rad per kontrollmoment och dag.';
comment on column v_controls.risk_value is 'Sannolikhet gånger konsekvens, 1–16.';
comment on column v_controls.deviating_share is 'Andel av de kontrollerade som avvek, 0–1.';
comment on column v_controls.area is
'Verksamhetsområdet som enheten hör till på rapportperiodens sista dag.';
