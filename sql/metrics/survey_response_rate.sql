/* ---
id: survey_response_rate
order: 4
title: Svarsfrekvens i enkäter
section: Granskningar, enkäter och bedömningar
question: Hur stor andel av de tillfrågade svarar?
numerator: de som svarade
denominator: de som tillfrågades i enkäter under perioden
unit: andel
kind: process
quality_area: delaktighet
better: higher
flow: true
statistics: [share]
judged: share
breakdowns: [area, survey]
headline_by: survey
demanded_by_law: false
child_scope: false
needs:
  surveys: [invited]
law: [self_checks]
owner: Ansvarig för kvalitetsuppföljningen
choices:
  - >-
    Varje enhet räknas en gång i varje undersökning, med det största antalet tillfrågade och det största antalet
    svar på någon fråga.
  - Frågor utan uppgift om antalet tillfrågade ingår inte.
  - Verksamhetsområdet är enhetens i enhetsregistret.
summed: true
noun: [tillfrågad, tillfrågade]
verb: svarade
nothing: Ingen enkät under perioden har uppgift om hur många som tillfrågades.
--- */
with asked as (
    select
        w.window_id,
        s.survey,
        s.unit,
        s.area,
        max(s.answered) as hits,
        max(s.invited) as n
    from surveys as s
    inner join flow_windows as w on s.date between w.starts and w.ends
    where s.invited is not null
    group by w.window_id, s.survey, s.unit, s.area
)

select
    a.window_id,
    a.survey as case_id,
    a.unit,
    a.area,
    a.survey,
    a.hits,
    a.n
from asked as a
