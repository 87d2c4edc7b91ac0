/* ---
id: decision_days_from_application
order: 4
title: Tid från ansökan till beslut
section: Beslut och verkställighet
question: Hur många dagar dröjer det från ansökan till beslut?
numerator: kalenderdagar från att ansökan kom in till beslut
denominator: beslut som fattades under perioden och hör till en ansökan
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
  decisions: [referral_id]
  referrals: []
law: [assistance]
kpis: [U28414, U28417, U31402, U31403]
owner: Ansvarig för kvalitetsuppföljningen
choices:
  - Alla beslut ingår, även avslag.
  - >-
    Beslut som hör till en anmälan, saknar aktualisering eller har en aktualisering som kom in efter beslutet
    ingår inte.
noun: [beslut efter ansökan, beslut efter ansökan]
verb: fattades
nothing: Inget beslut efter ansökan fattades under perioden.
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
    d.application_days as value
from decisions as d
inner join flow_windows as w on d.decided between w.starts and w.ends
where d.application_days is not null
