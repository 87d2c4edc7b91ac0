/* ---
about = """\
Vilka genomförandeplaner som slutar vara aktuella inom en månad, de första först. Skyddade personuppgifter är \
utelämnade."""
parameters.days = { about = "inom så många dagar", kind = "number", default = 31 }
parameters.unit = { about = "enhetens namn; alla enheter om inget anges", optional = true }
--- */
with limits_of_plans as (
    select
        plan_key,
        greatest(
            max(current_by_established),
            max(current_by_revised),
            max(current_by_followed_up)
        ) as current_until
    from plan_decisions
    group by plan_key
),

plans_with_limits as (
    select
        p.*,
        l.current_until,
        date_diff('day', p.as_of, l.current_until) as days_left
    from v_plans as p
    inner join limits_of_plans as l on coalesce(p.source_system, '') || '/' || p.plan_id = l.plan_key
)

select
    plan_id,
    unit,
    area,
    service,
    latest,
    current_until,
    days_left,
    next_follow_up
from plans_with_limits
where
    is_in_force
    and days_left between 1 and $days
    and not is_protected
    and ($unit is null or lower(unit) = lower($unit))
order by days_left asc, plan_id asc
