create view v_surveys as
select
    s.survey,
    s.unit,
    u.programme,
    u.area,
    s.question,
    s.date,
    s.invited,
    s.answered,
    s.positive,
    s.answered / nullif(s.invited, 0) as response_rate,
    s.positive / nullif(s.answered, 0) as positive_share,
    s.mean,
    s.scale,
    s.source_system
from surveys as s
left join v_units as u on s.unit = u.unit;

comment on view v_surveys is 'Enkäter: en rad per undersökning, enhet, fråga och dag. Innehåller inga enskilda svar.';
comment on column v_surveys.response_rate is 'Svarsandel, 0–1.';
comment on column v_surveys.positive_share is 'Andel positiva av dem som svarade, 0–1.';
comment on column v_surveys.area is
'Verksamhetsområdet som enheten hör till på rapportperiodens sista dag.';
