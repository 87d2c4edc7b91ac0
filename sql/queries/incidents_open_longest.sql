/* ---
about = "Vilka avvikelser, synpunkter och liknande som har varit öppna längst. Skyddade personuppgifter är utelämnade."
parameters.kind = { about = "till exempel avvikelse eller synpunkt; alla om inget anges", optional = true }
parameters.unit = { about = "enhetens namn; alla enheter om inget anges", optional = true }
--- */
select
    incident_id,
    unit,
    kind,
    category,
    received,
    days,
    is_over_deadline,
    severity,
    serious,
    as_of
from v_incidents
where
    is_open
    and not is_protected
    and ($kind is null or lower(kind) = lower($kind))
    and ($unit is null or lower(unit) = lower($unit))
order by days desc, incident_id asc
