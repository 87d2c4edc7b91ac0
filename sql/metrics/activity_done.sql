/* ---
id: activity_done
order: 2
title: Genomförda aktiviteter
section: Internkontroll, aktiviteter och egna mått
question: Hur stor andel av aktiviteterna har genomförts?
numerator: aktiviteter som är genomförda
denominator: aktiviteter mot nämndens mål som bedömdes under perioden
unit: andel
kind: process
quality_area: ledning och styrning
better: higher
flow: true
statistics: [share]
judged: share
breakdowns: [area, goal]
demanded_by_law: false
child_scope: false
needs:
  activities: []
law: [self_checks]
owner: Ansvarig för kvalitetsuppföljningen
choices:
  - >-
    Den senaste bedömningen under perioden räknas för varje aktivitet och enhet. Är den ej bedömt ingår
    aktiviteten inte.
  - En aktivitet som är delvis genomförd räknas inte som genomförd.
  - Aktiviteter utan angiven enhet räknas bara för hela nämnden.
noun: [aktivitet, aktiviteter]
verb: genomfördes
nothing: Ingen aktivitet bedömdes under perioden.
--- */
with reported as (
    select
        w.window_id,
        a.goal,
        a.activity,
        a.unit,
        a.area,
        a.status,
        row_number() over (
            partition by w.window_id, a.goal, a.activity, a.unit
            order by a.date desc, a.source_system desc
        ) as recency
    from activities as a
    inner join flow_windows as w on a.date between w.starts and w.ends
)

select
    r.window_id,
    r.activity as case_id,
    r.unit,
    r.area,
    r.goal,
    r.status = 'genomfört' as hit
from reported as r
where r.recency = 1 and r.status <> 'ej bedömt'
