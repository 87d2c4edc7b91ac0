/* ---
about = """\
Vilka barnutredningar som snart når 120 dagar, de utan handläggare först. Skyddade personuppgifter är \
utelämnade."""
parameters.days = { about = "inom så många dagar", kind = "number", default = 30 }
parameters.unit = { about = "enhetens namn; alla enheter om inget anges", optional = true }
--- */
select
    investigation_id,
    unit,
    programme,
    case_worker is null as lacks_case_worker,
    opened,
    days,
    limit_120_days,
    date_diff('day', as_of, limit_120_days) as days_left,
    extended_until,
    as_of
from v_investigations
where
    is_child_investigation
    and is_open
    and limit_120_days between as_of and as_of + cast($days as integer)
    and not is_protected
    and ($unit is null or lower(unit) = lower($unit))
order by lacks_case_worker desc, days_left asc, investigation_id asc
