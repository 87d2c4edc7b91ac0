/* ---
id: protection_assessed_by_next_day
order: 5
title: Skyddsbedömningar senast dagen efter
section: Aktualiseringar och förhandsbedömningar
question: Hur stor andel får en skyddsbedömning senast dagen efter?
numerator: anmälningar där skyddsbedömningen gjordes senast dagen efter att anmälan kom in
denominator: anmälningar om barn och unga där dagen efter att anmälan kom in infaller under perioden
unit: andel
kind: process
quality_area: kunskapsbaserad verksamhet
better: higher
flow: true
statistics: [share]
judged: share
breakdowns: [area, gender, age_group]
demanded_by_law: true
child_scope: true
needs:
  referrals: [protection_assessed]
law: [protection_assessment]
owner: Ansvarig för kvalitetsuppföljningen
choices:
  - >-
    Lagen kräver en bedömning genast. Utdraget har datum men inte klockslag, så måttet ger tid till och med
    nästa dag.
  - En anmälan utan datum för skyddsbedömning räknas som inte bedömd i tid.
  - Även anmälningar som fördes till en pågående utredning ingår.
  - Om anmälan gäller barn och unga avgörs av dess verksamhetsområde; vilka områden det är anges i inställningarna.
noun: [anmälan, anmälningar]
verb: fick en skyddsbedömning senast dagen efter
nothing: Ingen anmälan skulle ha fått sin skyddsbedömning under perioden.
--- */
select
    w.window_id,
    r.referral_id as case_id,
    r.unit,
    r.area,
    r.gender,
    r.age_group,
    coalesce(r.protection_assessed <= r.protection_due, false) as hit
from referrals as r
inner join flow_windows as w on r.protection_due between w.starts and w.ends
where r.is_child_report
