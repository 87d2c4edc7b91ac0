/* ---
id: investigation_days
order: 2
title: Utredningstid
section: Utredningar
question: Hur många dagar tar en utredning?
numerator: kalenderdagar från den dag utredningen inleddes till den dag den avslutades
denominator: utredningar som avslutades under perioden, alla områden
unit: dagar
kind: process
quality_area: kunskapsbaserad verksamhet
better: lower
flow: true
statistics: [mean, median, p90]
judged: mean
breakdowns: [area, gender, age_group, kind]
headline_by: area
demanded_by_law: false
child_scope: false
needs:
  investigations: [closed]
law:
  - text: "11 kap. 2 § socialtjänstlagen (2001:453)"
    valid_to: 2025-06-30
    source: allmän kännedom, inte kontrollerad mot författningen
    verified: false
  - text: "20 kap. 3 § socialtjänstlagen (2025:400)"
    valid_from: 2025-07-01
    source: uppgift från sekundärkälla, inte kontrollerad mot författningen
    verified: false
kpis: [U33401, U33402, U35400, U35401]
owner: Ansvarig för kvalitetsuppföljningen
choices:
  - >-
    Utredningar inom olika områden går inte att lägga ihop till ett meningsfullt medelvärde. Läs måttet per
    verksamhetsområde.
  - Samma dag räknas som 0 dagar.
  - >-
    Hundratjugo dagar är inte fyra månader: lagens gräns räknas i kalendermånader och följs i egna mått.
noun: [utredning, utredningar]
verb: avslutades
nothing: Ingen utredning avslutades under perioden.
limit_days: 120
limit_name: 120 dagar
--- */
select
    w.window_id,
    i.investigation_id as case_id,
    i.unit,
    i.area,
    i.gender,
    i.age_group,
    i.kind,
    i.days_taken as value
from investigations as i
inner join flow_windows as w on i.closed between w.starts and w.ends
