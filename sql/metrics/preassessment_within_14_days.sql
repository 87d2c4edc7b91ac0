/* ---
id: preassessment_within_14_days
order: 2
title: Förhandsbedömningar klara inom 14 dagar
section: Aktualiseringar och förhandsbedömningar
question: Hur stor andel av förhandsbedömningarna blir klara inom 14 dagar?
numerator: >-
  anmälningar där beslut om att inleda utredning eller inte togs senast den fjortonde dagen efter att anmälan
  kom in
denominator: >-
  anmälningar om barn och unga vars fjortonde dag infaller under perioden, utom de som fördes till en pågående
  utredning
unit: andel
kind: process
quality_area: kunskapsbaserad verksamhet
better: higher
flow: true
statistics: [share, special_reasons]
judged: share
breakdowns: [area, gender, age_group]
demanded_by_law: true
child_scope: true
needs:
  referrals: [decided]
refines:
  referrals: [outcome, special_reasons]
law: [preassessment]
owner: Ansvarig för kvalitetsuppföljningen
choices:
  - Tiden räknas från dagen då anmälan kom in, inte från registreringen. Samma dag är dag 0.
  - En anmälan utan beslut räknas som inte klar i tid.
  - Anmälningar med synnerliga skäl räknas med i andelen; antalet visas bredvid.
  - >-
    Att anmälan fördes till en pågående utredning räknas först den dag det beslutades, eller genast om
    beslutsdatum saknas.
  - Om anmälan gäller barn och unga avgörs av dess verksamhetsområde; vilka områden det är anges i inställningarna.
noun: [förhandsbedömning, förhandsbedömningar]
verb: avgjordes inom 14 dagar
nothing: Ingen förhandsbedömning skulle ha varit klar under perioden.
--- */
with due_reports as (
    select
        w.window_id,
        w.ends,
        r.referral_id,
        r.unit,
        r.area,
        r.gender,
        r.age_group,
        r.decided,
        r.preassessment_due,
        r.special_reasons,
        r.joined_open_investigation
    from referrals as r
    inner join flow_windows as w on r.preassessment_due between w.starts and w.ends
    where r.is_child_report
),

assessed_on_their_own as (
    select *
    from due_reports
    where not (joined_open_investigation and (decided is null or decided <= ends))
)

select
    window_id,
    referral_id as case_id,
    unit,
    area,
    gender,
    age_group,
    coalesce(decided <= preassessment_due, false) as hit,
    coalesce(special_reasons, false) as special_reasons
from assessed_on_their_own
