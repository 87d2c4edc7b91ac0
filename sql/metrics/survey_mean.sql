/* ---
id: survey_mean
order: 3
title: Medelvärde i enkäter
section: Granskningar, enkäter och bedömningar
question: Vilket medelvärde har svaren i enkäterna?
numerator: summan av svaren, räknade i skalans steg
denominator: svar på frågor i enkäter under perioden där medelvärdet är angivet
unit: skalsteg
kind: resultat
quality_area: personcentrerat arbetssätt
better: higher
flow: true
statistics: [mean]
judged: mean
breakdowns: [area, question]
headline_by: question
demanded_by_law: false
child_scope: false
needs:
  surveys: [mean]
law: [self_checks]
owner: Ansvarig för kvalitetsuppföljningen
choices:
  - Medelvärdena vägs med antalet svar.
  - >-
    Olika frågor går inte att lägga ihop till ett meningsfullt medelvärde. Läs måttet per fråga. Skalorna kan vara
    olika långa.
  - När svaren är uppdelade på svarsalternativ räknas frågan en gång.
  - Verksamhetsområdet är enhetens i enhetsregistret.
summed: true
noun: [svar, svar]
verb: lämnades
nothing: Ingen enkät under perioden har uppgift om medelvärde.
--- */
select
    w.window_id,
    s.survey as case_id,
    s.unit,
    s.area,
    s.survey || ': ' || s.question as question,
    s.mean as value,
    s.answered as n
from surveys as s
inner join flow_windows as w on s.date between w.starts and w.ends
where s.mean is not null
