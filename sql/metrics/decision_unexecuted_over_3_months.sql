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
with reportable_in_force as (
    select
        w.window_id,
        w.ends,
        w.last_day_number,
        d.decision_id,
        d.person_id,
        d.unit,
        d.area,
        d.gender,
        d.age_group,
        d.provider_type,
        d.law,
        d.service,
        d.delay_reason,
        d.execution_limit,
        d.resumption_limit,
        d.decided_day_number,
        d.interrupted_day_number,
        d.fully_executed is null or d.fully_executed > w.ends as is_unexecuted,
        coalesce(d.interrupted <= w.ends, false) and (d.resumed is null or d.resumed > w.ends) as is_interrupted
    from decisions as d
    inner join stock_windows as w
        on d.decided <= w.ends and (d.ended_from is null or d.ended_from > w.ends)
    where d.is_reportable
),

waiting as (
    select
        *,
        case when is_unexecuted then 'ej påbörjad' else 'avbruten' end as wait,
        case when is_unexecuted then execution_limit else resumption_limit end as limit_day,
        case when is_unexecuted then decided_day_number else interrupted_day_number end as since_day_number
    from reportable_in_force
    where is_unexecuted or is_interrupted
)

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
    w.last_day_number - w.since_day_number as wait_days,
    w.ends > w.limit_day as hit
from waiting as w
