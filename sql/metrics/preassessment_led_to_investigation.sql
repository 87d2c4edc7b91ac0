/* ---
id: preassessment_led_to_investigation
order: 4
title: Förhandsbedömningar som ledde till utredning
section: Aktualiseringar och förhandsbedömningar
question: Hur stor andel av förhandsbedömningarna leder till utredning?
numerator: anmälningar där utredning inleddes
denominator: anmälningar om barn och unga som beslutades under perioden och har ett utfall
unit: andel
kind: process
quality_area: kunskapsbaserad verksamhet
better: ""
flow: true
statistics: [share]
judged: share
breakdowns: [area, gender, age_group]
demanded_by_law: false
child_scope: true
needs:
  referrals: [decided, outcome]
law: [opening_investigation]
owner: Ansvarig för kvalitetsuppföljningen
choices:
  - Anmälningar som fördes till en pågående utredning ingår bland de beslutade men räknas inte som inledd utredning.
  - Om anmälan gäller barn och unga avgörs av dess verksamhetsområde; vilka områden det är anges i inställningarna.
noun: [förhandsbedömning, förhandsbedömningar]
verb: ledde till utredning
nothing: Ingen förhandsbedömning beslutades under perioden.
--- */
select
    w.window_id,
    r.referral_id as case_id,
    r.unit,
    r.area,
    r.gender,
    r.age_group,
    r.outcome = 'utredning inleds' as hit
from referrals as r
inner join flow_windows as w on r.decided between w.starts and w.ends
where r.is_child_report and r.outcome is not null
