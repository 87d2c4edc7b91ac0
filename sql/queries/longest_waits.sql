/* ---
about = """\
Vilka beslut som har väntat längst på att verkställas, på rapportperiodens sista dag. Skyddade personuppgifter \
är utelämnade."""
parameters.law = { about = "SoL eller LSS; båda om inget anges", optional = true }
parameters.unit = { about = "enhetens namn; alla enheter om inget anges", optional = true }
--- */
select
    decision_id,
    unit,
    law,
    service,
    wait,
    since,
    days,
    deadline,
    days_over_deadline,
    delay_reason
from v_waiting
where
    not is_protected
    and ($law is null or lower(law) = lower($law))
    and ($unit is null or lower(unit) = lower($unit))
order by days desc, decision_id asc
