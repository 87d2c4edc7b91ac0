/* ---
id: measure
order: 3
title: Egna mått
section: Internkontroll, aktiviteter och egna mått
question: Vad visar kommunens egna mått?
numerator: summan av täljarna
denominator: nämnarna, eller värdena, för mätvärden daterade under perioden
unit: andel eller värde
kind: struktur
quality_area: ledning och styrning
better: ""
flow: true
statistics: [share, value]
judged: share
breakdowns: [area, measure]
headline_by: measure
demanded_by_law: false
child_scope: false
needs:
  measurements: [numerator or value]
refines:
  measurements: [denominator]
law: [quality]
owner: Ansvarig för kvalitetsuppföljningen
choices:
  - >-
    Har enheten lämnat täljare och nämnare för måttet under perioden läggs de ihop till en andel, och värden
    räknas inte. Annars gäller det senast daterade värdet.
  - >-
    Ett värde visas bara där det är ett enda: flera enheters värden läggs inte ihop.
  - Olika mått går inte att lägga ihop. Läs varje mått för sig.
  - Vad som är bättre anges med målet.
  - Verksamhetsområdet är enhetens i enhetsregistret.
summed: true
noun: [räknad, räknade]
verb: hörde till täljaren
nothing: Inget mätvärde är daterat under perioden.
--- */
with dated as (
    select
        w.window_id,
        m.measure,
        m.unit,
        m.area,
        m.numerator,
        m.denominator,
        m.value,
        m.is_quotient,
        max(case when m.is_quotient then 1 else 0 end) over (partition by w.window_id, m.measure, m.unit) as quotients,
        row_number() over (
            partition by w.window_id, m.measure, m.unit
            order by m.date desc, m.source_system desc
        ) as recency
    from measurements as m
    inner join flow_windows as w on m.date between w.starts and w.ends
    where m.is_quotient or m.value is not null
)

select
    d.window_id,
    d.measure as case_id,
    d.unit,
    d.area,
    d.measure,
    case when d.is_quotient then d.numerator end as hits,
    case when d.is_quotient then d.denominator end as n,
    case when d.quotients = 0 then d.value end as value
from dated as d
where d.is_quotient or (d.quotients = 0 and d.recency = 1)
