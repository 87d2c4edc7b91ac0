/* ---
about = """\
Hur många rader som inte lästes in, per fil, kolumn och skäl. En rad med flera skäl räknas på vart och ett av \
dem."""
parameters.extract = { about = "utdraget, till exempel investigations; alla om inget anges", optional = true }
--- */
select
    extract,
    file,
    heading,
    rule,
    count(distinct coalesce(sheet, '') || '/' || row_number) as rejected_rows,
    count(distinct unit) as units
from v_quarantine
where $extract is null or extract = lower($extract)
group by extract, file, heading, rule
order by rejected_rows desc, file asc, heading asc, rule asc
