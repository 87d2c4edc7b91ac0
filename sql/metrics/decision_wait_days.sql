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
statistics: [mean, median, p90, km_median]
judged: mean
breakdowns: [area, gender, age_group, provider_type, law, service]
demanded_by_law: false
child_scope: false
needs:
  decisions: [executed]
refines:
  decisions: [kind, partly_executed]
law: [unexecuted_decision]
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
    I medelvärde, median och nio av tio ingår bara beslut som har verkställts; de som fortfarande väntar syns i
    måttet Beslut som väntat mer än tre månader.
  - >-
    Beräknad mediantid gäller de beslut som fattades under perioden, även dem som ännu väntade den sista dagen
    eller avslutades utan att verkställas. Den är tom när färre än hälften hade hunnit verkställas.
  - >-
    I diagrammen över väntetider går gränsen vid 90 dagar. Det är ungefär de tre månader efter vilka ett beslut som
    inte har verkställts ska rapporteras.
noun: [beslut, beslut]
verb: verkställdes
nothing: Inget beslut verkställdes under perioden.
bands: [7, 14, 30, 60, 90, 180]
bands_limit: 90
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
    case when d.fully_executed between w.starts and w.ends then d.wait_days end as value,
    case
        when d.decided < w.starts then null
        when d.fully_executed <= w.ends then d.wait_days
        when d.ended_day_number <= w.last_day_number then greatest(d.ended_day_number - d.decided_day_number, 0)
        else w.last_day_number - d.decided_day_number
    end as observed_days,
    coalesce(d.fully_executed <= w.ends, false) as is_over
from decisions as d
inner join flow_windows as w
    on d.decided <= w.ends and (d.wait_over is null or d.wait_over >= w.starts)
where d.is_reportable and (d.decided >= w.starts or d.fully_executed between w.starts and w.ends)
