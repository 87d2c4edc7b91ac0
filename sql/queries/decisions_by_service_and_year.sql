/* ---
about = """\
Hur många beslut som fattades per insats och år, hur många som var bifall och avslag, och för hur många \
personer."""
parameters.law = { about = "SoL, LSS, LVU eller LVM; alla om inget anges", optional = true }
--- */
select
    extract(year from decided) as decided_year,
    law,
    service,
    count(*) as decisions,
    count(*) filter (where is_granted) as approvals,
    count(*) filter (where result = 'avslag') as refusals,
    count(*) filter (where result = 'avslag') / count(*) as refused_share,
    count(distinct person_id) as persons
from v_decisions
where $law is null or lower(law) = lower($law)
group by extract(year from decided), law, service
order by decided_year desc, decisions desc, law asc, service asc
