/* ---
id: care_level_preliminary_followed_up
order: 4
title: Preliminära nivåbedömningar uppföljda inom tre månader
section: Nivåbedömningar och samordnade planer
question: Hur stor andel av de preliminära bedömningarna följs upp inom tre månader?
numerator: preliminära nivåbedömningar som följdes av en ny bedömning av samma person och insats inom tre månader
denominator: preliminära nivåbedömningar vars tre månader gick ut under perioden
unit: andel
kind: process
quality_area: kunskapsbaserad verksamhet
better: higher
flow: true
statistics: [share]
judged: share
breakdowns: [area, gender, age_group]
demanded_by_law: false
child_scope: false
needs:
  care_levels: [preliminary]
law: [quality]
owner: Ansvarig för kvalitetsuppföljningen
choices:
  - Tre månader räknas till samma dag i månaden, eller månadens sista dag om den dagen inte finns.
  - Den nya bedömningen får själv vara preliminär. En bedömning samma dag räknas som ny om den har ett högre id.
  - Bedömningar där det inte är angivet om de är preliminära ingår inte.
  - Verksamhetsområdet är enhetens i enhetsregistret.
noun: [preliminär nivåbedömning, preliminära nivåbedömningar]
verb: följdes upp inom tre månader
nothing: Ingen preliminär nivåbedömning skulle ha följts upp under perioden.
--- */
select
    w.window_id,
    c.assessment_id as case_id,
    c.unit,
    c.area,
    c.gender,
    c.age_group,
    coalesce(c.next_assessed <= c.follow_up_limit, false) as hit
from care_levels as c
inner join flow_windows as w on c.follow_up_limit between w.starts and w.ends
where c.preliminary
