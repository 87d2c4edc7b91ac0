/* ---
id: decision_executed_within_3_months
order: 2
title: Beslut verkställda inom tre månader
section: Beslut och verkställighet
question: Hur stor andel av besluten verkställs inom tre månader?
numerator: beslut som verkställdes inom tre månader
denominator: >-
  gynnande beslut vars tremånadersdag infaller under perioden, utom de som avslutades innan dess utan att ha
  verkställts
unit: andel
kind: process
quality_area: ledning och styrning
better: higher
flow: true
statistics: [share]
judged: share
breakdowns: [area, gender, age_group, provider_type, law, service]
demanded_by_law: true
child_scope: false
needs:
  decisions: [executed]
refines:
  decisions: [kind, partly_executed, ended, valid_to]
law: [unexecuted_decision]
owner: Ansvarig för kvalitetsuppföljningen
choices:
  - >-
    Här ingår gynnande beslut (bifall och delvis bifall) enligt SoL eller LSS om en ny eller utökad insats,
    eller utan angiven beslutstyp. Undantagna områden, till exempel ekonomiskt bistånd, ingår inte; vilka de är
    anges i inställningarna.
  - Ett delvis verkställt beslut räknas som inte verkställt.
  - Beslut som ännu inte är verkställda ingår, så att ingen väntan blir osynlig.
  - Tre månader räknas till samma dag i månaden, eller månadens sista dag om den dagen inte finns.
noun: [beslut, beslut]
verb: verkställdes inom tre månader
nothing: Inget beslut nådde sin tremånadersdag under perioden.
--- */
with due_decisions as (
    select
        w.window_id,
        d.decision_id,
        d.unit,
        d.area,
        d.gender,
        d.age_group,
        d.provider_type,
        d.law,
        d.service,
        coalesce(d.fully_executed <= d.execution_limit, false) as hit,
        coalesce(d.ended_from <= d.execution_limit, false) as ended_by_limit
    from decisions as d
    inner join flow_windows as w on d.execution_limit between w.starts and w.ends
    where d.is_reportable
)

select
    window_id,
    decision_id as case_id,
    unit,
    area,
    gender,
    age_group,
    provider_type,
    law,
    service,
    hit
from due_decisions
where hit or not ended_by_limit
