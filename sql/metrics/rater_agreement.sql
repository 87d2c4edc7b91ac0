/* ---
id: rater_agreement
order: 5
title: Samstämmighet mellan handläggare
section: Granskningar, enkäter och bedömningar
question: Hur lika bedömer handläggarna samma fall?
numerator: par av svar som är lika
denominator: par av svar från olika handläggare på samma fråga om samma påhittade fall under perioden
unit: alfa
kind: process
quality_area: kunskapsbaserad verksamhet
better: higher
flow: true
statistics: [alpha, agreement]
judged: alpha
breakdowns: [area, vignette]
demanded_by_law: false
child_scope: false
needs:
  vignettes: []
law: [quality]
owner: Ansvarig för kvalitetsuppföljningen
choices:
  - >-
    Måttet är Krippendorffs alfa: 1 betyder att alla svarar lika, 0 att svaren stämmer överens lika ofta som om de
    hade lottats. Andelen lika par står bredvid.
  - Svaren jämförs som ord, utan ordning mellan dem; stora och små bokstäver gör ingen skillnad.
  - Frågor som bara en handläggare har svarat på ingår inte. Är alla svar lika går alfa inte att räkna ut.
  - För nämnden jämförs alla handläggare med varandra, för en enhet bara de som arbetar där.
  - Verksamhetsområdet är enhetens i enhetsregistret.
noun: [par av svar, par av svar]
verb: stämde överens
nothing: Inget påhittat fall bedömdes av flera handläggare under perioden.
--- */
select
    w.window_id,
    v.item as case_id,
    v.unit,
    v.area,
    v.vignette,
    v.item,
    v.rater,
    v.answer
from vignettes as v
inner join flow_windows as w on v.date between w.starts and w.ends
