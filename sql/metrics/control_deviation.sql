/* ---
id: control_deviation
order: 1
title: Avvikelser i internkontrollen
section: Internkontroll, aktiviteter och egna mått
question: Hur stor andel av det som kontrolleras avviker?
numerator: kontrollerade fall som avvek
denominator: kontrollerade i internkontrollens moment under perioden
unit: andel
kind: process
quality_area: ledning och styrning
better: lower
flow: true
statistics: [share]
judged: share
breakdowns: [area, control]
headline_by: control
demanded_by_law: false
child_scope: false
needs:
  controls: [sampled, deviating]
refines:
  controls: [outcome]
law: [self_checks]
owner: Ansvarig för kvalitetsuppföljningen
choices:
  - >-
    Bara moment där något kontrollerades ingår. Saknas antalet avvikelser räknas det som noll när bedömningen är
    ingen avvikelse; annars ingår momentet inte.
  - Olika moment går inte att lägga ihop till en meningsfull andel. Läs måttet per moment.
  - Moment utan angiven enhet räknas bara för hela nämnden.
summed: true
noun: [kontrollerad, kontrollerade]
verb: avvek
nothing: Inget moment i internkontrollen har uppgift om antalet kontrollerade under perioden.
--- */
select
    w.window_id,
    c.risk as case_id,
    c.unit,
    c.area,
    c.risk || ': ' || c.control as control,
    c.deviating as hits,
    c.sampled as n
from controls as c
inner join flow_windows as w on c.date between w.starts and w.ends
where c.sampled > 0 and c.deviating is not null
