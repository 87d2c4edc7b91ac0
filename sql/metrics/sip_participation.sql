/* ---
id: sip_participation
order: 7
title: Samordnade individuella planer med dokumenterad delaktighet
section: Nivåbedömningar och samordnade planer
question: Hur stor andel av de samordnade planerna har dokumenterad delaktighet?
numerator: planer där den enskildes delaktighet är dokumenterad
denominator: samordnade individuella planer (SIP) som upprättades under perioden och där frågan är besvarad
unit: andel
kind: process
quality_area: delaktighet
better: higher
flow: true
statistics: [share]
judged: share
breakdowns: [area, gender, age_group]
demanded_by_law: false
child_scope: false
needs:
  coordinated_plans: [participation]
law: [quality]
owner: Ansvarig för kvalitetsuppföljningen
choices:
  - Planer där frågan inte är besvarad ingår inte.
  - Verksamhetsområdet är enhetens i enhetsregistret.
noun: [samordnad individuell plan, samordnade individuella planer]
verb: hade dokumenterad delaktighet
nothing: Ingen samordnad individuell plan med svar på frågan upprättades under perioden.
--- */
select
    w.window_id,
    p.sip_id as case_id,
    p.unit,
    p.area,
    p.gender,
    p.age_group,
    p.participation as hit
from coordinated_plans as p
inner join flow_windows as w on p.established between w.starts and w.ends
where p.participation is not null
