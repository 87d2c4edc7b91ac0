/* ---
id: preassessment_open_over_14_days
order: 3
title: Öppna förhandsbedömningar äldre än 14 dagar
section: Aktualiseringar och förhandsbedömningar
question: Hur stor andel av de öppna förhandsbedömningarna är äldre än 14 dagar?
numerator: förhandsbedömningar som hade pågått i mer än 14 dagar
denominator: förhandsbedömningar om barn och unga som inte var beslutade den sista dagen
unit: andel
kind: process
quality_area: kunskapsbaserad verksamhet
better: lower
flow: false
statistics: [share]
judged: share
breakdowns: [area, gender, age_group]
demanded_by_law: true
child_scope: true
needs:
  referrals: [decided]
refines:
  referrals: [outcome]
law: [preassessment]
owner: Ansvarig för kvalitetsuppföljningen
choices:
  - >-
    Står ett utfall utan beslutsdatum räknas förhandsbedömningen som inte beslutad, eftersom det inte går att se
    när beslutet togs.
  - Anmälningar som fördes till en pågående utredning räknas inte, inte heller när beslutsdatum saknas.
  - Om anmälan gäller barn och unga avgörs av dess verksamhetsområde; vilka områden det är anges i inställningarna.
noun: [öppen förhandsbedömning, öppna förhandsbedömningar]
verb: hade pågått i mer än 14 dagar
nothing: Ingen förhandsbedömning var öppen den sista dagen.
--- */
select
    w.window_id,
    r.referral_id as case_id,
    r.unit,
    r.area,
    r.gender,
    r.age_group,
    w.ends > r.preassessment_due as hit
from referrals as r
inner join stock_windows as w
    on r.received <= w.ends and (r.decided is null or r.decided > w.ends)
where r.is_child_report and not (r.joined_open_investigation and r.decided is null)
