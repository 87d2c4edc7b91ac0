/* ---
about = """\
Andelen barnutredningar inom 120 dagar månad för månad, enhet för enhet. Kopiera filen och byt vyn efter from för \
att se ett annat mått som är en andel."""
parameters.unit = { about = "enhetens namn; alla enheter om inget anges", optional = true }
--- */
select
    unit,
    starts,
    ends,
    count(*) as denominator,
    count(*) filter (where hit) as numerator,
    count(*) filter (where hit) / count(*) as hit_share
from v_cases_investigation_within_120_days
where
    window_kind = 'month'
    and ($unit is null or lower(unit) = lower($unit))
group by unit, starts, ends
order by unit asc, ends asc
