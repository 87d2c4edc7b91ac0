/* ---
about = "Vilka barnutredningar som pågår efter sin sista dag, de äldsta först. Skyddade personuppgifter är utelämnade."
parameters.unit = { about = "enhetens namn; alla enheter om inget anges", optional = true }
--- */
select
    investigation_id,
    unit,
    programme,
    opened,
    deadline,
    days,
    days_over_deadline,
    extended_until,
    is_recorded_as_incident,
    as_of
from v_investigations
where
    is_open
    and is_over_deadline
    and not is_protected
    and ($unit is null or lower(unit) = lower($unit))
order by days_over_deadline desc, investigation_id asc
