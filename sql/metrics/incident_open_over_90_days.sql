/* ---
id: incident_open_over_90_days
order: 2
title: Öppna ärenden äldre än 90 dagar
section: Avvikelser och synpunkter
question: Hur stor andel av de öppna ärendena är äldre än 90 dagar?
numerator: ärenden som hade kommit in för mer än 90 dagar sedan
denominator: avvikelser, synpunkter och andra ärenden som inte var avslutade den sista dagen
unit: andel
kind: process
quality_area: ledning och styrning
better: lower
flow: false
statistics: [share]
judged: share
breakdowns: [area, kind]
demanded_by_law: false
child_scope: false
needs:
  incidents: [closed]
law: [self_checks]
owner: Ansvarig för kvalitetsuppföljningen
choices:
  - Alla typer av ärenden ingår.
  - Gränsen är 90 dagar om inget annat anges i inställningarna. Den nittionde dagen räknas ärendet inte som äldre.
  - Verksamhetsområdet är enhetens i enhetsregistret.
noun: [öppet ärende, öppna ärenden]
verb: hade kommit in för mer än 90 dagar sedan
nothing: Inget ärende var öppet den sista dagen.
--- */
select
    w.window_id,
    n.incident_id as case_id,
    n.unit,
    n.area,
    n.kind,
    w.ends > n.open_limit as hit
from incidents as n
inner join stock_windows as w
    on n.received <= w.ends and (n.closed is null or n.closed > w.ends)
