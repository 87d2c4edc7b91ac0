create view v_reviews as
select
    r.review,
    r.unit,
    u.programme,
    u.area,
    r.item_id,
    r.question,
    r.answer,
    case when r.answer in ('ja', 'nej', 'delvis') then r.answer = 'ja' end as is_fulfilled,
    r.reason,
    r.reviewed,
    r.population,
    s.case_id is not null as is_protected,
    r.source_system
from reviews as r
left join v_units as u on r.unit = u.unit
left join protected_cases as s on s.extract = 'reviews' and r.item_id = s.case_id;

comment on view v_reviews is
'Granskningar och egenkontroller: en rad per akt och fråga. Innehåller akters id och fria texter.';
comment on column v_reviews.is_fulfilled is 'Svaret är ja; tomt när frågan inte var aktuell.';
comment on column v_reviews.area is
'Verksamhetsområdet som enheten hör till på rapportperiodens sista dag.';
