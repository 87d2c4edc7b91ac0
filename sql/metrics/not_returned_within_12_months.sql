/* ---
id: not_returned_within_12_months
order: 6
title: Barnutredningar utan återaktualisering inom 12 månader
section: Aktualiseringar och förhandsbedömningar
question: Hur stor andel kommer inte tillbaka inom ett år?
numerator: >-
  barnutredningar där ingen ny anmälan eller ansökan om barnet kom in efter avslutet och inom tolv månader från
  det
denominator: barnutredningar som avslutades utan insats under samma period ett år tidigare
unit: andel
kind: resultat
quality_area: kunskapsbaserad verksamhet
better: higher
flow: true
statistics: [share]
judged: share
breakdowns: [area, gender, age_group]
demanded_by_law: false
child_scope: true
needs:
  investigations: [closed, outcome]
  referrals: []
refines:
  investigations: [kind]
law: [quality]
owner: Ansvarig för kvalitetsuppföljningen
choices:
  - Perioden flyttas ett år bakåt, så att tolv månader har gått för alla utredningar.
  - Utredningar utan angivet resultat räknas som avslutade utan insats.
  - >-
    En aktualisering samma dag som utredningen avslutades räknas inte som återkomst. Återkomster räknas oavsett
    verksamhetsområde.
  - >-
    Barnutredning är en utredning inom verksamhetsområdet för barn och unga. Vissa utredningstyper räknas inte,
    till exempel familjerätt och ekonomiskt bistånd; vilka de är anges i inställningarna. Utredningar utan
    angiven typ räknas med.
noun: [barnutredning som avslutades utan insats, barnutredningar som avslutades utan insats]
verb: följdes inte av någon ny anmälan eller ansökan inom tolv månader
nothing: Ingen barnutredning avslutades utan insats under samma period året innan.
--- */
with closed_a_year_ago as (
    select
        w.window_id,
        i.investigation_key,
        i.investigation_id,
        i.unit,
        i.area,
        i.gender,
        i.age_group
    from investigations as i
    inner join flow_windows as w on i.closed between w.prior_starts and w.prior_ends
    where i.is_child_investigation and coalesce(i.outcome <> 'insats', true)
),

-- The twelve months have always run out on the window's last day, so no later referral is looked at.
returned as (
    select distinct i.investigation_key
    from investigations as i
    inner join referrals as r
        on i.person_id = r.person_id and i.closed < r.received and i.return_limit >= r.received
    where r.kind in ('anmälan', 'ansökan')
)

select
    c.window_id,
    c.investigation_id as case_id,
    c.unit,
    c.area,
    c.gender,
    c.age_group,
    r.investigation_key is null as hit
from closed_a_year_ago as c
left join returned as r on c.investigation_key = r.investigation_key
