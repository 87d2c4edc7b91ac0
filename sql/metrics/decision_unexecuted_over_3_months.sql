/* ---
id: decision_unexecuted_over_3_months
order: 1
title: Beslut som väntat mer än tre månader
section: Beslut och verkställighet
question: Hur stor andel av de väntande besluten har väntat mer än tre månader?
numerator: beslut som hade väntat mer än tre månader på att verkställas, eller på att återupptas efter ett avbrott
denominator: gynnande beslut som väntade på att verkställas eller återupptas den sista dagen
unit: andel
kind: process
quality_area: ledning och styrning
better: lower
flow: false
statistics: [share, persons, longest_wait]
judged: share
breakdowns: [area, gender, age_group, provider_type, law, service, wait, delay_reason]
demanded_by_law: true
child_scope: false
needs:
  decisions: [executed]
refines:
  decisions: [kind, partly_executed, interrupted, resumed, ended, valid_to]
law: [unexecuted_decision]
owner: Ansvarig för kvalitetsuppföljningen
choices:
  - >-
    Här ingår gynnande beslut (bifall och delvis bifall) enligt SoL eller LSS om en ny eller utökad insats,
    eller utan angiven beslutstyp. Undantagna områden, till exempel ekonomiskt bistånd, ingår inte; vilka de är
    anges i inställningarna.
  - Ett delvis verkställt beslut räknas som inte verkställt.
  - Tiden räknas från beslutet, eller från avbrottet när en verkställd insats har avbrutits och inte återupptagits.
  - Ett beslut som har avslutats eller vars giltighetstid har gått ut väntar inte längre.
  - Antal personer och längsta väntan gäller dem som väntat mer än tre månader.
  - Tre månader räknas till samma dag i månaden, eller månadens sista dag om den dagen inte finns.
noun: [väntande beslut, väntande beslut]
verb: hade väntat mer än tre månader
nothing: Inget beslut väntade på att verkställas eller återupptas den sista dagen.
--- */
select
    w.window_id,
    w.decision_id as case_id,
    w.unit,
    w.area,
    w.gender,
    w.age_group,
    w.provider_type,
    w.law,
    w.service,
    w.wait,
    w.delay_reason,
    w.person_id,
    w.wait_days,
    w.is_over_limit as hit
from waiting_on_day as w
