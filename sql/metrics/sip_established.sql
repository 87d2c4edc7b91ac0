/* ---
id: sip_established
order: 6
title: Upprättade samordnade individuella planer
section: Nivåbedömningar och samordnade planer
question: Hur många samordnade individuella planer upprättas?
numerator: ""
denominator: samordnade individuella planer (SIP) som upprättades under perioden
unit: antal
kind: process
quality_area: samverkan
better: ""
flow: true
statistics: [count]
judged: count
breakdowns: [area, gender, age_group]
demanded_by_law: false
child_scope: false
needs:
  coordinated_plans: []
law: [quality]
owner: Ansvarig för kvalitetsuppföljningen
choices:
  - Verksamhetsområdet är enhetens i enhetsregistret.
noun: [samordnad individuell plan, samordnade individuella planer]
verb: upprättades
nothing: Ingen samordnad individuell plan upprättades under perioden.
--- */
select
    w.window_id,
    p.sip_id as case_id,
    p.unit,
    p.area,
    p.gender,
    p.age_group
from coordinated_plans as p
inner join flow_windows as w on p.established between w.starts and w.ends
