create table vignettes as
select
    vignette,
    source_system,
    question,
    rater,
    unit,
    cast(null as varchar) as area,
    lower(answer) as answer,
    date,
    vignette || ': ' || question as item
from loaded.vignettes;

comment on table vignettes is 'Bedömningar av påhittade fall: en rad per fall, fråga och handläggare.';
comment on column vignettes.area is 'Tomt: verksamhetsområdet är enhetens i enhetsregistret.';
comment on column vignettes.answer is 'Svaret med små bokstäver.';
comment on column vignettes.item is 'Det som bedömdes: fallet och frågan.';
