create view v_waiting as
select
    w.decision_id,
    w.person_id,
    w.unit,
    u.programme,
    w.area,
    w.law,
    w.service,
    w.wait,
    w.since,
    w.limit_day as deadline,
    w.wait_days as days,
    greatest(date_diff('day', w.limit_day, w.ends), 0) as days_over_deadline,
    w.is_over_limit as is_over_deadline,
    w.delay_reason,
    w.provider_type,
    w.gender,
    w.age_group,
    s.case_id is not null as is_protected,
    w.ends as as_of
from waiting_on_day as w
left join v_units as u on w.unit = u.unit
left join protected_cases as s on s.extract = 'decisions' and w.decision_id = s.case_id
where w.window_id = 'stock';

comment on view v_waiting is
'Gynnande beslut som inte var verkställda på rapportperiodens sista dag: en rad per beslut. Innehåller ärendens id.';
comment on column v_waiting.deadline is 'Sista dag: tre månader efter beslutet, eller efter avbrottet.';
comment on column v_waiting.days is 'Kalenderdagar som beslutet hade väntat.';
comment on column v_waiting.days_over_deadline is 'Dagar efter sista dag; 0 när beslutet är i tid.';
comment on column v_waiting.is_over_deadline is 'Beslutet hade väntat mer än tre månader.';
comment on column v_waiting.as_of is 'Dagen som läget avser: rapportperiodens sista dag.';
