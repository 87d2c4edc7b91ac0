/* ---
id: decision_wait_days
order: 3
title: Väntetid från beslut till verkställighet
section: Beslut och verkställighet
question: Hur många dagar dröjer det från beslut till verkställighet?
numerator: kalenderdagar från beslut till verkställighet
denominator: gynnande beslut som verkställdes under perioden
unit: dagar
kind: process
quality_area: ledning och styrning
better: lower
flow: true
statistics: [mean, median, p90]
judged: mean
breakdowns: [area, gender, age_group, provider_type, law, service]
demanded_by_law: false
child_scope: false
needs:
  decisions: [executed]
refines:
  decisions: [kind, partly_executed]
law:
  - text: "16 kap. 6 f–i §§ socialtjänstlagen (2001:453)"
    valid_to: 2025-06-30
    source: allmän kännedom, inte kontrollerad mot författningen
    verified: false
  - text: "34 kap. 1–4 §§ socialtjänstlagen (2025:400)"
    valid_from: 2025-07-01
    source: läst i författningen
    verified: true
  - text: "28 f–h §§ lagen (1993:387) om stöd och service till vissa funktionshindrade"
    source: läst i författningen
    verified: true
kpis: [U28418, U28419]
owner: Ansvarig för kvalitetsuppföljningen
choices:
  - >-
    Här ingår gynnande beslut (bifall och delvis bifall) enligt SoL eller LSS om en ny eller utökad insats,
    eller utan angiven beslutstyp. Undantagna områden, till exempel ekonomiskt bistånd, ingår inte; vilka de är
    anges i inställningarna.
  - Började insatsen före beslutet är väntetiden 0 dagar.
  - Delvis verkställda beslut ingår inte.
  - >-
    Bara beslut som har verkställts ingår; de som fortfarande väntar syns i måttet Beslut som väntat mer än tre
    månader.
noun: [beslut, beslut]
verb: verkställdes
nothing: Inget beslut verkställdes under perioden.
--- */
select
    w.window_id,
    d.decision_id as case_id,
    d.unit,
    d.area,
    d.gender,
    d.age_group,
    d.provider_type,
    d.law,
    d.service,
    d.wait_days as value
from decisions as d
inner join flow_windows as w on d.fully_executed between w.starts and w.ends and d.decided <= w.ends
where d.is_reportable
