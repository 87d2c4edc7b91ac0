/* ---
id: referrals
order: 1
title: Inkomna aktualiseringar
section: Aktualiseringar och förhandsbedömningar
question: Hur många aktualiseringar kommer in?
numerator: ""
denominator: aktualiseringar som kom in under perioden, alla typer och områden
unit: antal
kind: struktur
quality_area: ledning och styrning
better: ""
flow: true
statistics: [count, persons]
judged: count
breakdowns: [area, gender, age_group, kind, source]
demanded_by_law: false
child_scope: false
needs:
  referrals: []
law: [reports_on_children]
owner: Ansvarig för kvalitetsuppföljningen
choices:
  - En person som aktualiseras flera gånger räknas en gång bland olika personer, men varje aktualisering räknas.
noun: [aktualisering, aktualiseringar]
verb: kom in
nothing: Ingen aktualisering kom in under perioden.
--- */
select
    w.window_id,
    r.referral_id as case_id,
    r.unit,
    r.area,
    r.gender,
    r.age_group,
    r.kind,
    r.source,
    r.person_id
from referrals as r
inner join flow_windows as w on r.received between w.starts and w.ends
