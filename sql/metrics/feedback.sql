/* ---
id: feedback
order: 3
title: Inkomna synpunkter
section: Avvikelser och synpunkter
question: Hur många synpunkter kommer in?
numerator: ""
denominator: >-
  synpunkter som kom in under perioden: beröm, klagomål, förslag, frågor och annat
unit: antal
kind: process
quality_area: delaktighet
better: ""
flow: true
statistics: [count]
judged: count
breakdowns: [area, feedback, submitter]
demanded_by_law: false
child_scope: false
needs:
  incidents: []
law: [self_checks]
owner: Ansvarig för kvalitetsuppföljningen
choices:
  - Bara ärenden av typen synpunkt räknas.
  - >-
    Måttet räknas också för varje kalenderår i utdraget. Det sista året slutar med perioden och kan vara
    ofullständigt.
  - >-
    Fler synpunkter kan betyda fler missnöjda, eller att det har blivit lättare att lämna dem; därför är varken
    fler eller färre bättre.
  - Verksamhetsområdet är enhetens i enhetsregistret.
yearly: true
part_of: {metric: incidents, breakdown: kind, category: synpunkt}
noun: [synpunkt, synpunkter]
verb: kom in
nothing: Ingen synpunkt kom in under perioden.
--- */
select
    w.window_id,
    n.incident_id as case_id,
    n.unit,
    n.area,
    n.feedback,
    n.submitter
from incidents as n
inner join flow_and_year_windows as w on n.received between w.starts and w.ends
where n.kind = 'synpunkt'
