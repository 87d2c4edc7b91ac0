/* ---
id: lex_sarah_reported_to_ivo
order: 4
title: Allvarliga missförhållanden anmälda till IVO
section: Avvikelser och synpunkter
question: Hur stor andel av de allvarliga missförhållandena anmäls till IVO?
numerator: rapporter som hade anmälts till Inspektionen för vård och omsorg senast på periodens sista dag
denominator: >-
  lex Sarah-rapporter som kom in under perioden och gäller ett allvarligt missförhållande eller en påtaglig risk
  för det
unit: andel
kind: process
quality_area: ledning och styrning
better: higher
flow: true
statistics: [share]
judged: share
breakdowns: [area]
demanded_by_law: true
child_scope: false
needs:
  incidents: [serious, reported_to_ivo]
law: [lex_sarah]
owner: Ansvarig för kvalitetsuppföljningen
choices:
  - Rapporter som inte har bedömts, eller inte har bedömts som allvarliga, ingår inte.
  - >-
    Lagen kräver att anmälan görs snarast men anger ingen dag. En rapport som kom in sent under perioden kan
    därför ännu vara under utredning.
  - Verksamhetsområdet är enhetens i enhetsregistret.
noun: [rapport om ett allvarligt missförhållande, rapporter om allvarliga missförhållanden]
verb: hade anmälts till IVO
nothing: Ingen rapport om ett allvarligt missförhållande kom in under perioden.
--- */
select
    w.window_id,
    n.incident_id as case_id,
    n.unit,
    n.area,
    coalesce(n.reported_to_ivo <= w.ends, false) as hit
from incidents as n
inner join flow_windows as w on n.received between w.starts and w.ends
where n.kind = 'lex Sarah' and n.serious
