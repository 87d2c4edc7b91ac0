/* ---
about = """\
Vilka genomförandeplaner som ska följas upp inom en månad eller redan skulle ha följts upp. Skyddade \
personuppgifter är utelämnade."""
parameters.days = { about = "inom så många dagar", kind = "number", default = 31 }
parameters.unit = { about = "enhetens namn; alla enheter om inget anges", optional = true }
--- */
select
    plan_id,
    unit,
    service,
    latest,
    next_follow_up,
    greatest(date_diff('day', next_follow_up, as_of), 0) as days_late
from v_plans
where
    is_in_force
    and next_follow_up <= as_of + cast($days as integer)
    and (followed_up is null or followed_up < next_follow_up)
    and not is_protected
    and ($unit is null or lower(unit) = lower($unit))
order by next_follow_up asc, plan_id asc
