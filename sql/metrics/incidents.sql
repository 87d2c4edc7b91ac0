/* ---
id: incidents
order: 1
title: Inkomna avvikelser, synpunkter och liknande ärenden
section: Avvikelser och synpunkter
question: Hur många avvikelser, synpunkter och liknande ärenden kommer in?
numerator: ""
denominator: avvikelser, synpunkter, lex Sarah-rapporter och andra ärenden som kom in under perioden
unit: antal
kind: process
quality_area: ledning och styrning
better: ""
flow: true
statistics: [count]
judged: count
breakdowns: [area, kind, category, severity, external, severity_recurrence]
demanded_by_law: false
child_scope: false
needs:
  incidents: []
law: [self_checks]
owner: Ansvarig för kvalitetsuppföljningen
choices:
  - Fler ärenden kan betyda att mer går fel, eller att mer rapporteras; därför är varken fler eller färre bättre.
  - >-
    Samma händelse räknas flera gånger om den har rapporterats som flera typer, till exempel både avvikelse och
    lex Sarah.
  - >-
    Allvarlighetsgrad och risk för upprepning går från 1 till 4. I uppdelningen på båda står allvarlighetsgraden
    först, till exempel 4 × 2; saknas någon av dem står ej angivet.
  - Verksamhetsområdet är enhetens i enhetsregistret.
noun: [ärende, ärenden]
verb: kom in
nothing: Inget ärende kom in under perioden.
--- */
select
    w.window_id,
    n.incident_id as case_id,
    n.unit,
    n.area,
    n.kind,
    n.category,
    n.severity,
    n.external,
    n.severity_recurrence
from incidents as n
inner join flow_windows as w on n.received between w.starts and w.ends
