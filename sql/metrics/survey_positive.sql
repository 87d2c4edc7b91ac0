/* ---
id: survey_positive
order: 2
title: Positiva svar i enkäter
section: Granskningar, enkäter och bedömningar
question: Hur stor andel av svaren i enkäterna är positiva?
numerator: positiva svar
denominator: svar på frågor i enkäter under perioden där antalet positiva är angivet
unit: andel
kind: resultat
quality_area: personcentrerat arbetssätt
better: higher
flow: true
statistics: [share]
judged: share
breakdowns: [area, question]
headline_by: question
demanded_by_law: false
child_scope: false
needs:
  surveys: [positive]
law: [self_checks]
owner: Ansvarig för kvalitetsuppföljningen
choices:
  - Vilka svar som är positiva har bestämts i enkäten.
  - Olika frågor går inte att lägga ihop till en meningsfull andel. Läs måttet per fråga.
  - När svaren är uppdelade på svarsalternativ räknas frågan en gång.
  - Färre än tio svar publiceras inte.
  - Verksamhetsområdet är enhetens i enhetsregistret.
summed: true
fewest: 10
noun: [svar, svar]
verb: gav ett positivt omdöme
nothing: Ingen enkät under perioden har uppgift om positiva svar.
--- */
select
    w.window_id,
    s.survey as case_id,
    s.unit,
    s.area,
    s.survey || ': ' || s.question as question,
    s.positive as hits,
    s.answered as n
from surveys as s
inner join flow_windows as w on s.date between w.starts and w.ends
where s.positive is not null
