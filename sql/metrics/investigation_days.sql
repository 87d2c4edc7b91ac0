/* ---
id: investigation_days
order: 2
title: Utredningstid
section: Utredningar
question: Hur många dagar tar en utredning?
numerator: kalenderdagar från den dag utredningen inleddes till den dag den avslutades
denominator: utredningar som avslutades under perioden, alla områden
unit: dagar
kind: process
quality_area: kunskapsbaserad verksamhet
better: lower
flow: true
statistics: [mean, median, p90, km_median]
judged: mean
breakdowns: [area, gender, age_group, kind]
headline_by: area
demanded_by_law: false
child_scope: false
needs:
  investigations: [closed]
law: [child_investigation_time]
kpis: [U33401, U33402, U35400, U35401]
owner: Ansvarig för kvalitetsuppföljningen
choices:
  - >-
    Utredningar inom olika områden går inte att lägga ihop till ett meningsfullt medelvärde. Läs måttet per
    verksamhetsområde.
  - Samma dag räknas som 0 dagar.
  - >-
    Beräknad mediantid gäller de utredningar som inleddes under perioden, även dem som ännu pågick den sista
    dagen. Den är tom när färre än hälften hade hunnit avslutas.
  - >-
    Hundratjugo dagar är inte fyra månader: lagens gräns räknas i kalendermånader och följs i egna mått.
noun: [utredning, utredningar]
verb: avslutades
nothing: Ingen utredning avslutades under perioden.
limit_days: 120
limit_name: 120 dagar
bands: [30, 60, 90, 120, 180]
bands_limit: 120
--- */
select
    w.window_id,
    i.investigation_id as case_id,
    i.unit,
    i.area,
    i.gender,
    i.age_group,
    i.kind,
    case when i.closed <= w.ends then i.days_taken end as value,
    case
        when i.opened < w.starts then null
        when i.closed <= w.ends then i.days_taken
        else w.last_day_number - i.opened_day_number
    end as observed_days,
    coalesce(i.closed <= w.ends, false) as is_over
from investigations as i
inner join flow_windows as w
    on i.opened <= w.ends and (i.closed is null or i.closed >= w.starts)
where i.opened >= w.starts or i.closed <= w.ends
