/* ---
about = """\
Hur många insatser som saknar eller har en inaktuell genomförandeplan på rapportperiodens sista dag, per enhet \
och insats."""
parameters.unit = { about = "enhetens namn; alla enheter om inget anges", optional = true }
--- */
select
    unit,
    service,
    count(*) as need_plan,
    count(*) filter (where lacks_plan) as without_plan,
    count(*) filter (where has_plan and not has_current_plan) as not_current,
    count(*) filter (where has_current_plan) / count(*) as current_share
from v_services
where
    needs_plan
    and ($unit is null or lower(unit) = lower($unit))
group by unit, service
order by without_plan + not_current desc, unit asc, service asc
