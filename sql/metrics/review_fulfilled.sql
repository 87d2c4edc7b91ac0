/* ---
id: review_fulfilled
order: 1
title: Ja-svar i granskningar
section: Granskningar, enkäter och bedömningar
question: Hur stor andel av svaren i granskningarna är ja?
numerator: svar som är ja
denominator: svar som är ja, nej eller delvis i granskningar under perioden
unit: andel
kind: process
quality_area: kunskapsbaserad verksamhet
better: higher
flow: true
statistics: [share]
judged: share
breakdowns: [area, question]
headline_by: question
demanded_by_law: false
child_scope: false
needs:
  reviews: []
refines:
  reviews: [population]
law: [self_checks]
owner: Ansvarig för kvalitetsuppföljningen
choices:
  - Svaret ej aktuellt räknas inte. Svaret delvis räknas som att frågan inte är uppfylld.
  - Olika frågor går inte att lägga ihop till en meningsfull andel. Läs måttet per fråga.
  - >-
    Är det känt hur många akter urvalet drogs ur blir osäkerheten mindre, och ingen alls när alla akter
    granskades. Antalet gäller per granskning, enhet och fråga; det största angivna under perioden används.
  - Verksamhetsområdet är enhetens i enhetsregistret.
finite_population: true
noun: [svar, svar]
verb: var ja
nothing: Ingen granskning under perioden gav ett svar som räknas.
--- */
with answers as (
    select
        w.window_id,
        r.item_id,
        r.unit,
        r.area,
        r.review || ': ' || r.question as question,
        r.answer = 'ja' as hit,
        cast(max(r.population) over stratum as double) / count(*) over stratum as population_part
    from reviews as r
    inner join flow_windows as w on r.reviewed between w.starts and w.ends
    where r.answer in ('ja', 'nej', 'delvis')
    window stratum as (partition by w.window_id, r.review, r.unit, r.question)
)

select
    a.window_id,
    a.item_id as case_id,
    a.unit,
    a.area,
    a.question,
    a.hit,
    a.population_part
from answers as a
