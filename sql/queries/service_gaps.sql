/* ---
about = """\
Vilka som fick vänta mellan att en insats upphörde och att samma slags insats började igen. Skyddade \
personuppgifter är utelämnade."""
parameters.least = { about = "minst så många dagar emellan", kind = "number", default = 1 }
parameters.most = { about = "högst så många dagar emellan", kind = "number", default = 90 }
--- */
with executed_services as (
    select
        *,
        lead(decision_id) over next_service as next_decision_id,
        lead(executed) over next_service as next_executed
    from v_decisions
    where is_granted and executed is not null and executed <= as_of
    window next_service as (partition by person_id, lower(service) order by executed asc, decision_id asc)
)

select
    decision_id,
    next_decision_id,
    unit,
    law,
    service,
    ended_from,
    next_executed,
    date_diff('day', ended_from, next_executed) as days_between
from executed_services
where
    ended_from <= as_of
    and date_diff('day', ended_from, next_executed) between $least and $most
    and not is_protected
order by days_between desc, decision_id asc
